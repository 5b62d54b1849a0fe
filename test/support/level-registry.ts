import type { Family, FamilyAt, Get, Known } from '../../src/core/family.ts'
import type { Live } from '../../src/core/live.ts'
import { type ScopeOf, scopeParams } from '../../src/core/scope.ts'
import { families } from '../../src/families/index.ts'
import type { Registry } from '../../src/run/io.ts'
import { CHECKS } from './levels.ts'

/** A group of an enterprise, as these tests have it. */
interface Fleet {
  readonly visibility?: 'selected' | 'all'
  readonly organizations?: readonly string[]
  readonly allows_public_repositories?: boolean
}

interface FleetRef {
  readonly id: number
  /** Of its organizations, by name. */
  readonly organizations?: Readonly<Record<string, number>>
}

const GROUPS = '/enterprises/{enterprise}/actions/runner-groups'
const ONE = `${GROUPS}/{runner_group_id}` as const
const LIST = `GET ${GROUPS}` as const
const LISTED = `GET ${ONE}/organizations` as const
const SET = `PUT ${ONE}/organizations` as const
const [CREATE, UPDATE, REMOVE] = [`POST ${GROUPS}`, `PATCH ${ONE}`, `DELETE ${ONE}`] as const

const enterpriseFleets: FamilyAt<'enterprise', Fleet, FleetRef> = {
  presence: LIST,
  reads: [LIST, LISTED],
  writes: [CREATE, UPDATE, REMOVE, SET],
  read: async (scope, get) => {
    const groups = await get.list<Fleet & { id: number; name: string; default: boolean }>(LIST, scopeParams(scope))
    return Promise.all(groups.map((group) => fleetOf(scope, group, get)))
  },
  reach: ({ visibility, organizations = [] }, known) =>
    visibility === 'all' ? known.repositories.all.map(({ id }) => id) : idsOf(organizations, known),
  write: ({ scope, key, action, after, changed, known, ref }) => {
    const params = (made: FleetRef | undefined) => ({
      ...scopeParams(scope),
      runner_group_id: made?.id ?? ref?.id ?? 0,
    })
    if (action === 'delete') return [{ route: REMOVE, fields: [], params }]
    const { organizations = [], ...rest } = after ?? {}
    const list = { selected_organization_ids: idsOf(organizations, known) }
    if (action === 'create') {
      const body = (): object => ({ name: key, ...rest, ...(rest.visibility === 'selected' ? list : {}) })
      return [{ route: CREATE, fields: [...changed], params: () => scopeParams(scope), body }]
    }
    const own = [...changed].filter((field) => field !== 'organizations')
    return [
      ...(own.length > 0 ? [{ route: UPDATE, fields: own, params, body: () => ({ name: key, ...rest }) }] : []),
      ...(changed.has('organizations') ? [{ route: SET, fields: ['organizations'], params, body: () => list }] : []),
    ]
  },
}

async function fleetOf(
  scope: ScopeOf<'enterprise'>,
  group: Fleet & { id: number; name: string; default: boolean },
  get: Get,
): Promise<Live<Fleet, FleetRef>> {
  const { id, name, visibility = 'all', allows_public_repositories: open } = group
  const params = { ...scopeParams(scope), runner_group_id: id }
  const listed = visibility === 'selected' ? await get.list<{ id: number; login: string }>(LISTED, params) : []
  const organizations = listed.map(({ login }) => login.toLowerCase()).sort()
  const ids = Object.fromEntries(listed.map((each) => [each.login.toLowerCase(), each.id]))
  const spec: Fleet = {
    visibility,
    ...(visibility === 'selected' ? { organizations } : {}),
    ...(open === undefined ? {} : { allows_public_repositories: open }),
  }
  return { key: name, spec, ref: { id, organizations: ids }, ...(group.default ? { fixed: 'default' as const } : {}) }
}

function idsOf(names: readonly string[], known: Known): number[] {
  return names.flatMap((name) => known.repositories.byName.get(name)?.id ?? [])
}

/** The runner groups of enterprises, as far as the sandbox has them. */
const fleets = {
  name: 'fleets',
  shape: 'members',
  fields: {
    visibility: { wider: ['selected', 'all'], written: { enterprise: { route: UPDATE } } },
    organizations: {
      list: 'organizations',
      mode: { field: 'visibility', is: 'selected' },
      wider: 'more',
      written: { enterprise: { route: SET, as: 'selected_organization_ids' } },
    },
    allows_public_repositories: { wider: [false, true], written: { enterprise: { route: UPDATE } } },
  },
  fold: (key) => key,
  listed: ({ organizations = {} }) => organizations,
  scopes: { enterprise: enterpriseFleets },
} satisfies Family<Fleet, FleetRef>

/** Octoform's families, and a stub of what enterprises have. */
export const LEVEL_REGISTRY: Registry = { families: [...families, fleets] as readonly Family[], checks: CHECKS }
