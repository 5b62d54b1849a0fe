import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = { organizations: { acme: { repositories: { web: {} } } } }

const FILES = `version: 1
ledger: { path: l.json }
organizations:
  acme:
    secrets:
      T: { visibility: all, value: { file: ../../x.pem } }
      U: { visibility: all, value: { file: /etc/hostname } }
      V: { visibility: selected, repositories: [" web", web.git, "~ALL", web] }
`

const PATTERNS = `version: 1
organizations:
  acme:
    permissions:
      enabled_repositories: all
      allowed_actions: selected
      selected_actions:
        github_owned_allowed: true
        verified_allowed: false
        patterns_allowed:
          - "docker/*, actions/*"
          - "docker/*\\nactions/*"
          - docker/login-action @v3
          - https://github.com/a/b
${Array.from({ length: 1000 }, (_, index) => `          - o/a${index}@*\n`).join('')}`

describe('what nothing on GitHub could make right', () => {
  it.each([
    [
      'files and names',
      FILES,
      [
        /^octoform\.yaml:6:38: error: `file` leaves/,
        /:7:38: error: `file` is absolute/,
        /:8:49: .* web` cannot be the name/,
      ],
      [/:8:57: error: `web\.git` cannot be the name/, /:8:66: error: `~ALL` cannot be the name/],
    ],
    [
      'patterns',
      PATTERNS,
      [/^octoform\.yaml:10:9: error: `patterns_allowed` has 1,004 entries, and GitHub takes 1,000/, /:11:13: .*comma/],
      [/:12:13: error: .*line end/, /:13:13: error: .*blank/, /:14:13: error: .*URL/],
    ],
  ])('%s: every command is exit 1 with each place, before a request', async (_, yaml, first, rest) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    for (const args of [['validate'], ['plan'], ['apply', '--auto-approve'], ['drift']]) {
      const { code, stdout, stderr } = await place.run(args)
      const lines = `${stdout}${stderr}`.split('\n').filter((line) => line.includes(' error: '))
      expect({ code, lines }).toEqual({
        code: 1,
        lines: [...first, ...rest].map((each) => expect.stringMatching(each)),
      })
    }
    expect(sandbox.asked).toEqual([])
  })
})

describe('what contradicts itself across keys', () => {
  const organization = (body: string): string =>
    `version: 1\nledger: { path: l.json }\norganizations:\n  acme:\n${body}`
  const RUNNERS = organization('    runner_groups:\n      a: { runners: [one] }\n      b: { runners: [one] }\n')
  it.each<[string, string, RegExp]>([
    ['a runner in two groups', RUNNERS, /^octoform\.yaml:6:22: error: one is listed in b too/],
    [
      'a list beside all',
      organization('    secrets: { S: { visibility: all, repositories: [web] } }\n'),
      /^octoform\.yaml:5:38: error: repositories needs visibility/,
    ],
    [
      'what a set of names gives',
      organization(
        '    permissions: { allowed_actions: local_only }\n    repositories: { web: {} }\n    repository_sets: [{ match: { name: w* }, permissions: { allowed_actions: all } }]\n',
      ),
      /^octoform\.yaml:7:61: error: allowed_actions: all is looser/,
    ],
    [
      'what the product lacks',
      `github: { product: ghes-3.18 }\n${organization('    permissions: { sha_pinning_required: true }\n')}`,
      /^octoform\.yaml:6:20: error: permissions\.sha_pinning_required: ghes-3\.18 does not have it/,
    ],
  ])('%s: plan, apply and drift stop before a request', async (_, yaml, message) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    for (const args of [['plan'], ['plan', '--owner', 'acme'], ['apply', '--auto-approve'], ['drift']]) {
      expect(await place.run(args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) })
    }
    expect(sandbox.asked).toEqual([])
  })

  it.each([
    [
      'a set that may override another one',
      '    permissions: { allowed_actions: local_only }\n    repositories: { web: {} }\n    repository_sets:\n      - { match: {}, permissions: { allowed_actions: all } }\n      - { match: { archived: false }, permissions: { allowed_actions: local_only } }\n',
    ],
    [
      'a selector that may put it on the list',
      '    permissions: { enabled_repositories: selected, repositories: [{ topic: java }] }\n    repositories: { web: { permissions: { enabled: true } } }\n',
    ],
  ])('is not where only GitHub tells: %s', async (_, body) => {
    const seed = { organizations: { acme: { repositories: { web: { topics: ['java'] } } } } }
    const sandbox = await watchedSandbox({ seed })
    const place = await workplace(sandbox, { 'octoform.yaml': organization(body) })
    const { diagnostics } = await place.plan()
    expect(diagnostics).toEqual([])
  })
})
