import type { Body } from '../../worlds/world.ts'
import { fields, type Random } from '../random.ts'
import { actionsOf, type OrganizationPermissions, type RepositoryPermissions } from '../state.ts'
import { type EnterprisePermissions, type LevelsState, organizationInForce, repositoryInForce } from './oracle.ts'
import { ALLOWED, type Allowed, allowedFields, LISTS, MODES } from './world.ts'

/** What the YAML gives of one level; undefined where it leaves that open. */
interface Wish {
  /** Of the enterprise and an organization: all, none, or a list. */
  readonly mode?: (typeof MODES)[number] | undefined
  readonly members?: readonly string[] | undefined
  /** Of a repository. */
  readonly enabled?: boolean | undefined
  readonly allowed?: Allowed | undefined
  readonly pinned?: boolean | undefined
}

interface OrganizationWish {
  readonly own: Wish | undefined
  readonly repositories: Readonly<Record<string, Wish>>
}

/** What the YAML gives. */
export interface LevelsWish {
  readonly top: Wish | undefined
  readonly organizations: Readonly<Record<string, OrganizationWish>>
}

/** Random wishes that `validate` takes: no level is looser than those above will be. */
export function levelsWishBy(random: Random, state: LevelsState, isPinning: boolean): LevelsWish {
  const { permissions } = state.enterprises.inc
  const names = Object.keys(state.organizations)
  const topShown = shownOf({ isOn: permissions.enabled_organizations !== 'none', ...inWords(permissions) })
  const top = random.chance(85) ? ownerBy(names, {}, topShown) : undefined
  const organizations = names.map((name) => [name, organizationBy(name)] as const)
  return { top, organizations: Object.fromEntries(organizations) }

  function organizationBy(name: string): OrganizationWish {
    const repositories = Object.keys(state.organizations[name]?.repositories ?? {})
    const limit: Limit = { ...top, isOff: isOff(top, name) }
    const own = random.chance(75) ? ownerBy(repositories, limit, shownOf(organizationInForce(state, name))) : undefined
    const below = random.some(repositories).map((each) => [each, repositoryBy(name, each, own, limit)] as const)
    return { own, repositories: Object.fromEntries(below) }
  }

  function repositoryBy(org: string, name: string, above: Wish | undefined, top: Limit): Wish {
    const shown = shownOf(repositoryInForce(state, org, name))
    const was = state.organizations[org]?.permissions
    const wasListed = was?.enabled_repositories === 'selected' && (was.repositories ?? []).includes(name)
    const joins = above?.mode === 'selected' && above.members?.includes(name) && !wasListed
    const isForbidden = top.isOff || isOff(above, name)
    const enabled = isForbidden ? false : joins ? true : random.chance(70)
    return {
      enabled: random.chance(60) ? enabled : undefined,
      ...actionsBy(
        { ...above, allowed: stricterOf(above?.allowed, top.allowed), pinned: above?.pinned || top.pinned },
        shown,
      ),
    }
  }

  function ownerBy(members: readonly string[], limit: Limit, shown: Shown): Wish {
    const mode = limit.isOff ? ('none' as const) : random.oneOf(MODES)
    const given = random.chance(60) ? mode : undefined
    const list = given === 'selected' ? random.some(members) : undefined
    const actions = actionsBy(limit, shown)
    return { mode: given, members: list, ...actions, ...(given === 'none' ? { allowed: undefined } : {}) }
  }

  function actionsBy(limit: Limit, shown: Shown): Wish {
    const asShown = random.chance(40)
    const wanted = asShown && shown.allowed ? shown.allowed : random.oneOf(ALLOWED)
    const pinned = asShown ? shown.pinned : random.chance(40)
    return {
      allowed: random.chance(75) ? within(wanted, limit.allowed) : undefined,
      pinned: isPinning && random.chance(60) ? pinned || limit.pinned === true : undefined,
    }
  }
}

interface Limit extends Wish {
  readonly isOff?: boolean
}

interface Shown {
  readonly allowed: Allowed | undefined
  readonly pinned: boolean
}

function shownOf({ isOn, allowed, list, pinned }: ReturnType<typeof repositoryInForce>): Shown {
  const named = (Object.keys(LISTS) as (keyof typeof LISTS)[]).find(
    (name) => LISTS[name] === list || JSON.stringify(LISTS[name]) === JSON.stringify(list),
  )
  return { allowed: isOn ? (allowed === 'selected' ? named : allowed) : undefined, pinned }
}

function inWords(permissions: EnterprisePermissions) {
  return {
    allowed: permissions.allowed_actions,
    list: actionsOf(permissions),
    pinned: permissions.sha_pinning_required === true,
  }
}

function isOff(wish: Wish | undefined, name: string): boolean {
  return wish?.mode === 'none' || (wish?.mode === 'selected' && wish.members?.includes(name) !== true)
}

/** Below a list no other list is taken. */
function within(wanted: Allowed, limit: Allowed | undefined): Allowed {
  return limit === undefined || limit === 'all' ? wanted : 'local_only'
}

function stricterOf(left: Allowed | undefined, right: Allowed | undefined): Allowed | undefined {
  const both = [left, right].filter((each) => each !== undefined && each !== 'all')
  return both.find((each) => each === 'local_only') ?? both[0]
}

/** The configuration's documents. */
export function configurationOf({ top, organizations }: LevelsWish): Body {
  const below = Object.entries(organizations).map(([name, { own, repositories }]) => {
    const each = Object.entries(repositories).map(([repo, wish]) => [
      repo,
      { permissions: documentOf(wish, 'enabled') },
    ])
    return [
      name,
      fields({ permissions: own && documentOf(own, 'repositories'), repositories: Object.fromEntries(each) }),
    ]
  })
  const permissions = top && documentOf(top, 'organizations')
  return { version: 1, enterprises: { inc: fields({ permissions, organizations: Object.fromEntries(below) }) } }
}

function documentOf(
  { mode, members, enabled, allowed, pinned }: Wish,
  of: 'organizations' | 'repositories' | 'enabled',
): Body {
  return fields({
    ...(of === 'enabled' ? { enabled } : { [`enabled_${of}`]: mode, [of]: members }),
    ...allowedFields(allowed),
    sha_pinning_required: pinned,
  })
}

/** The world with all that the YAML gives, and everything else as it is. */
export function wantedState(state: LevelsState, wish: LevelsWish): LevelsState {
  const { inc } = state.enterprises
  const top = wish.top ? { ...inc.permissions, ...documentOf(wish.top, 'organizations') } : inc.permissions
  const organizations = Object.entries(state.organizations).map(([name, was]) => {
    const { own, repositories = {} } = wish.organizations[name] ?? {}
    const policy = { ...was.permissions, ...(own ? documentOf(own, 'repositories') : {}) } as OrganizationPermissions
    const below = Object.entries(was.repositories).map(([repo, { permissions }]) => {
      const wasListed =
        was.permissions.enabled_repositories === 'selected' && was.permissions.repositories?.includes(repo)
      // A repository that comes to the list has Actions, even if its own switch was off before.
      const joins = own?.mode === 'selected' && own.members?.includes(repo) && !wasListed ? { enabled: true } : {}
      const given = documentOf(repositories[repo] ?? {}, 'enabled')
      return [repo, { permissions: { ...permissions, ...joins, ...given } as RepositoryPermissions }] as const
    })
    return [name, { permissions: policy, repositories: Object.fromEntries(below) }] as const
  })
  return {
    enterprises: { inc: { ...inc, permissions: top as EnterprisePermissions } },
    organizations: Object.fromEntries(organizations),
  }
}
