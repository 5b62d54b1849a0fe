/** An organization or a repository, with the state that each resource has in it. */
export interface Holder {
  readonly kept: Map<symbol, Kept>
}

interface Kept {
  readonly state: unknown
  /** Takes a repository that left the organization out of the state. */
  readonly forget: (repositoryId: number) => void
}

/**
 * The place of one resource's state in its organization or repository, where it goes and comes with its holder: a renamed
 * holder keeps it, a removed one takes it along. `empty` makes the state when it is first asked for; `forget` takes a
 * repository that was deleted, or transferred to another owner, out of the lists of an organization.
 *
 * @example
 * const topicsOf = slot<Repository, { names: readonly string[] }>(() => ({ names: [] }))
 * topicsOf(repository).names = ['web']
 */
export function slot<Of extends Holder, State extends object>(
  empty: () => State,
  forget: (state: State, repositoryId: number) => void = () => {},
): (holder: Of) => State {
  const key = Symbol('slot')
  return ({ kept }) => {
    const known = kept.get(key)
    if (known) return known.state as State
    const state = empty()
    kept.set(key, { state, forget: (repositoryId) => forget(state, repositoryId) })
    return state
  }
}

/** Takes a repository that was deleted, or transferred to another owner, out of every list of its organization. */
export function forgetRepository(organization: Holder, repositoryId: number): void {
  for (const { forget } of organization.kept.values()) forget(repositoryId)
}
