import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { powers } from '../property/power.ts'
import { settled } from '../property/settled.ts'
import type { WorldState } from '../property/state.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const ROUTE = '/repos/{owner}/{repo}/actions/permissions'
const ACTIONS = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['docker/*'] }

interface Case {
  readonly organization: object
  readonly wants: object
  readonly below: object
  /** The repository's own setting, which its organization hides; and a looser one. */
  readonly kept: object
  readonly looser: object
}

const LOCAL = { enabled: true, allowed_actions: 'local_only' }

const CASES: readonly (readonly [string, Case])[] = [
  [
    'Actions is switched on above',
    {
      organization: { enabled_repositories: 'none' },
      wants: { enabled_repositories: 'all', allowed_actions: 'all' },
      below: LOCAL,
      kept: { enabled: false, allowed_actions: 'all' },
      looser: { enabled: true, allowed_actions: 'all' },
    },
  ],
  [
    'Actions is switched on above, with a list below',
    {
      organization: { enabled_repositories: 'none' },
      wants: { enabled_repositories: 'all', allowed_actions: 'all' },
      below: { enabled: true, allowed_actions: 'selected', selected_actions: ACTIONS },
      kept: { enabled: false, allowed_actions: 'all' },
      looser: { enabled: true, allowed_actions: 'all' },
    },
  ],
  [
    'more actions are allowed above, and a list of its own below',
    {
      organization: { allowed_actions: 'local_only' },
      wants: { allowed_actions: 'all' },
      below: { allowed_actions: 'selected', selected_actions: ACTIONS },
      kept: { allowed_actions: 'local_only' },
      looser: { allowed_actions: 'all' },
    },
  ],
  [
    'pinning is given up above and kept below, where more actions are allowed',
    {
      organization: { allowed_actions: 'local_only', sha_pinning_required: true },
      wants: { allowed_actions: 'all', sha_pinning_required: false },
      below: { allowed_actions: 'all', sha_pinning_required: true },
      kept: { allowed_actions: 'local_only', sha_pinning_required: true },
      looser: { allowed_actions: 'all', sha_pinning_required: false },
    },
  ],
]

interface Applied {
  readonly code: number
  readonly printed: string
  readonly sandbox: WatchedSandbox
  readonly before: WorldState
  readonly after: WorldState
  readonly steps: readonly WorldState[]
  readonly again: number
}

async function applied({ organization, wants, below, kept }: Case, status: number | undefined): Promise<Applied> {
  const steps: WorldState[] = []
  const stateOf = (): WorldState => structuredClone(sandbox.state()) as WorldState
  const acme = { permissions: organization, repositories: { web: { permissions: kept } } }
  const sandbox = await watchedSandbox({
    seed: { organizations: { acme } },
    onExchange: ({ method }) => {
      if (method !== 'GET') steps.push(stateOf())
    },
  })
  const before = stateOf()
  if (status !== undefined)
    await sandbox.fault({ method: 'PUT', route: ROUTE, nth: 1, times: status === 500 ? 3 : 1, status })
  const desired = { permissions: wants, repositories: { web: { permissions: below } } }
  const yaml = stringify({ version: 1, organizations: { acme: desired } }, { aliasDuplicateObjects: false })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  steps.length = 0
  const { code, stdout } = await place.run(['apply', '--auto-approve'])
  const after = stateOf()
  const { code: again } = await place.run(['plan', '--detailed-exitcode'])
  return { code, printed: stdout, sandbox, before, after, steps, again }
}

describe.each(CASES)('the request that closes a repository first, where %s', (_, given) => {
  it('goes before what opens, and nothing is wider in between', async () => {
    const { code, sandbox, before, after, steps, again } = await applied(given, undefined)
    expect({ code, again }).toEqual({ code: 0, again: 0 })
    expect(sandbox.writes()[0]).toBe('PUT /repos/acme/web/actions/permissions')
    const may = new Set([...powers(before), ...powers(after)])
    for (const step of steps) for (const power of powers(settled(before, step, after))) expect(may).toContain(power)
  })

  it.each([409, 422])('may be refused with %i: the apply goes on and ends the same', async (status) => {
    const [taken, refused] = [await applied(given, undefined), await applied(given, status)]
    expect({ code: refused.code, again: refused.again }).toEqual({ code: 0, again: 0 })
    expect(refused.after).toEqual(taken.after)
    const { before, after, steps, sandbox } = refused
    expect(sandbox.asked.find(({ method }) => method === 'PUT')).toMatchObject({ route: ROUTE, status })
    const may = new Set([...powers(before), ...powers(after)])
    for (const step of steps) for (const power of powers(settled(before, step, after))) expect(may).toContain(power)
  })

  it.each([403, 500])('fails its change with %i, and the organization does not open', async (status) => {
    const loose = { ...given, kept: given.looser }
    const { code, before, after, steps, printed } = await applied(loose, status)
    expect(code).toBe(1)
    expect(printed).toContain('repos/acme/web/permissions was not written, and was to be closed before this opens')
    const may = new Set([...powers(before), ...powers((await applied(loose, undefined)).after)])
    for (const step of [...steps, after]) {
      for (const power of powers(settled(before, step, after))) expect(may).toContain(power)
    }
  })
})

it.each([409, 422, 500])(
  'a repository that is closed by its own request alone: %i keeps its organization shut',
  async (status) => {
    const loose = {
      organization: { allowed_actions: 'selected', selected_actions: ACTIONS },
      wants: { allowed_actions: 'all' },
      below: LOCAL,
      kept: { allowed_actions: 'all' },
      looser: {},
    }
    const { code, before, after, printed } = await applied(loose, status)
    expect(code).toBe(1)
    expect(printed).toContain('repos/acme/web/permissions was not written, and was to be closed before this opens')
    expect(powers(after)).toEqual(powers(before))
  },
)

it.each([['selected'], ['none']])(
  'a repository that is off (%s) is closed by what its organization takes while that requires pinning',
  async (enabled) => {
    const given = {
      organization: { enabled_repositories: enabled, allowed_actions: 'all', sha_pinning_required: true },
      wants: { enabled_repositories: 'all', allowed_actions: 'all', sha_pinning_required: false },
      below: { ...LOCAL, sha_pinning_required: false },
      kept: { allowed_actions: 'all', sha_pinning_required: false },
      looser: {},
    }
    const { code, again, before, after, steps, sandbox } = await applied(given, undefined)
    expect({ code, again }).toEqual({ code: 0, again: 0 })
    expect(sandbox.asked.filter(({ status }) => status >= 400)).toEqual([])
    const may = new Set([...powers(before), ...powers(after)])
    for (const step of steps) for (const power of powers(settled(before, step, after))) expect(may).toContain(power)
  },
)

it.each([[[]], [['api']]])(
  'a repository that leaves its organization’s list (to %j) comes below no list of actions before it has left',
  async (repositories) => {
    const steps: WorldState[] = []
    const own = { github_owned_allowed: false, verified_allowed: false, patterns_allowed: ['acme/*'] }
    const web = { permissions: { enabled: true, allowed_actions: 'selected', selected_actions: own } }
    const organization = { enabled_repositories: 'selected', repositories: ['web'], allowed_actions: 'all' }
    const sandbox = await watchedSandbox({
      seed: { organizations: { acme: { permissions: organization, repositories: { web, api: {} } } } },
      onExchange: ({ method }) => {
        if (method !== 'GET') steps.push(structuredClone(sandbox.state()) as WorldState)
      },
    })
    const before = structuredClone(sandbox.state()) as WorldState
    const wants = { ...organization, repositories, allowed_actions: 'selected', selected_actions: ACTIONS }
    const yaml = stringify(
      { version: 1, organizations: { acme: { permissions: wants } } },
      { aliasDuplicateObjects: false },
    )
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    const after = structuredClone(sandbox.state()) as WorldState
    expect((await place.run(['plan', '--detailed-exitcode'])).code).toBe(0)
    const may = new Set([...powers(before), ...powers(after)])
    for (const step of steps) for (const power of powers(settled(before, step, after))) expect(may).toContain(power)
  },
)

it.each<[string, object]>([
  ['is given whole', { selected_actions: { ...ACTIONS, patterns_allowed: ['docker/*', 'acme/*'] } }],
  ['is added to', { selected_actions: { add_patterns_allowed: ['acme/*'] } }],
  ['loses a prohibition', { selected_actions: { remove_patterns_allowed: ['!acme/bad@*'] } }],
  ['admits verified creators', { selected_actions: { verified_allowed: true } }],
])('a list of actions that %s waits where a repository could not be switched off', async (_, wants) => {
  const given = {
    organization: {
      allowed_actions: 'selected',
      selected_actions: { ...ACTIONS, patterns_allowed: ['docker/*', '!acme/bad@*'] },
    },
    wants,
    below: { enabled: false },
    kept: { enabled: true },
    looser: {},
  }
  const { code, before, after, printed } = await applied(given, 500)
  expect(code).toBe(1)
  expect(printed).toContain('repos/acme/web/permissions was not written, and was to be closed before this opens')
  expect(powers(after)).toEqual(powers(before))
})

it('what opens nothing of a repository does not wait for it', async () => {
  const { code, sandbox } = await applied(
    {
      organization: { allowed_actions: 'selected', selected_actions: ACTIONS },
      wants: { enabled_repositories: 'selected', repositories: ['web'], allowed_actions: 'selected' },
      below: LOCAL,
      kept: {},
      looser: {},
    },
    409,
  )
  expect(code).toBe(1)
  expect(sandbox.state()).toMatchObject({
    organizations: { acme: { permissions: { enabled_repositories: 'selected' } } },
  })
})

// The repository's own switch shows only once its organization is on: it stays as it is, and its prohibitions come
// first.
it.each([
  ['on, with all actions', { enabled: true, allowed_actions: 'all' }, { allowed_actions: 'local_only' }, 0],
  ['off, with all actions', { enabled: false, allowed_actions: 'all' }, { allowed_actions: 'local_only' }, 0],
  ['on, without pinning', { enabled: true, sha_pinning_required: false }, { sha_pinning_required: true }, 0],
  ['on, and both are asked for', { enabled: true }, { allowed_actions: 'local_only', sha_pinning_required: true }, 0],
])('a repository that nobody says is on, below one that was off: %s', async (_, kept, below, expected) => {
  for (const allowed of ['all', 'local_only']) {
    const given = {
      organization: { enabled_repositories: 'none' },
      wants: { enabled_repositories: 'all', allowed_actions: allowed },
      below,
      kept,
      looser: {},
    }
    const { code, again, before, after, steps, sandbox } = await applied(given, undefined)
    expect({ code, again }).toEqual({ code: expected, again: 0 })
    const own = after.organizations.acme.repositories.web?.permissions
    expect(own).toMatchObject({ enabled: kept.enabled, ...(kept.enabled ? below : {}) })
    const may = new Set([...powers(before), ...powers(after)])
    for (const step of steps) for (const power of powers(settled(before, step, after))) expect(may).toContain(power)
    expect(sandbox.writes().at(-1)).toBe(
      allowed === 'all' ? 'PUT /orgs/acme/actions/permissions' : 'PUT /repos/acme/web/actions/permissions',
    )
  }
})

it('an organization that was off does not open where a repository could not be told what it forbids', async () => {
  const given = {
    organization: { enabled_repositories: 'none' },
    wants: { enabled_repositories: 'all', allowed_actions: 'all' },
    below: { allowed_actions: 'local_only' },
    kept: { allowed_actions: 'all' },
    looser: {},
  }
  const { code, after } = await applied(given, 500)
  expect(code).toBe(1)
  expect(after.organizations.acme.permissions).toMatchObject({
    enabled_repositories: 'all',
    allowed_actions: 'local_only',
  })
})

it.each([403, 500])(
  'what a repository opens waits where its organization could not narrow first (%i)',
  async (status) => {
    const seed = {
      acme: { permissions: {}, repositories: { web: { permissions: { allowed_actions: 'local_only' } } } },
    }
    const sandbox = await watchedSandbox({ seed: { organizations: seed } })
    await sandbox.fault({
      method: 'PUT',
      route: '/orgs/{org}/actions/permissions',
      nth: 1,
      times: status === 500 ? 3 : 1,
      status,
    })
    const desired = {
      permissions: { sha_pinning_required: true },
      repositories: { web: { permissions: { allowed_actions: 'selected', selected_actions: ACTIONS } } },
    }
    const place = await workplace(sandbox, {
      'octoform.yaml': stringify({ version: 1, organizations: { acme: desired } }, { aliasDuplicateObjects: false }),
    })
    const failed = await place.run(['apply', '--auto-approve'])
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain('orgs/acme/permissions was not written, and was to limit this before it opens')
    expect(new Set(sandbox.writes())).toEqual(new Set(['PUT /orgs/acme/actions/permissions']))
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  },
)

it('a repository that is switched off by the list above loosens its pinning after the organization', async () => {
  const seed = {
    acme: { permissions: { sha_pinning_required: true }, repositories: { web: { permissions: {} }, api: {} } },
  }
  const sandbox = await watchedSandbox({ seed: { organizations: seed } })
  const desired = {
    permissions: { enabled_repositories: 'selected', repositories: ['api'], sha_pinning_required: false },
    repositories: { web: { permissions: { enabled: false, sha_pinning_required: false } } },
  }
  const place = await workplace(sandbox, {
    'octoform.yaml': stringify({ version: 1, organizations: { acme: desired } }, { aliasDuplicateObjects: false }),
  })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
})
