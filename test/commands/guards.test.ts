import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NAMES = Array.from({ length: 12 }, (_, index) => `r${String(index + 1).padStart(2, '0')}`)
const REPOSITORIES = Object.fromEntries(NAMES.map((name) => [name, { visibility: 'private' }]))

function tripped(plan: Plan, guard: string): string | undefined {
  return plan.tripped.find((each) => each.guard === guard)?.flag
}

const NONE = 'guards: { max_deletions: 0, max_revocations: 0, max_runner_moves: 0 }\n'

interface Counted {
  readonly what: string
  readonly seed: object
  readonly yaml: string
  readonly flag: string | undefined
  readonly others?: readonly string[]
}

const COUNTED: readonly Counted[] = [
  {
    what: 'each deleted member, not its readers besides',
    seed: {
      secrets: { A: { visibility: 'selected', repositories: NAMES, value: 'a' }, B: { value: 'b' } },
      runner_groups: { g: { visibility: 'selected', repositories: NAMES } },
    },
    yaml: 'secrets: { A: absent, B: absent }\n    runner_groups: { g: absent }',
    flag: 'deletions=3',
  },
  {
    what: 'each pruned member',
    seed: { secrets: { PAY_A: { value: 'a' }, PAY_B: { value: 'b' }, OTHER: { value: 'c' } } },
    yaml: 'prune: ["secrets/PAY_*"]\n    secrets: {}',
    flag: 'deletions=2',
  },
  {
    what: 'each repository taken away from one secret’s list',
    seed: { secrets: { A: { visibility: 'selected', repositories: NAMES, value: 'a' } } },
    yaml: 'secrets: { A: { visibility: selected, repositories: [r01, r02] } }',
    flag: 'revocations=10',
  },
  {
    what: 'each taken away by remove_',
    seed: { secrets: { A: { visibility: 'selected', repositories: NAMES, value: 'a' } } },
    yaml: 'secrets: { A: { remove_repositories: [r01, r02, "r1*"] } }',
    flag: 'revocations=5',
  },
  {
    what: 'each taken away from a group by its visibility',
    seed: { runner_groups: { g: { visibility: 'all' } } },
    yaml: 'runner_groups: { g: { visibility: selected, repositories: [r01] } }',
    flag: 'revocations=11',
  },
  {
    what: 'each taken away from the organization’s permissions by the switch alone',
    seed: {},
    yaml: 'permissions: { enabled_repositories: none }',
    flag: 'revocations=12',
  },
  {
    what: 'each taken away from the list of the permissions',
    seed: { permissions: { enabled_repositories: 'selected', repositories: NAMES } },
    yaml: 'permissions: { repositories: [r01, r03] }',
    flag: 'revocations=10',
  },
  {
    what: 'each repository that switches itself off',
    seed: {},
    yaml: 'repository_sets: [{ match: { name: "r0*" }, permissions: { enabled: false } }]',
    flag: 'revocations=9',
  },
  {
    what: 'each runner that moves',
    seed: {
      runners: { a: {}, b: {}, c: {} },
      runner_groups: { from: { visibility: 'all', runners: ['a', 'b', 'c'] }, to: { visibility: 'all' } },
    },
    yaml: 'runner_groups: { from: { runners: [] }, to: { runners: [a, b, c] } }',
    flag: 'runner_moves=3',
  },
  {
    what: 'each runner of a deleted group',
    seed: { runners: { a: {}, b: {}, c: {} }, runner_groups: { g: { visibility: 'all', runners: ['a', 'b'] } } },
    yaml: 'runner_groups: { g: absent }',
    flag: 'runner_moves=2',
    others: ['--allow', 'deletions=1'],
  },
  {
    what: 'no repository that gains access',
    seed: { secrets: { A: { visibility: 'selected', repositories: [], value: 'a' } } },
    yaml: 'secrets: { A: { visibility: selected, repositories: ["*"] } }',
    flag: undefined,
  },
]

describe('budgets', () => {
  it.each(COUNTED)('count $what', async ({ seed, yaml, flag, others = [] }) => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories: REPOSITORIES, ...seed } } } })
    const text = `version: 1\n${NONE}organizations:\n  acme:\n    ${yaml}\n`
    const place = await workplace(sandbox, { 'octoform.yaml': text })
    const plan = await place.plan(others)
    expect(plan.changes).not.toEqual([])
    expect(plan.diagnostics).toEqual([])
    expect(plan.tripped.map((each) => each.flag)).toEqual(flag === undefined ? [] : [`--allow ${flag}`])

    const apply = ['apply', '--auto-approve', ...others]
    const refused = await place.run(apply)
    if (flag === undefined) {
      expect(refused.code).toBe(0)
      return
    }
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining(`--allow ${flag}`) })
    const [name, number] = flag.split('=')
    expect(await place.run([...apply, '--allow', `${name}=${Number(number) - 1}`])).toMatchObject({ code: 3 })
    expect(sandbox.writes()).toEqual([])
    const allowed = await place.run([...apply, '--allow', flag])
    expect(allowed).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nApplied: /) })
    expect((await place.plan()).changes).toEqual([])
  })

  it('are ten deletions where nothing is said; plan marks it, with the flag, and exits as ever', async () => {
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
      /Refused by apply\n.*max_deletions: 11 deletions[^\n]*\n.*octoform apply --config eleven\.yaml --allow deletions=11\n/,
    )
    expect((await place.run(['drift', '--config', 'eleven.yaml'])).code).toBe(2)
    expect(await place.run(['apply', '--config', 'eleven.yaml', '--auto-approve'])).toMatchObject({ code: 3 })
    expect(sandbox.writes()).toEqual([])
  })

  it.each([
    ['max_deletions', 10],
    ['max_revocations', 100],
    ['max_runner_moves', 20],
  ])('%s cannot be set above %d', async (name, most) => {
    const sandbox = await watchedSandbox({ seed: {} })
    const place = await workplace(sandbox, { 'octoform.yaml': `version: 1\nguards: { ${name}: ${most + 1} }\n` })
    expect(await place.run(['validate'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(new RegExp(`2:\\d+: error: .*${name}.*at most ${most}`)),
    })
  })

  it('max_deletions alone holds for revocations too, and plan says so with its line', async () => {
    const seed = { repositories: REPOSITORIES, secrets: { A: { visibility: 'selected', repositories: NAMES } } }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: seed } } })
    const yaml = (guards: string): string =>
      `version: 1\nguards: { ${guards} }\norganizations: { acme: { secrets: { A: { repositories: [] } } } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml('max_deletions: 10') })
    const told = await place.plan()
    expect(told.tripped.map(({ guard }) => guard)).toEqual(['max_revocations'])
    const note = 'octoform.yaml:2:11: warning: `max_deletions` stands alone'
    for (const command of ['plan', 'drift', 'validate']) {
      expect((await place.run([command])).stdout).toContain(note)
    }
    await place.write('octoform.yaml', yaml('max_deletions: 10, max_revocations: 100'))
    const apart = await place.plan()
    expect(apart).toMatchObject({ tripped: [], diagnostics: [], digest: told.digest })
    await place.write('octoform.yaml', yaml('protect: []'))
    expect(await place.plan()).toMatchObject({ tripped: [], diagnostics: [] })
  })
})

describe('never_public', () => {
  const SEED = {
    repositories: { site: { visibility: 'public' }, web: {} },
    secrets: { A: { visibility: 'selected', repositories: [], value: 'a' } },
    runner_groups: { g: { visibility: 'selected', repositories: [], allows_public_repositories: true } },
    permissions: { enabled_repositories: 'selected', repositories: ['web'] },
  }
  it.each([
    ['a secret’s list', 'orgs/acme/secrets/*', 'secrets: { A: { repositories: [web, site] } }'],
    ['a selector', 'orgs/*/secrets/a', 'secrets: { A: { repositories: ["*"] } }'],
    ['a group’s list', 'orgs/acme/runner_groups/**', 'runner_groups: { g: { repositories: [site] } }'],
    ['the list of enabled repositories', '**/permissions', 'permissions: { repositories: [web, site] }'],
    ['the switch of Actions', 'orgs/acme/permissions', 'permissions: { enabled_repositories: all }'],
    ['a new secret', 'orgs/acme/secrets/N', 'secrets: { N: { visibility: all, value: { env: N } } }'],
    [
      'a secret of its own',
      'repos/acme/*/secrets/*',
      'repository_sets: [{ match: {}, secrets: { N: { value: { env: N } } } }]',
    ],
  ])('%s: apply exits 3, and the flag goes past it', async (_, glob, body) => {
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: SEED } } })
    const yaml = (globs: string): string =>
      `version: 1\nguards: { never_public: [${globs}] }\norganizations:\n  acme:\n    ${body}\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml(`"${glob}"`) }, { N: 'planted-value' })
    expect((await place.plan()).tripped).toMatchObject([{ guard: 'never_public', flag: '--allow public' }])
    const refused = await place.run(['apply', '--auto-approve'])
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringMatching(/never_public[^\n]*--allow public/) })
    expect(sandbox.writes()).toEqual([])
    await place.write('octoform.yaml', yaml('"orgs/other/**"'))
    expect((await place.plan()).tripped).toEqual([])
    await place.write('octoform.yaml', yaml(`"${glob}"`))
    expect(await place.run(['apply', '--auto-approve', '--allow', 'public'])).toMatchObject({ code: 0 })
  })

  it.each([
    ['falls to the default group as its own is deleted', 'orgs/acme/runner_groups/gpu', 'gpu: absent'],
    ['falls to the default group as its own lets go of it', 'orgs/acme/runner_groups/gpu', 'gpu: { runners: [] }'],
    ['is taken up by an open group', 'orgs/acme/runner_groups/open', 'open: { runners: [a] }'],
    ['is taken out of a shut one', 'orgs/acme/runner_groups/gpu', 'open: { runners: [a] }'],
  ])('a runner that public repositories may use then, since it %s', async (_, glob, group) => {
    const acme = (allows: boolean): object => ({
      repositories: { site: { visibility: 'public' }, web: {} },
      runners: { a: {} },
      runner_groups: {
        Default: { default: true, visibility: 'all', allows_public_repositories: allows },
        gpu: { visibility: 'selected', repositories: ['web'], runners: ['a'] },
        open: { visibility: 'all', allows_public_repositories: allows },
      },
    })
    for (const allows of [true, false]) {
      const sandbox = await watchedSandbox({ seed: { organizations: { acme: acme(allows) } } })
      const place = await workplace(sandbox, {
        'octoform.yaml': `version: 1\nguards: { never_public: ["${glob}"] }\norganizations: { acme: { runner_groups: { ${group} } } }\n`,
      })
      const { tripped, changes } = await place.plan()
      expect(changes).toHaveLength(1)
      expect(tripped.map(({ flag }) => flag)).toEqual(allows ? ['--allow public'] : [])
    }
  })

  it.each<[string, string, string, object, string, boolean]>([
    ['protected less', '**/environments/prod', 'public', { secrets: { DB: { value: 'a' } } }, 'wait_timer: 1', true],
    ['in a glob of its secrets', '**/secrets/DB', 'public', { secrets: { DB: { value: 'a' } } }, 'wait_timer: 1', true],
    [
      'of a private repository',
      '**/environments/prod',
      'private',
      { secrets: { DB: { value: 'a' } } },
      'wait_timer: 1',
      false,
    ],
    ['without secrets', '**/environments/prod', 'public', {}, 'wait_timer: 1', false],
    ['protected more', '**/environments/prod', 'public', { secrets: { DB: { value: 'a' } } }, 'wait_timer: 9', false],
    ['of other secrets', '**/secrets/OTHER', 'public', { secrets: { DB: { value: 'a' } } }, 'wait_timer: 1', false],
  ])('an environment %s', async (_, glob, visibility, contents, body, isTripped) => {
    const repositories = { site: { visibility, environments: { prod: { wait_timer: 5, ...contents } } } }
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories } } } })
    const place = await workplace(sandbox, {
      'octoform.yaml': `version: 1\nguards: { never_public: ["${glob}"] }\nrepositories: { acme/site: { environments: { prod: { ${body} } } } }\n`,
    })
    const { tripped, changes } = await place.plan()
    expect(changes).toHaveLength(1)
    expect(tripped.map(({ flag }) => flag)).toEqual(isTripped ? ['--allow public'] : [])
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(isTripped ? 3 : 0)
  })

  it('takes no glob that can match no address', async () => {
    const sandbox = await watchedSandbox({ seed: {} })
    const place = await workplace(sandbox, { 'octoform.yaml': 'version: 1\nguards: { never_public: [secrets/A] }\n' })
    expect(await place.run(['validate'])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('octoform.yaml:2:26: error: `secrets/A` matches no address'),
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
