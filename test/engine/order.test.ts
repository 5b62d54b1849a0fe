import { expect, test } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const APPLY = [
  'apply',
  '--auto-approve',
  '--parallelism',
  '8',
  '--allow',
  'deletions=99,revocations=99,runner_moves=99',
]

interface Acme {
  readonly runner_groups: Readonly<
    Record<
      string,
      { readonly visibility: string; readonly repositories?: readonly string[]; readonly runners?: readonly string[] }
    >
  >
  readonly permissions: { readonly enabled_repositories: string; readonly repositories?: readonly string[] }
}

const acmeOf = (sandbox: Pick<WatchedSandbox, 'state'>): Acme =>
  (sandbox.state() as { organizations: { acme: Acme } }).organizations.acme

/** Applies, and gives the state of acme after each write. */
async function applied(seed: object, acme: string): Promise<{ sandbox: WatchedSandbox; states: readonly Acme[] }> {
  const states: Acme[] = []
  let watched: WatchedSandbox | undefined
  const sandbox = await watchedSandbox({
    seed: { product: 'ghec', organizations: { acme: seed } },
    onExchange: ({ method }) => {
      if (watched && method !== 'GET') states.push(structuredClone(acmeOf(watched)))
    },
  })
  watched = sandbox
  const place = await workplace(
    sandbox,
    { 'octoform.yaml': `version: 1\norganizations:\n  acme:\n${acme}` },
    { TOKEN: 'token-value' },
  )
  const ran = await place.run(APPLY)
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  return { sandbox, states }
}

test('what narrows is written before what widens, across families and scopes', async () => {
  const { sandbox } = await applied(
    {
      repositories: { web: { visibility: 'public' }, api: {}, old: { permissions: { enabled: true } } },
      permissions: { enabled_repositories: 'all', allowed_actions: 'local_only' },
      secrets: {
        WIDER: { visibility: 'selected', repositories: ['api'] },
        NARROWER: { visibility: 'selected', repositories: ['api', 'web'] },
        ONE_LIST: { visibility: 'all' },
        SHARED: { visibility: 'selected', repositories: ['web'] },
        GONE: { visibility: 'all' },
      },
      runners: { r1: {} },
      runner_groups: {
        narrower: { visibility: 'all' },
        wider: { visibility: 'selected', repositories: ['api'] },
        gone: { visibility: 'all' },
      },
    },
    `
    permissions: { allowed_actions: selected, selected_actions: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] } }
    secrets:
      WIDER: { visibility: selected, repositories: [api, web] }
      NARROWER: { visibility: selected, repositories: [api] }
      ONE_LIST: { visibility: selected, repositories: [api], value: { env: TOKEN } }
      SHARED: { remove_repositories: [web], add_repositories: [api] }
      GONE: absent
    runner_groups:
      narrower: { visibility: selected, repositories: [api] }
      wider: { visibility: selected, repositories: [api, web] }
      new: { visibility: all, runners: [r1] }
      gone: absent
    repositories:
      old: { permissions: { enabled: false } }
`,
  )
  const shown = sandbox.asked
    .filter(({ method }) => method !== 'GET')
    .map(
      ({ method, path }) => `${method} ${path.replace('/orgs/acme/actions/', '').replace('runner-groups', 'groups')}`,
    )
  const widening = shown.findIndex((request) =>
    /^PUT permissions$|WIDER\/|^PUT secrets\/SHARED|POST groups/.test(request),
  )
  expect([...shown.slice(0, widening)].sort()).toEqual([
    'DELETE secrets/GONE',
    expect.stringMatching(/^DELETE secrets\/SHARED\/repositories\/\d+$/),
    'PATCH groups/2',
    'PUT /repos/acme/old/actions/permissions',
    'PUT groups/2/repositories',
    'PUT secrets/NARROWER/repositories',
    'PUT secrets/ONE_LIST',
  ])
  expect([...shown.slice(widening)].sort()).toEqual([
    'DELETE groups/4',
    'PATCH groups/5',
    'POST groups',
    'PUT groups/3/repositories',
    'PUT groups/5/runners',
    'PUT permissions',
    'PUT permissions/selected-actions',
    expect.stringMatching(/^PUT secrets\/SHARED\/repositories\/\d+$/),
    'PUT secrets/WIDER/repositories',
  ])
  expect(shown.at(-1)).toBe('DELETE groups/4')
  const groups = shown.filter((request) => request.includes(' groups'))
  expect(groups.indexOf('PUT groups/2/repositories')).toBe(groups.indexOf('PATCH groups/2') + 1)
})

test('a group is created closed, then opened, and gets its runners last', async () => {
  const { sandbox, states } = await applied(
    { repositories: { web: { visibility: 'public' }, api: {} }, runners: { r1: {}, r2: {} } },
    `
    runner_groups:
      open: { visibility: all, allows_public_repositories: true, runners: [r1] }
      chosen: { visibility: selected, repositories: [web], allows_public_repositories: true, restricted_to_workflows: true, selected_workflows: [acme/web/.github/workflows/a.yml@main], runners: [r2] }
`,
  )
  const posts = sandbox.asked.filter(({ method }) => method === 'POST')
  expect(posts.map(({ body }) => body)).toEqual([
    expect.objectContaining({
      name: 'chosen',
      visibility: 'selected',
      selected_repository_ids: [],
      runners: [],
      allows_public_repositories: false,
      restricted_to_workflows: true,
    }),
    expect.objectContaining({
      name: 'open',
      visibility: 'selected',
      selected_repository_ids: [],
      runners: [],
      allows_public_repositories: false,
    }),
  ])
  for (const { runner_groups } of states) {
    for (const name of ['open', 'chosen']) {
      const group = runner_groups[name]
      if (group === undefined || (group.runners ?? []).length === 0) continue
      // With runners in it, it is as open as it will be.
      expect(group).toEqual(states.at(-1)?.runner_groups[name])
    }
  }
})

test('a runner moves from group to group without passing through the default group, whichever side is written how', async () => {
  const { states } = await applied(
    {
      repositories: { api: {} },
      runners: { r1: {}, r2: {}, r3: {}, r4: {}, free: {} },
      runner_groups: {
        a: { visibility: 'selected', repositories: ['api'], runners: ['r1', 'r2'] },
        b: { visibility: 'selected', repositories: ['api'], runners: ['r3'] },
        gone: { visibility: 'selected', repositories: ['api'], runners: ['r4'] },
      },
    },
    `
    runner_groups:
      a: { runners: [r3] }
      b: { runners: [r1] }
      new: { visibility: selected, repositories: [api], runners: [r2, r4] }
      gone: absent
`,
  )
  for (const { runner_groups } of states) expect(runner_groups.Default?.runners).toEqual(['free'])
  expect(states.at(-1)?.runner_groups).toMatchObject({
    a: { runners: ['r3'] },
    b: { runners: ['r1'] },
    new: { runners: ['r2', 'r4'] },
  })
})

test.each([
  ['the new group is refused', { method: 'POST', route: '/orgs/{org}/actions/runner-groups' }],
  ['its runners are refused', { method: 'PUT', route: '/orgs/{org}/actions/runner-groups/{runner_group_id}/runners' }],
])('nor where %s: what would let go of it is held back, and told', async (_, fault) => {
  const seed = {
    repositories: { api: {} },
    runners: { r1: {}, r2: {} },
    runner_groups: {
      a: { visibility: 'selected', repositories: ['api'], runners: ['r1'] },
      gone: { visibility: 'selected', repositories: ['api'], runners: ['r2'] },
    },
  }
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: seed } } })
  const yaml =
    'a: { runners: [] }\n      new: { visibility: selected, repositories: [api], runners: [r1, r2] }\n      gone: absent'
  const place = await workplace(sandbox, {
    'octoform.yaml': `version: 1\norganizations:\n  acme:\n    runner_groups:\n      ${yaml}\n`,
  })
  await place.run(['plan', '--out', 'plan.json'])
  await sandbox.fault({ ...fault, status: 403, body: { message: 'Not now', documentation_url: 'x' } })

  const ran = await place.run(['apply', 'plan.json', '--auto-approve', '--format', 'json'])
  expect(ran).toMatchObject({ code: 1 })
  expect(acmeOf(sandbox).runner_groups).toMatchObject({
    Default: { runners: [] },
    a: { runners: ['r1'] },
    gone: { runners: ['r2'] },
  })
  const held = {
    status: 'not tried',
    requests: 0,
    error: { message: expect.stringContaining('held back: orgs/acme/runner_groups/new was not written') },
  }
  expect(JSON.parse(ran.stdout)).toMatchObject({
    complete: false,
    changes: [
      { address: 'orgs/acme/runner_groups/a', ...held },
      { address: 'orgs/acme/runner_groups/gone', ...held },
      { address: 'orgs/acme/runner_groups/new', error: { status: 403 } },
    ],
  })
  expect(await place.run(['apply', 'plan.json', '--auto-approve'])).toMatchObject({ code: 0 })
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
})

test('a switch that narrows and its list go together, with nothing wider in between', async () => {
  const { states } = await applied(
    {
      repositories: { web: { visibility: 'public' }, api: {}, old: {} },
      permissions: { enabled_repositories: 'all', repositories: ['old'] },
      runner_groups: { g: { visibility: 'all', repositories: ['old'] } },
      secrets: { WIDER: { visibility: 'selected', repositories: [] } },
    },
    `
    permissions: { enabled_repositories: selected, repositories: [api] }
    secrets: { WIDER: { visibility: selected, repositories: [web] } }
    runner_groups: { g: { visibility: selected, repositories: [api] } }
`,
  )
  const seen = states.map(({ permissions, runner_groups }) =>
    [permissions.enabled_repositories, ...(permissions.repositories ?? []), runner_groups.g?.visibility].join(' '),
  )
  // Both switches stand, with their lists, before the secret gains; the last write is the secret's.
  expect(seen.slice(-2)).toEqual(['selected api selected', 'selected api selected'])
  expect(states).toHaveLength(5)
})
