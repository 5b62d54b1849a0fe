import type { Enterprise, Organization } from './owners.ts'
import type { Ids } from './seed-ids.ts'
import type { Entry } from './seed-reader.ts'
import type { Environment, Repository, World } from './store.ts'

/** The part of a seed, and of the state, for one resource below an enterprise, organization, repository or environment. */
export interface Part<Of> {
  /** The keys of the seed that the part reads, in the order in which the state lists them. */
  readonly keys: readonly string[]
  /** The entries whose ids are of the row that issues, comments and check runs share. */
  readonly numbered?: (given: Entry) => readonly Entry[]
  /** Fills the holder from its entry; every holder exists already. @throws SeedError */
  readonly seed: (holder: Of, given: Entry, world: World, activityIds: Ids) => void
  /** The same in the seed's shape. */
  readonly dump: (holder: Of, world: World) => object
}

/** The parts of every resource, in the order of the state. */
export interface Parts {
  /** Those at the top, which may name owners and repositories. */
  readonly world: readonly Part<World>[]
  readonly enterprise: readonly Part<Enterprise>[]
  readonly organization: readonly Part<Organization>[]
  /** Those that stand beside the description of a repository. */
  readonly details: readonly Part<Repository>[]
  readonly repository: readonly Part<Repository>[]
  readonly environment: readonly Part<Environment>[]
}

export function keysOf(parts: readonly Part<never>[]): string[] {
  return parts.flatMap(({ keys }) => keys)
}

/** Named things in the seed's shape. */
export function byName<Item extends { readonly name: string }>(
  items: Iterable<Item>,
  dump: (item: Item) => object,
): Record<string, object> {
  return Object.fromEntries([...items].map((item) => [item.name, dump(item)]))
}

/** The part, whose keys the state leaves out where nothing stands under them. */
export function leftOutEmpty<Of>(part: Part<Of>): Part<Of> {
  const isFilled = ([, value]: readonly [string, object]): boolean => Object.keys(value).length > 0
  return {
    ...part,
    dump: (holder, world) => Object.fromEntries(Object.entries(part.dump(holder, world)).filter(isFilled)),
  }
}
