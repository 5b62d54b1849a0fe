/** An enterprise, organization, repository or environment, with the state that each resource has in it. */
export interface Holder {
  readonly kept: Map<symbol, Kept>
}

interface Kept {
  readonly state: unknown
  /** Takes a repository that left the organization, or an organization that left the enterprise, out of the state. */
  readonly forget: (memberId: number) => void
}

/**
 * The place of one resource's state in its holder, where it goes and comes with it: a renamed holder keeps it, a removed one
 * takes it along. `empty` makes the state when it is first asked for; `forget` takes a repository that was deleted, or
 * transferred to another owner, out of the lists of an organization, and an organization out of those of an enterprise.
 *
 * @example
 * const topicsOf = slot<Repository, { names: readonly string[] }>(() => ({ names: [] }))
 * topicsOf(repository).names = ['web']
 */
export function slot<Of extends Holder, State extends object>(
  empty: () => State,
  forget: (state: State, memberId: number) => void = () => {},
): (holder: Of) => State {
  const key = Symbol('slot')
  return ({ kept }) => {
    const known = kept.get(key)
    if (known) return known.state as State
    const state = empty()
    kept.set(key, { state, forget: (memberId) => forget(state, memberId) })
    return state
  }
}

/** Takes a member that is there no more, or another's, out of every list of its organization or enterprise. */
export function forgetMember(holder: Holder, memberId: number): void {
  for (const { forget } of holder.kept.values()) forget(memberId)
}
