import type { GroupEdit, GroupSend, RunnerGroup } from './document.ts'
import type { Turn } from './meet.ts'
import { NO_NETWORK, networkOf } from './networks.ts'
import { ROUTES } from './routes.ts'

/** The switch that a change closes, which the YAML leaves open, and opens again at its end: later runs have no wish for it. */
export function closedMeanwhile({ key, before, given }: GroupEdit, { meet }: Turn): GroupSend['meanwhile'] {
  const field = 'allows_public_repositories'
  if (before?.[field] !== true || meet[field] !== false || given.has(field)) return undefined
  const message = `${field} of ${key} is false now; it was true, and the YAML does not give it: write ${field}: true to have it back.`
  return { field, message }
}

/**
 * The list without public repositories, where the switch from `selected` to `private`, or back, takes them in or out and
 * the product has no other switch for them (GHES 2.22); undefined where nothing is to be left out.
 */
export function withoutPublic(
  { before, after, known, scope }: GroupEdit,
  names: readonly string[],
): string[] | undefined {
  const { update } = ROUTES[scope.type]
  const turns = [before, after]
    .map((side) => side?.visibility)
    .sort()
    .join()
  if (turns !== 'private,selected' || before?.allows_public_repositories === false) return undefined
  if (known.product.accepts(update, 'allows_public_repositories')) return undefined
  const kept = names.filter((name) => (known.repositories.byName.get(name)?.visibility ?? 'public') !== 'public')
  return kept.length < names.length ? kept : undefined
}

/**
 * The switches that a group passes through closed, though they are open in both documents: `private` shuts public repositories
 * out, which the group does by its switch until the list is there; and from one network to another it is in none.
 */
export function passes(before: Partial<RunnerGroup>, after: Partial<RunnerGroup>): Partial<RunnerGroup> {
  const opens = before.visibility === 'private' && after.allows_public_repositories === true
  const [had, has] = [networkOf(before), networkOf(after)]
  const moves = had !== undefined && has !== undefined && had !== has
  return {
    ...(opens ? { allows_public_repositories: false } : {}),
    ...(moves ? { network_configuration_id: NO_NETWORK } : {}),
  }
}
