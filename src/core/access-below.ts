import { accessBetween, mergeAccess, NO_ACCESS } from './access.ts'
import type { Edit, FamilyAt, Known } from './family.ts'
import type { Access, AccessTo } from './plan.ts'
import type { ReachRepository } from './reach-table.ts'

/** One member of a family whose lists name organizations, before or after a change. */
export interface Sided {
  readonly key: string
  readonly spec: object
  readonly side: 'before' | 'after'
}

/** The repositories of one organization that may use a member above it, as ids; undefined where that is not known. */
function idsBelow(
  entry: FamilyAt,
  known: Known,
  organization: string,
  member: Sided | undefined,
): readonly number[] | undefined {
  const below = known.below?.(organization)
  if (!below || !entry.reachBelow) return undefined
  return member ? entry.reachBelow(member, below, known) : []
}

/** The organizations behind ids of a listing, by name. */
function organizationsIn(known: Known, ids: readonly number[]): readonly string[] {
  return ids.flatMap((id) => known.repositories.byId.get(id)?.name ?? [])
}

/**
 * The repositories, as `acme/web`, that gain and lose access by a change of who may use something above their organization.
 * Of an organization that the run does not read, none.
 */
export function accessBelow(
  entry: FamilyAt,
  known: Known,
  { key, before, after }: Pick<Edit, 'key' | 'before' | 'after'>,
  ids: { readonly had: readonly number[]; readonly has: readonly number[] },
): Access {
  const [had, has] = [new Set(organizationsIn(known, ids.had)), new Set(organizationsIn(known, ids.has))]
  const sideOf = (side: Sided['side'], spec: object | undefined, names: ReadonlySet<string>, name: string) =>
    spec && names.has(name) ? { key, spec, side } : undefined
  const all = [...new Set([...had, ...has])].map((organization): Access => {
    const from = idsBelow(entry, known, organization, sideOf('before', before, had, organization))
    const to = idsBelow(entry, known, organization, sideOf('after', after, has, organization))
    const below = known.below?.(organization)
    if (!from || !to || !below) return NO_ACCESS
    const { gains, loses } = accessBetween(from, to, below.repositories, new Set(), () => through(organization))
    const full = (each: AccessTo): AccessTo => ({ ...each, repository: `${organization}/${each.repository}` })
    return { gains: gains.map(full), loses: loses.map(full) }
  })
  return mergeAccess(all)
}

/** https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access */
function through(organization: string): string {
  return `organization: ${organization}, whose owners choose among its repositories`
}

/** The same of a member as it is: its repositories in the organizations that are read. */
export function reachedBelow(
  entry: FamilyAt,
  known: Known,
  member: Sided,
  ids: readonly number[],
): readonly ReachRepository[] {
  return organizationsIn(known, ids).flatMap((organization) => {
    const below = known.below?.(organization)
    return (idsBelow(entry, known, organization, member) ?? []).flatMap((id): ReachRepository[] => {
      const repository = below?.repositories.byId.get(id)
      return repository ? [{ name: `${organization}/${repository.name}`, visibility: repository.visibility }] : []
    })
  })
}
