import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const ACTIONS = { github_owned_allowed: true, verified_allowed: true, patterns_allowed: ['pnpm/*'] }
const OTHERS = { github_owned_allowed: true, verified_allowed: true, patterns_allowed: ['pnpm/*', 'some/*'] }
const POLICY = 'GET /orgs/{org}/actions/permissions'
const ITS_ACTIONS = `${POLICY}/selected-actions`
const ITS_LIST = `${POLICY}/repositories`

interface Row {
  readonly policy: object
  readonly wants: object
  readonly live?: object
  readonly held: readonly string[]
  readonly changes: number
  /** The requests about the organization's policy. */
  readonly reads: readonly string[]
}

// A policy of the organization that no file mentions is read, and holds forbidden settings back.
it.each<[string, Row]>([
  [
    'a list of its own below a list',
    {
      policy: { allowed_actions: 'selected', selected_actions: ACTIONS },
      wants: { enabled: true, allowed_actions: 'selected', selected_actions: OTHERS },
      held: ['selected_actions'],
      changes: 0,
      reads: [POLICY, ITS_ACTIONS],
    },
  ],
  [
    'the same list, which holds already',
    {
      policy: { allowed_actions: 'selected', selected_actions: ACTIONS },
      wants: { allowed_actions: 'selected', selected_actions: ACTIONS },
      held: [],
      changes: 0,
      reads: [POLICY, ITS_ACTIONS],
    },
  ],
  [
    'a looser choice, and what goes beside it',
    {
      policy: { allowed_actions: 'local_only' },
      wants: { allowed_actions: 'all', sha_pinning_required: true },
      held: ['allowed_actions'],
      changes: 1,
      reads: [POLICY],
    },
  ],
  [
    'pinning given up where it is required',
    {
      policy: { sha_pinning_required: true },
      wants: { sha_pinning_required: false },
      held: ['sha_pinning_required'],
      changes: 0,
      reads: [POLICY],
    },
  ],
  [
    'switched on where nothing is',
    {
      policy: { enabled_repositories: 'none' },
      wants: { enabled: true, allowed_actions: 'all' },
      held: ['enabled'],
      changes: 0,
      reads: [POLICY],
    },
  ],
  [
    'switched on though the list lacks it',
    {
      policy: { enabled_repositories: 'selected', repositories: ['api'] },
      wants: { enabled: true, allowed_actions: 'all' },
      held: ['enabled'],
      changes: 0,
      reads: [POLICY, ITS_LIST],
    },
  ],
  [
    'switched on and listed',
    {
      policy: { enabled_repositories: 'selected', repositories: ['web'] },
      wants: { enabled: true, allowed_actions: 'all' },
      live: { enabled: false },
      held: [],
      changes: 1,
      reads: [POLICY, ITS_LIST],
    },
  ],
  ['switched off, which no policy forbids', { policy: {}, wants: { enabled: false }, held: [], changes: 1, reads: [] }],
])('%s', async (_, { policy, wants, live = {}, held, changes, reads }) => {
  const seed = {
    product: 'ghec',
    organizations: { acme: { repositories: { web: { permissions: live }, api: {} }, permissions: policy } },
  }
  const sandbox = await watchedSandbox({ seed })
  const yaml = stringify({ version: 1, organizations: { acme: { repositories: { web: { permissions: wants } } } } })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  const plan = await place.plan()
  expect(plan.held_back.map(({ field }) => field)).toEqual(held)
  expect(plan.changes).toHaveLength(changes)
  const asked = sandbox.asked.map(({ method, route }) => `${method} ${route}`)
  expect(asked.filter((request) => request.startsWith(POLICY))).toEqual(reads)
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(held.length > 0 ? 2 : 0)
  expect(sandbox.asked.filter(({ status }) => status >= 400)).toEqual([])
})

it('a policy that the credential may not read decides nothing: one note, and a 409 is told as held above', async () => {
  const seed = {
    product: 'ghec',
    organizations: {
      acme: { repositories: { web: {}, api: {} }, permissions: { allowed_actions: 'local_only' } },
    },
  }
  const sandbox = await watchedSandbox({ seed })
  const repositories = {
    web: { permissions: { allowed_actions: 'all' } },
    api: { permissions: { allowed_actions: 'all' } },
  }
  const yaml = stringify({ version: 1, organizations: { acme: { repositories } } })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  const denied = { route: '/orgs/{org}/actions/permissions', status: 403, body: { message: 'no' }, times: 100 }
  await sandbox.fault(denied)
  const plan = await place.plan()
  expect(plan).toMatchObject({ complete: true, held_back: [], changes: [{}, {}] })
  expect(plan.diagnostics).toMatchObject([
    { severity: 'warning', message: expect.stringMatching(/^orgs\/acme\/permissions could not be read, .* 403 no/) },
  ])
  const applied = await place.run(['apply', '--auto-approve'])
  expect(applied).toMatchObject({ code: 1, stdout: expect.stringContaining('the level above holds it by policy') })
})

it('a policy that fails to be read for another reason leaves incomplete what hangs on it', async () => {
  const sandbox = await watchedSandbox({
    seed: { product: 'ghec', organizations: { acme: { repositories: { web: {} } } } },
  })
  const yaml = stringify({
    version: 1,
    organizations: { acme: { repositories: { web: { permissions: { allowed_actions: 'local_only' } } } } },
  })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  await sandbox.fault({ route: '/orgs/{org}/actions/permissions', status: 404, body: '<html>', times: 100 })
  const ran = await place.run(['plan'])
  expect(ran).toMatchObject({ code: 5, stdout: expect.stringContaining('it hangs on orgs/acme/permissions') })
})
