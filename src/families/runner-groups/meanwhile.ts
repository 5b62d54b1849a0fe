import type { GroupEdit } from './document.ts'
import type { Turn } from './meet.ts'
import { ROUTES } from './routes.ts'

/**
 * Describes a switch that a change closes, which the YAML leaves open, and opens again at its end: a later run does not know
 * of it.
 */
export function closedMeanwhile({ key, before, given }: GroupEdit, { meet }: Turn): string | undefined {
  const field = 'allows_public_repositories'
  if (before?.[field] !== true || meet[field] !== false || given.has(field)) return undefined
  return `${field} of ${key} is false now; it was true, and the YAML does not give it: write ${field}: true to have it back.`
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
