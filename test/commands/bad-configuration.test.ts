import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = { organizations: { acme: { repositories: { web: {} } } } }

/** Nine levels of nine aliases each: 387 million values in half a kilobyte. */
const BOMB = [
  'version: 1',
  'x-0: &b0 [x, x, x, x, x, x, x, x, x]',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (n) =>
      `x-${n}: &b${n} [${Array(9)
        .fill(`*b${n - 1}`)
        .join(', ')}]`,
  ),
  'organizations: { acme: { permissions: { repositories: *b8 } } }',
].join('\n')

const inAcme = (text: string): string => `version: 1\norganizations:\n  acme:\n    ${text}\n`

const BAD: readonly (readonly [what: string, yaml: string, message: RegExp])[] = [
  ['broken YAML', 'version: 1\norganizations: [acme\nx: {', /octoform\.yaml:\d+:\d+: error: \w/],
  ['nothing at all', '', /octoform\.yaml:1:1: error: the file holds nothing/],
  ['[[[[… 10,000 deep', '['.repeat(10_000), /octoform\.yaml:1:\d+: error: nested deeper than 64 levels/],
  ['{a: {a: … 10,000 deep', '{a: '.repeat(10_000), /octoform\.yaml:1:\d+: error: nested deeper than 64 levels/],
  ['an alias bomb', BOMB, /octoform\.yaml:\d+:\d+: error: aliases expand to more than/],
  ['a file of 17 MiB', `version: 1\n${'# x\n'.repeat((17 * 1024 * 1024) / 4)}`, /octoform\.yaml.*larger than 16 MiB/],
  [
    'a misspelt key',
    inAcme('secrets: { S: { visibilty: all } }'),
    /octoform\.yaml:4:21: error: .*visibilty.*did you mean .visibility/,
  ],
  [
    'a misplaced key',
    inAcme('patterns_allowed: ["docker/*"]'),
    /octoform\.yaml:4:5: error: .*patterns_allowed.*belongs under permissions\.selected_actions/,
  ],
  [
    'a secret named GITHUB_X',
    inAcme('secrets: { GITHUB_X: { visibility: all, value: { env: X } } }'),
    /octoform\.yaml:4:16: error: .*GITHUB_X.*GITHUB_/,
  ],
  [
    'a secret named github_x',
    inAcme('secrets: { github_x: absent }'),
    /octoform\.yaml:4:16: error: .*github_x.*GITHUB_/,
  ],
  [
    'a secret named 1X',
    inAcme('secrets: { 1X: { visibility: all, value: { env: X } } }'),
    /octoform\.yaml:4:16: error: .*1X.*cannot start with a digit/,
  ],
  [
    'a value written out',
    inAcme('secrets: { S: { visibility: all, value: planted-literal } }'),
    /octoform\.yaml:4:\d+: error: .value. takes exactly one of/,
  ],
  [
    'a value of a reserved variable',
    inAcme('secrets: { S: { visibility: all, value: { env: OCTOFORM_TOKEN } } }'),
    /octoform\.yaml:4:\d+: error: .env. refuses/,
  ],
  ['a secret that is null', inAcme('secrets: { S: }'), /octoform\.yaml:4:16: error: /],
  [
    'a protection that protects nothing',
    'version: 1\nguards: { protect: ["orgs/*/secrets/A", "secrets/DEPLOY_*"] }\n',
    /octoform\.yaml:2:\d+: error: .secrets\/DEPLOY_\*. matches no address/,
  ],
  ['another version', 'version: 2\n', /octoform\.yaml:1:\d+: error: .version. must be 1/],
]

describe('a configuration that cannot be right', () => {
  it.each(BAD)('%s: exit 1 with its place, and nothing asked of GitHub', async (_, yaml, message) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    for (const args of [['plan'], ['apply', '--auto-approve'], ['drift']]) {
      const ran = await place.run(args)
      expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) })
      expect(ran.stderr).not.toContain('bug in octoform')
      expect(ran.stderr).not.toContain('planted-literal')
    }
    const validated = await place.run(['validate'])
    expect(validated).toMatchObject({ code: 1, stdout: expect.stringMatching(message) })
    expect(validated.stdout).toMatch(/\n\d+ errors?\.\n$/)
    expect(sandbox.asked).toEqual([])
  })

  it('[[[[… 10,000 deep leaves the process fit for the next file, twice', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {
      'octoform.yaml': '['.repeat(10_000),
      'good.yaml': 'version: 1\norganizations: { acme: {} }\n',
    })
    for (const time of [1, 2]) {
      expect(await place.run(['plan']), `time ${time}`).toMatchObject({ code: 1 })
      expect(await place.run(['validate', '--config', 'good.yaml']), `time ${time}`).toMatchObject({ code: 0 })
    }
  })

  it('all problems are told at once, in the order of the files', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {
      'conf/b.yaml': 'version: 1\norganizations: { acme: { secrets: { 1X: absent, GITHUB_Y: absent } } }\n',
      'conf/a.yaml': 'organisations: {}\n',
    })
    const { code, stderr } = await place.run(['plan', '--config', 'conf'])
    expect(code).toBe(1)
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^conf\/a\.yaml:1:1: error: .*organizations/),
      expect.stringMatching(/^conf\/b\.yaml:2:37: error: .*1X/),
      expect.stringMatching(/^conf\/b\.yaml:2:49: error: .*GITHUB_Y/),
    ])
  })

  it('a file that is not there', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {})
    expect(await place.run(['plan'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/octoform\.yaml.*no such/),
    })
    expect(await place.run(['plan', '--config', 'elsewhere'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/elsewhere.*no such/),
    })
  })
})

describe('github.api_url', () => {
  it('that differs from the environment’s stops before the first request, naming the flag', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = 'version: 1\ngithub: { api_url: https://github.example.com/api/v3 }\norganizations: { acme: {} }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    for (const args of [['plan'], ['apply', '--auto-approve'], ['drift']]) {
      expect(await place.run(args)).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/octoform\.yaml:2:\d+.*--api-url https:\/\/github\.example\.com\/api\/v3/),
      })
    }
    expect(sandbox.asked).toEqual([])
  })

  it('that agrees is taken; --api-url comes before GITHUB_API_URL', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = `version: 1\ngithub: { api_url: "${sandbox.url}/" }\norganizations: { acme: { secrets: {} } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { GITHUB_API_URL: 'https://other.example.com' })
    expect(await place.run(['plan'])).toMatchObject({ code: 1, stderr: expect.stringContaining('--api-url') })
    expect(sandbox.asked).toEqual([])
    expect(await place.run(['plan', '--api-url', sandbox.url])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`for ${sandbox.url} (--api-url)`),
    })
  })
})
