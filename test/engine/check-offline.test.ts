import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'

/** No server listens there: validation sends no request. */
const NOWHERE = { url: 'http://127.0.0.1:9' }

async function validated(yaml: string, flags: readonly string[] = []): Promise<{ code: number; told: string[] }> {
  const place: Workplace = await workplace(NOWHERE, { 'octoform.yaml': `version: 1\norganizations:\n  acme:\n${yaml}` })
  const { code, stdout } = await place.run(['validate', ...flags])
  return { code, told: stdout.split('\n').filter((line) => line.startsWith('octoform.yaml:')) }
}

describe('contradictions are found offline, each with its line', () => {
  it.each<[string, string, RegExp[]]>([
    [
      'a list beside all',
      '    secrets:\n      X:\n        visibility: all\n        repositories: [web]\n',
      [/:7:9: error: repositories needs visibility: selected/],
    ],
    [
      'a list that is added to beside all',
      '    secrets:\n      X:\n        visibility: all\n        add_repositories: [web]\n',
      [/:7:9: error: repositories needs visibility: selected/],
    ],
    [
      'a group for all with a list',
      '    runner_groups:\n      gpu:\n        visibility: private\n        repositories: [web]\n',
      [/:7:9: error: repositories needs visibility: selected/],
    ],
    [
      'a runner in two groups',
      '    runner_groups:\n      a: { runners: [one] }\n      b: { runners: [one, two] }\n',
      [/:5:22: error: one is listed in b too/],
    ],
    [
      'a runner in three groups, by add_runners',
      '    runner_groups:\n      a: { runners: [two] }\n      b: { add_runners: [one] }\n      c: { runners: [two, one] }\n      d: { add_runners: [one] }\n',
      [/:5:22: error: two is listed in c too/, /:6:26: error: one is listed in c and d too/],
    ],
    [
      'a repository that only a selector may put on the list',
      '    permissions: { enabled_repositories: selected, repositories: [{ topic: java }, { name: w*, fork: false }, "!api"] }\n    repositories: { web: { permissions: { enabled: true } }, api: { permissions: { enabled: true } } }\n',
      [/:5:84: error: enabled: true is refused/],
    ],
    [
      'workflows that hold nowhere',
      '    runner_groups:\n      gpu: { restricted_to_workflows: false, selected_workflows: ["a/b/.github/workflows/c.yml@v1"] }\n',
      [/:5:46: error: selected_workflows needs restricted_to_workflows: true/],
    ],
    [
      'a repository looser than its organization',
      '    permissions: { allowed_actions: local_only }\n    repositories:\n      web:\n        permissions: { allowed_actions: all }\n',
      [/:7:24: error: allowed_actions: all is looser than the organization's local_only/],
    ],
    [
      'a repository that the list lacks',
      '    permissions: { enabled_repositories: selected, repositories: [api] }\n    repositories: { web: { permissions: { enabled: true } } }\n',
      [/:5:43: error: enabled: true is refused: the organization's list/],
    ],
    [
      'a repository on the list',
      '    permissions: { enabled_repositories: selected, repositories: [web] }\n    repositories: { web: { permissions: { enabled: true } } }\n',
      [],
    ],
    [
      'actions beside none',
      '    permissions: { enabled_repositories: none, allowed_actions: all }\n',
      [/:4:48: error: allowed_actions has no effect/],
    ],
    ['a delete of what is not asked', '    secrets: { X: absent, Y: unmanaged }\n', []],
  ])('%s', async (_, yaml, expected) => {
    const { code, told } = await validated(yaml)
    expect(told).toEqual(expected.map((message) => expect.stringMatching(message)))
    expect(code).toBe(expected.length > 0 ? 1 : 0)
  })
})

describe('what a product lacks', () => {
  const PINNED = '    permissions: { sha_pinning_required: true }\n'
  it.each<[string, string, RegExp[]]>([
    ['ghec', PINNED, []],
    ['ghes-3.19', PINNED, []],
    [
      'ghes-3.18',
      PINNED,
      [/:4:20: error: permissions\.sha_pinning_required: ghes-3\.18 does not have it; ghes-3\.19 and later do$/],
    ],
    [
      'ghes-2.22',
      PINNED,
      [/:4:5: error: ghes-2\.22 has no permissions at the organization level; ghes-3\.4 and later do$/],
    ],
    [
      'ghes-2.22',
      '    runner_groups: { gpu: { allows_public_repositories: true } }\n',
      [/:4:29: error: runner_groups\.allows_public_repositories: ghes-2\.22 does not have it; ghes-3\.4 and later do$/],
    ],
    [
      'ghes-3.4',
      '    runner_groups: { gpu: { add_selected_workflows: ["a/b/.github/workflows/c.yml@v1"] } }\n',
      [/:4:29: error: runner_groups\.selected_workflows: ghes-3\.4 does not have it; ghes-3\.5 and later do$/],
    ],
    [
      'ghes-3.7',
      '    permissions: { selected_actions: { verified_allowed: true } }\n',
      [
        /:4:40: error: permissions\.selected_actions\.verified_allowed: ghes-3\.7 does not have it; ghes-3\.13 and later do$/,
      ],
    ],
    [
      'ghes-3.12',
      '    permissions: { selected_actions: { verified_allowed: true } }\n',
      [/verified_allowed: ghes-3\.12 does not have it; ghes-3\.13 and later do$/],
    ],
  ])('%s: %s', async (product, yaml, expected) => {
    const { told } = await validated(yaml, ['--product', product])
    expect(told).toEqual(expected.map((message) => expect.stringMatching(message)))
  })

  it('is left out, and said to be, where nobody names a product', async () => {
    expect(await validated(PINNED)).toEqual({ code: 0, told: [] })
  })
})
