import { stringify } from 'yaml'
import type { Body } from '../worlds/world.ts'
import { checkCase } from './check-steps.ts'

/** Lists of actions, of which none admits all that another one does but `c`, which `b` holds. */
const LISTS = {
  a: { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['acme/*'] },
  b: { github_owned_allowed: false, verified_allowed: true, patterns_allowed: ['acme/good@*', 'docker/*'] },
  c: { github_owned_allowed: false, verified_allowed: false, patterns_allowed: ['docker/*'] },
} as const

/** `all`, `local_only`, or one of the lists. */
type Allowed = 'all' | 'local_only' | keyof typeof LISTS

/** The policy of an organization, but for the repositories on its list. */
interface Policy {
  readonly enabled: 'all' | 'none' | 'selected'
  readonly allowed: Allowed
  readonly pinned: boolean
}

interface Own {
  readonly enabled: boolean
  readonly allowed: Allowed
  readonly pinned: boolean
}

/** A repository below it. */
interface Below {
  /** Whether it is on the list before, which GitHub keeps while it is not in force, and after. */
  readonly listed: readonly [boolean, boolean]
  readonly own: Own
  /** What the YAML gives; undefined where it has nothing of the repository. */
  readonly wish: Partial<Own> | undefined
}

const SIDES = [true, false] as const

export const POLICIES: readonly Policy[] = (['all', 'none', 'selected'] as const).flatMap((enabled) =>
  (['all', 'local_only', 'a', 'b'] as const).flatMap((allowed) =>
    SIDES.map((pinned) => ({ enabled, allowed, pinned })),
  ),
)

/** Every kind of repository. */
export const REPOSITORIES: readonly Below[] = SIDES.flatMap((first) =>
  SIDES.flatMap((then) =>
    everyOwn(SIDES, ['all', 'local_only', 'a', 'c'], SIDES).flatMap((own) =>
      [undefined, ...everyOwn([undefined, ...SIDES], [undefined, 'all', 'local_only', 'c'], [undefined, ...SIDES])].map(
        (wish): Below => ({ listed: [first, then], own: own as Own, wish }),
      ),
    ),
  ),
)

function everyOwn(
  switches: readonly (boolean | undefined)[],
  lists: readonly (Allowed | undefined)[],
  pins: readonly (boolean | undefined)[],
): Partial<Own>[] {
  return switches.flatMap((enabled) =>
    lists.flatMap((allowed) =>
      pins.map((pinned) => ({
        ...(enabled === undefined ? {} : { enabled }),
        ...(allowed === undefined ? {} : { allowed }),
        ...(pinned === undefined ? {} : { pinned }),
      })),
    ),
  )
}

interface Change {
  readonly before: Policy
  readonly after: Policy
  readonly below: readonly Below[]
}

/**
 * Holds one change of an organization's policy, and of the repositories below it in the same run, to the rule that after each
 * request no action runs that runs neither before nor after; also where one of the requests fails.
 */
export async function checkPolicies({ before, after, below }: Change): ReturnType<typeof checkCase> {
  const kinds = below
    .filter((each) => isTaken(each, before, after))
    .map((each, index) => ({ ...each, name: `r${index}` }))
  const listed = (side: 0 | 1): string[] => kinds.filter((each) => each.listed[side]).map(({ name }) => name)
  const repositories = Object.fromEntries(kinds.map(({ name, own }) => [name, { permissions: documentOf(own) }]))
  const permissions = { ...documentOf({ ...before, enabled: undefined }), enabled_repositories: before.enabled }
  const seed = { organizations: { acme: { permissions: { ...permissions, repositories: listed(0) }, repositories } } }
  const isOff = after.enabled === 'none'
  const wished = {
    ...documentOf({ pinned: after.pinned, ...(isOff ? {} : { allowed: after.allowed }) }),
    enabled_repositories: after.enabled,
    ...(after.enabled === 'selected' ? { repositories: listed(1) } : {}),
  }
  const wishes = kinds.flatMap(({ name, wish }) => (wish ? [[name, { permissions: documentOf(wish) }] as const] : []))
  const acme = { permissions: wished, repositories: Object.fromEntries(wishes) }
  const yaml = stringify({ version: 1, organizations: { acme } }, { aliasDuplicateObjects: false })
  return checkCase({ seed, product: 'ghec', yaml }, (most) => most)
}

function documentOf({ enabled, allowed, pinned }: { [Key in keyof Own]?: Own[Key] | undefined }): Body {
  const list = allowed === undefined || allowed === 'all' || allowed === 'local_only' ? undefined : LISTS[allowed]
  return {
    ...(enabled === undefined ? {} : { enabled }),
    ...(allowed === undefined ? {} : { allowed_actions: list ? 'selected' : allowed }),
    ...(list ? { selected_actions: list } : {}),
    ...(pinned === undefined ? {} : { sha_pinning_required: pinned }),
  }
}

/** What `validate` takes: a repository is no looser than its organization will be, and joining its list enables it. */
function isTaken({ listed, wish }: Below, before: Policy, after: Policy): boolean {
  if (wish === undefined) return true
  const [was, is] = listed
  const isOn = after.enabled === 'all' || (after.enabled === 'selected' && is)
  const joins = after.enabled === 'selected' && is && !(before.enabled === 'selected' && was)
  if ((wish.enabled === true && !isOn) || (wish.enabled === false && joins)) return false
  if (wish.pinned === false && after.pinned) return false
  return wish.allowed === undefined || wish.allowed === 'local_only' || after.allowed === 'all'
}
