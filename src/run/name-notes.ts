import { parseAddress } from '../core/address.ts'
import { append } from '../core/append.ts'
import { formerAddresses } from '../core/former-addresses.ts'
import type { KnownNames } from '../core/known-names.ts'
import { listedName, ownerOf, repositoryIn, type Scope } from '../core/scope.ts'
import type { NameNotes } from '../engine/notes.ts'
import type { OwnerState } from '../engine/owner-state.ts'

/** The renames and ids of all owners that were read. */
export function nameNotes(states: readonly OwnerState[], accepted: ReadonlyMap<string, number>): NameNotes {
  const renames: { from: string; to: string }[] = []
  const ids: Record<string, number> = {}
  for (const { owner, names } of states) {
    if (names === undefined) continue
    const full = (name: string): string => listedName(owner, name)
    append(
      renames,
      names.known.moves.map(({ from, to }) => ({ from: full(from), to: full(to) })),
    )
    for (const [name, id] of Object.entries(names.known.ids)) ids[full(name)] = id
    if (names.ownerId !== null && accepted.get(owner) === names.ownerId) ids[owner] = names.ownerId
  }
  return { renames, ids }
}

/** The addresses that one had before its repository was renamed. */
export function formerlyIn(
  states: readonly OwnerState[],
): (address: string, which: 'aliases' | 'formers') => readonly string[] {
  const byOwner = namesByOwner(states)
  return (address, which) => {
    const scope = parseAddress(address)?.scope
    return formerAddresses(address, scope && byOwner.get(ownerOf(scope)), which)
  }
}

/** Whether the ledger's entries of a scope belong to another repository that had its name. */
export function isForeignIn(states: readonly OwnerState[]): (scope: Scope) => boolean {
  const byOwner = namesByOwner(states)
  return (scope) => {
    const names = byOwner.get(ownerOf(scope))
    const repository = repositoryIn(scope)
    return names !== undefined && repository !== undefined && names.home(repository.repo) === undefined
  }
}

function namesByOwner(states: readonly OwnerState[]): ReadonlyMap<string, KnownNames> {
  return new Map(states.flatMap(({ owner, names }) => (names ? [[owner, names.known] as const] : [])))
}
