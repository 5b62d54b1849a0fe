import type { Known } from '../core/family.ts'
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
 * there, and its lists reach them though no list names them.
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
  return (scope, known) => {
    if (LADDER[scope.type].lists !== 'organizations') return known
    const organizations = byEnterprise.get(ownerOf(scope)) ?? new Map<string, Organization>()
    return {
      ...known,
      repositories: withOrganizations(known, organizations),
      below: (name) => organizations.get(name)?.known,
    }
  }
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
