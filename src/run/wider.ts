import { parseAddress } from '../core/address.ts'
import { ownerOf, repositoryIn } from '../core/scope.ts'
import type { OwnerState } from '../engine/owner-state.ts'

/** By owner: the repositories that a plan asked for beyond those that were read by name. */
export type Wider = ReadonlyMap<string, readonly string[] | 'all'>

/** By owner: further names to read, where those that were read did not do; after a second time all repositories are. */
export function widened(states: readonly OwnerState[], earlier: Wider): Wider {
  const open = new Map<string, readonly string[] | 'all'>()
  for (const { owner, beyond } of states) {
    if (beyond === undefined || (!beyond.all && beyond.names.size === 0)) continue
    open.set(owner, beyond.all || earlier.has(owner) ? 'all' : [...beyond.names])
  }
  return open
}

/**
 * The names that may do for an owner; undefined where its listing is to be read.
 * @param names those that are enough for its configuration, if any are
 * @param chosen addresses of a saved plan: whether their repositories are there is said of them
 */
export function enoughOf(
  name: string,
  names: ReadonlySet<string> | undefined,
  { wider, chosen }: { readonly wider: Wider; readonly chosen: readonly string[] },
): ReadonlySet<string> | undefined {
  const more = wider.get(name)
  const enough = more === 'all' ? undefined : names
  const ofPlan = chosen.flatMap((address) => {
    const scope = parseAddress(address)?.scope
    return scope && ownerOf(scope) === name ? (repositoryIn(scope)?.repo ?? []) : []
  })
  return enough && new Set([...enough, ...ofPlan, ...(more ?? [])])
}
