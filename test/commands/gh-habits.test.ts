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
