import { formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { Known, WishBelow } from '../core/family.ts'
import { onceEach } from '../core/once.ts'
import { indexRepositories, type Repository } from '../core/repository.ts'
import { LADDER, namesOf, ownerOf, type Scope, scopeAbove } from '../core/scope.ts'
import type { OwnerState } from '../engine/owner-state.ts'

/** An organization that the run reads. */
interface Organization {
  readonly id: number
  readonly known: Known
}

/**
 * Adds to what is known of an enterprise what the same run reads of its organizations: who may use what it shares is said
 * there, and its lists reach them though no list names them. Of an enterprise and of an organization, also the wishes below.
 */
export function knowingBelow(states: readonly OwnerState[]): (scope: Scope, known: Known) => Known {
  const byEnterprise = new Map<string, Map<string, Organization>>()
  for (const { section, known, ids } of states.flatMap(({ sections }) => sections)) {
    const above = isOrganization(section.scope) ? scopeAbove(section.scope) : undefined
    if (above === undefined || ids.owner_id === null) continue
    const organizations = byEnterprise.get(ownerOf(above)) ?? new Map<string, Organization>()
    byEnterprise.set(ownerOf(above), organizations)
    organizations.set(namesOf(section.scope)[0] ?? '', { id: ids.owner_id, known })
  }
  const ofFamily = onceEach()
  const wishesBelow = (scope: Scope) => (family: string) =>
    ofFamily(family, () => wishesOf(states, family)).get(formatScope(scope)) ?? new Map<string, readonly WishBelow[]>()
  return (scope, known) => {
    const { lists } = LADDER[scope.type]
    if (lists === undefined) return known
    if (lists !== 'organizations') return { ...known, wishesBelow: wishesBelow(scope) }
    const organizations = byEnterprise.get(ownerOf(scope)) ?? new Map<string, Organization>()
    return {
      ...known,
      repositories: withOrganizations(known, organizations),
      below: (name) => organizations.get(name)?.known,
      wishesBelow: wishesBelow(scope),
    }
  }
}

/** By each scope whose lists may name one that the wish is for, or is in, and then by that one. */
function wishesOf(
  states: readonly OwnerState[],
  family: string,
): ReadonlyMap<string, ReadonlyMap<string, readonly WishBelow[]>> {
  const found = new Map<string, Map<string, WishBelow[]>>()
  for (const { section } of states.flatMap(({ sections }) => sections)) {
    if (section.family !== family) continue
    const wishes = section.members.filter(({ state }) => state === 'present')
    for (let scope = section.scope, above = scopeAbove(scope); above; scope = above, above = scopeAbove(scope)) {
      const place = found.get(formatScope(above)) ?? new Map<string, WishBelow[]>()
      found.set(formatScope(above), place)
      const name = namesOf(scope).at(-1) ?? ''
      const there = place.get(name) ?? []
      place.set(name, there)
      append(
        there,
        wishes.map((wanted) => ({ wanted, reached: wanted })),
      )
    }
  }
  return found
}

/** Whether a scope is one that an enterprise's lists name. */
function isOrganization({ type }: Scope): boolean {
  const { above } = LADDER[type]
  return above !== undefined && LADDER[above].lists === 'organizations'
}

function withOrganizations(
  { repositories }: Known,
  organizations: ReadonlyMap<string, Organization>,
): Known['repositories'] {
  const missing = [...organizations].flatMap(([name, { id }]): Repository[] => {
    const isThere = repositories.byName.has(name) || repositories.byId.has(id)
    return isThere ? [] : [{ id, name, visibility: 'private', fork: false, archived: false, topics: [] }]
  })
  if (missing.length === 0) return repositories
  return {
    ...repositories,
    ...indexRepositories([...repositories.all, ...missing], repositories.complete ? 'complete' : 'partial'),
  }
}
