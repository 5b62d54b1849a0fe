import { byText, parseAddress } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { AccessTo, Change } from '../core/plan.ts'
import { repositoryIn } from '../core/scope.ts'
import type { AccessView } from './row.ts'

export type AccessPart = 'named' | 'matched' | 'loses'

/** A row's access in one section; null where it has none of that part. */
export function viewAccess(changes: readonly [Change, ...Change[]], part: AccessPart): AccessView | null {
  const [first] = changes
  const isOwn = concernsItself(first)
  const found: AccessTo[] = []
  for (const change of isOwn ? changes : [first]) append(found, accessOf(change, part))
  if (found.length === 0) return null
  const repositories = found.sort(
    (left, right) => rank(left) - rank(right) || byText(left.repository, right.repository),
  )
  return {
    direction: part === 'loses' ? 'loses' : 'gains',
    of: isOwn ? 'itself' : 'others',
    address: first.address,
    repositories,
  }
}

export function accessOf(change: Change, part: AccessPart): readonly AccessTo[] {
  if (part === 'loses') return change.access.loses
  return change.access.gains.filter(({ via }) => via === part)
}

/**
 * The key by which access is compared between changes: a repository's access to its own setting is the same everywhere.
 */
export function accessContent(change: Change): unknown {
  if (!concernsItself(change)) return change.access
  const parts: readonly AccessPart[] = ['named', 'matched', 'loses']
  return parts.map((part) => accessOf(change, part).length)
}

/** Whether a change of a repository's own setting gives or takes access for that repository alone. */
function concernsItself({ address, access }: Change): boolean {
  const scope = parseAddress(address)?.scope
  const own = scope && repositoryIn(scope)
  if (own === undefined) return false
  const names = new Set([own.repo, `${own.owner}/${own.repo}`])
  return [...access.gains, ...access.loses].every(({ repository }) => names.has(repository.toLowerCase()))
}

function rank({ visibility }: AccessTo): number {
  return visibility === 'public' ? 0 : 1
}
