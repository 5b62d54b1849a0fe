import type { FamilyAt, Known } from './family.ts'
import { type Document, getPath, sameJson } from './json.ts'
import { indexRepositories, type Repositories, type Repository } from './repository.ts'
import type { Scope } from './scope.ts'

type Entry = Pick<FamilyAt, 'reach'>

/**
 * Whether the repositories that may use a member come from a mode, such as `all`, so that only the owner's whole listing
 * names them. Asks nothing of the listing.
 */
export function isOpen({ reach }: Entry, spec: object, known: Known, scope: Scope): boolean {
  const probe = probeOf(known.repositories)
  reach?.(spec, { ...known, repositories: probe.repositories }, scope)
  return probe.askedAll()
}

/**
 * Whether the same repositories may use a member on both sides, because all that tells them stands in both alike. Asks
 * nothing of the listing, so that false may be wrong.
 */
export function reachesAlike({ reach }: Entry, before: object, after: object, known: Known, scope: Scope): boolean {
  const told = new Set<string>()
  let asWhole = false
  const watched = new Proxy(before, {
    get(target, key) {
      if (typeof key === 'string') told.add(key)
      return Reflect.get(target, key)
    },
    ownKeys(target) {
      asWhole = true
      return Reflect.ownKeys(target)
    },
  })
  reach?.(watched, { ...known, repositories: probeOf(known.repositories).repositories }, scope)
  if (asWhole) return sameJson(before as Document, after as Document)
  return [...told].every((key) => sameJson(getPath(before, key), getPath(after, key)))
}

/** One of each visibility, in place of an owner's own. */
const PROBES = indexRepositories(
  (['public', 'private', 'internal'] as const).map((visibility, index): Repository => {
    return { id: -1 - index, name: `/${visibility}`, visibility, fork: false, archived: false, topics: [] }
  }),
  'complete',
)

function probeOf({ complete, teams, names }: Repositories): {
  readonly repositories: Repositories
  askedAll(): boolean
} {
  let asked = false
  const repositories: Repositories = {
    get all() {
      asked = true
      return PROBES.all
    },
    byName: PROBES.byName,
    byId: PROBES.byId,
    complete,
    ...(teams ? { teams } : {}),
    ...(names ? { names } : {}),
  }
  return { repositories, askedAll: () => asked }
}
