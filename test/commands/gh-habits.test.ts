import { describe, expect, it } from 'vitest'
import { ghMeant } from '../../src/commands/gh-habits.ts'
import { workplace } from '../support/octoform.ts'

describe('a command line of gh', () => {
  it.each([
    ['run list -R acme/web -L 5', 'octoform runs list acme/web --limit 5'],
    ['run list', 'octoform runs list OWNER/NAME'],
    [
      'run list --repo=acme/web -w ci.yml -b main -s failure',
      'octoform runs list acme/web --workflow ci.yml --branch main --status failure',
    ],
    ['run view 101 -R acme/web', 'octoform runs show acme/web 101'],
    ['run rerun 101 --failed -R acme/web', 'octoform runs rerun acme/web 101 --failed'],
    ['run cancel 101', 'octoform runs cancel OWNER/NAME 101'],
    [
      'workflow run ci.yml -R acme/web -r main -f a=b/c',
      'octoform workflows dispatch acme/web ci.yml --ref main -f a=b/c',
    ],
    ['workflow list --all acme/web', 'octoform workflows list acme/web'],
    ['workflow view ci.yml -R acme/web', 'octoform workflows show acme/web ci.yml'],
    ['cache ls -R acme/web', 'octoform caches list acme/web'],
    ['runs view acme/web 101', 'octoform runs show acme/web 101'],
    ['run list -R acme/web --json databaseId,status', 'octoform runs list acme/web --json'],
    ['run list -R acme/web --json number -q .[].id', "octoform runs list acme/web --json | jq '.[].id'"],
    ["run list -R acme/web --jq=.['a']", "octoform runs list acme/web --json | jq '.['\\''a'\\'']'"],
    ['run view 101 -R acme/web --log', 'octoform runs logs acme/web 101'],
    ['run view 101 --log-failed -R acme/web', 'octoform runs logs acme/web 101'],
    ['run view -R acme/web --job 501', 'octoform jobs show acme/web 501'],
    ['run view -R acme/web --job=501', 'octoform jobs show acme/web 501'],
    ['run rerun -j 501 -R acme/web', 'octoform jobs rerun acme/web 501'],
    ['run rerun 101 --debug -R acme/web', 'octoform runs rerun acme/web 101 --debug-logging'],
    ['run cancel --force 103 -R acme/web', 'octoform runs force-cancel acme/web 103'],
    ['run watch 101 --exit-status -i 5 -R acme/web', 'octoform runs show acme/web 101'],
    ['run download 101 -R acme/web -n dist -D out', 'octoform runs artifacts acme/web 101 --name dist'],
    [
      'cache list -R acme/web -S size_in_bytes -O asc -k node',
      'octoform caches list acme/web --sort size_in_bytes --direction asc --key node',
    ],
    ['cache delete node-1 -R acme/web', 'octoform caches delete-key acme/web node-1'],
    ['cache delete 21 -R acme/web', 'octoform caches delete acme/web 21'],
    ['workflow view ci.yml -R acme/web --yaml', 'octoform workflows show acme/web ci.yml'],
  ])('gh %s is answered with %s', (line, meant) => {
    expect(ghMeant(line.split(' '))).toBe(meant)
  })

  it.each(['runs list acme/web', 'plan', 'pr list', 'runs', 'runs --help'])('%s is none', (line) => {
    expect(ghMeant(line.split(' '))).toBeUndefined()
  })

  it.each([
    ['run list -R acme/web', 'Write: octoform runs list acme/web'],
    ['runs view acme/web 101', 'Write: octoform runs show acme/web 101'],
    ['runs list -R acme/web -L 5', 'Write: octoform runs list acme/web --limit 5'],
    ['workflow run ci.yml', 'Write: octoform workflows dispatch OWNER/NAME ci.yml'],
  ])('%s says so', async (line, words) => {
    const place = await workplace({ url: 'http://127.0.0.1:9' }, {})
    const { code, stderr } = await place.run(line.split(' '))
    expect(code).toBe(1)
    expect(stderr).toContain(words)
  })
})
