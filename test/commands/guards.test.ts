import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = Array.from({ length: 12 }, (_, index) => `r${String(index + 1).padStart(2, '0')}`)
const REPOSITORIES = Object.fromEntries(NAMES.map((name) => [name, { visibility: 'private' }]))

function tripped(plan: Plan, guard: string): string | undefined {
  return plan.tripped.find((each) => each.guard === guard)?.flag
}

interface Counted {
  readonly what: string
  readonly seed: object
  readonly yaml: string
  readonly deletions: number
}

const COUNTED: readonly Counted[] = [
  {
    what: 'each deleted member, not its readers besides',
    seed: {
      secrets: { A: { visibility: 'selected', repositories: NAMES, value: 'a' }, B: { value: 'b' } },
      runner_groups: { g: { visibility: 'selected', repositories: NAMES } },
    },
    yaml: 'secrets: { A: absent, B: absent }\n    runner_groups: { g: absent }',
    deletions: 3,
  },
  {
    what: 'each pruned member',
    seed: { secrets: { PAY_A: { value: 'a' }, PAY_B: { value: 'b' }, OTHER: { value: 'c' } } },
    yaml: 'prune: ["secrets/PAY_*"]\n    secrets: {}',
    deletions: 2,
  },
  {
    what: 'each repository taken away from one secret’s list',
    seed: { secrets: { A: { visibility: 'selected', repositories: NAMES, value: 'a' } } },
    yaml: 'secrets: { A: { visibility: selected, repositories: [r01, r02] } }',
    deletions: 10,
  },
  {
    what: 'each taken away by remove_',
    seed: { secrets: { A: { visibility: 'selected', repositories: NAMES, value: 'a' } } },
    yaml: 'secrets: { A: { remove_repositories: [r01, r02, "r1*"] } }',
    deletions: 5,
  },
  {
    what: 'each taken away from a group by its visibility',
    seed: { runner_groups: { g: { visibility: 'all' } } },
    yaml: 'runner_groups: { g: { visibility: selected, repositories: [r01] } }',
    deletions: 11,
  },
  {
    what: 'each taken away from the organization’s permissions by the switch alone',
    seed: {},
    yaml: 'permissions: { enabled_repositories: none }',
    deletions: 12,
  },
  {
    what: 'each taken away from the list of the permissions',
    seed: { permissions: { enabled_repositories: 'selected', repositories: NAMES } },
    yaml: 'permissions: { repositories: [r01, r03] }',
    deletions: 10,
  },
  {
    what: 'each repository that switches itself off',
    seed: {},
    yaml: 'repository_sets: [{ match: { name: "r0*" }, permissions: { enabled: false } }]',
    deletions: 9,
  },
  {
    what: 'no runner that moves',
    seed: {
      runners: { a: {}, b: {}, c: {} },
      runner_groups: { from: { visibility: 'all', runners: ['a', 'b', 'c'] }, to: { visibility: 'all' } },
    },
    yaml: 'runner_groups: { from: { runners: [] }, to: { runners: [a, b, c] } }',
    deletions: 0,
  },
  {
    what: 'no repository that gains access',
    seed: { secrets: { A: { visibility: 'selected', repositories: [], value: 'a' } } },
    yaml: 'secrets: { A: { visibility: selected, repositories: ["*"] } }',
    deletions: 0,
  },
]

describe('max_deletions', () => {
  it.each(COUNTED)('counts $what', async ({ seed, yaml, deletions }) => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: REPOSITORIES, ...seed } } } })
    const text = `version: 1\nguards: { max_deletions: 0 }\norganizations:\n  acme:\n    ${yaml}\n`
    const place = await workplace(sandbox, { 'octoform.yaml': text })
    const plan = await place.plan()
    expect(plan.changes).not.toEqual([])
    expect(plan.diagnostics).toEqual([])
    const flag = deletions === 0 ? undefined : `--allow deletions=${deletions}`
    expect(tripped(plan, 'max_deletions')).toBe(flag)

    const refused = await place.run(['apply', '--auto-approve'])
    if (flag === undefined) {
      expect(refused.code).toBe(0)
      return
    }
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining(flag) })
    expect(await place.run(['apply', '--auto-approve', '--allow', `deletions=${deletions - 1}`])).toMatchObject({
      code: 3,
    })
    expect(sandbox.writes()).toEqual([])
    const allowed = await place.run(['apply', '--auto-approve', ...flag.split(' ')])
    expect(allowed).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nApplied: /) })
    expect((await place.plan()).changes).toEqual([])
  })

  it('is ten where nothing is said; plan marks it, with the flag, and exits as ever', async () => {
    const secrets = Object.fromEntries(NAMES.map((name) => [name, { value: 'v' }]))
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { secrets } } } })
    const absent = (names: readonly string[]): string => `{ ${names.map((name) => `${name}: absent`).join(', ')} }`
    const yaml = (names: readonly string[]): string =>
      `version: 1\norganizations: { acme: { secrets: ${absent(names)} } }`
    const place = await workplace(sandbox, {
      'ten.yaml': yaml(NAMES.slice(0, 10)),
      'eleven.yaml': yaml(NAMES.slice(0, 11)),
    })
    expect(tripped(await place.plan(['--config', 'ten.yaml']), 'max_deletions')).toBe(undefined)
    const planned = await place.run(['plan', '--config', 'eleven.yaml'])
    expect(planned.code).toBe(0)
    expect(planned.stdout).toMatch(
      /Refused by apply\n.*max_deletions: 11 deletions[^\n]*\n.*octoform apply --allow deletions=11/,
    )
    expect((await place.run(['drift', '--config', 'eleven.yaml'])).code).toBe(2)
    expect(await place.run(['apply', '--config', 'eleven.yaml', '--auto-approve'])).toMatchObject({ code: 3 })
    expect(sandbox.writes()).toEqual([])
  })

  it('cannot be set above ten', async () => {
    const sandbox = await watchedSandbox({ seed: {} })
    const place = await workplace(sandbox, { 'octoform.yaml': 'version: 1\nguards: { max_deletions: 11 }\n' })
    expect(await place.run(['validate'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/2:26: error: .*at most 10/),
    })
  })
})

describe('protect', () => {
  const SEED = {
    organizations: { acme: { repositories: { web: {} }, secrets: { DEPLOY_A: { value: 'a' }, B: { value: 'b' } } } },
  }
  const YAML = (guards: string): string =>
    `version: 1\n${guards}organizations: { acme: { secrets: { DEPLOY_A: absent, B: absent } } }\n`

  it.each([
    ['of the YAML', 'guards: { protect: ["orgs/acme/secrets/DEPLOY_*"] }\n', []],
    ['of the YAML, without case', 'guards: { protect: ["ORGS/acme/secrets/deploy_*"] }\n', []],
    ['of the flag', '', ['--protect', 'orgs/acme/secrets/DEPLOY_*']],
    ['of both', 'guards: { protect: ["orgs/acme/secrets/B"] }\n', ['--protect', 'orgs/*/secrets/DEPLOY_?']],
  ])('%s: apply exits 3 and names the flag; --allow protected goes past it', async (_, guards, flags) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML(guards) })
    const planned = await place.run(['plan', ...flags])
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/protect: [^\n]*DEPLOY_A/) })
    const refused = await place.run(['apply', '--auto-approve', ...flags])
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringMatching(/DEPLOY_A[^\n]*--allow protected/) })
    expect(sandbox.writes()).toEqual([])
    expect(await place.run(['apply', '--auto-approve', ...flags, '--allow', 'deletions=9'])).toMatchObject({ code: 3 })
    expect(await place.run(['apply', '--auto-approve', ...flags, '--allow', 'protected'])).toMatchObject({ code: 0 })
  })

  it('does not mind a change that deletes nothing', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = 'version: 1\norganizations: { acme: { permissions: { allowed_actions: local_only } } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect(await place.run(['apply', '--auto-approve', '--protect', '**'])).toMatchObject({ code: 0 })
  })
})

describe('a run on GitHub Actions', () => {
  const TIP = 'c0ffee'.padEnd(40, '0')
  const PUSH = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_SHA: TIP }
  const ACTIONS = { ...PUSH, GITHUB_REPOSITORY: 'Acme/Web' }
  const SEED = { organizations: { acme: { repositories: { web: { branches: { main: TIP } }, api: {} } } } }
  const inAcme = (body: string): string => `version: 1\norganizations: { acme: ${body} }\n`
  const DISABLING: readonly (readonly [string, string])[] = [
    ['its own switch', inAcme('{ repositories: { web: { permissions: { enabled: false } } } }')],
    ['a set', inAcme('{ repository_sets: [{ match: {}, permissions: { enabled: false } }] }')],
    ['the organization’s switch', inAcme('{ permissions: { enabled_repositories: none } }')],
    ['the organization’s list', inAcme('{ permissions: { enabled_repositories: selected, repositories: [api] } }')],
    ['a repository named alone', 'version: 1\nrepositories: { acme/web: { permissions: { enabled: false } } }\n'],
  ]

  it.each(DISABLING)('does not saw off its own branch: %s', async (_, yaml) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, ACTIONS)
    const planned = await place.run(['plan'])
    expect(planned).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/self: [^\n]*acme\/web[\s\S]*--allow self/),
    })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/acme\/web[^\n]*--allow self/),
    })
    expect(sandbox.writes()).toEqual([])
    expect(await place.run(['apply', '--auto-approve', '--allow', 'self'])).toMatchObject({ code: 0 })
    expect(sandbox.writes().length).toBeGreaterThan(0)
  })

  it.each([
    ['outside Actions', { GITHUB_REPOSITORY: 'acme/web' }],
    ['in another repository', { ...PUSH, GITHUB_REPOSITORY: 'acme/other' }],
    ['in one of another owner', { ...PUSH, GITHUB_REPOSITORY: 'beta/web' }],
  ])('minds nothing %s', async (_, env) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': DISABLING[0]?.[1] ?? '' }, env)
    expect((await place.plan()).tripped).toEqual([])
  })

  it('minds no other repository that is switched off', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = inAcme('{ repositories: { api: { permissions: { enabled: false } } } }')
    const place = await workplace(sandbox, { 'octoform.yaml': yaml }, ACTIONS)
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  })
})
