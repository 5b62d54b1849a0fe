import type { Repositories } from '../core/repository.ts'

/** The repositories of which a run was asked more than it had read of them by their names. */
export interface Beyond {
  /** Whether all of the owner's are needed, or one by its id. */
  all: boolean
  /** Further names. */
  readonly names: Set<string>
}

/** Nothing yet. */
export function nothingBeyond(): Beyond {
  return { all: false, names: new Set() }
}

/**
 * The same repositories, with a note of each question that only more of the owner's listing could answer. A plan that left
 * none is the one that the whole listing gives.
 */
export function watched(repositories: Repositories, beyond: Beyond): Repositories {
  const whole = (): void => {
    beyond.all = true
  }
  const { byName, byId, complete, onlyNamed, teams, names } = repositories
  return {
    get all() {
      whole()
      return repositories.all
    },
    // No repository is called so: it stands for the one of a wider scope.
    byName: watchedMap(byName, (name) => void (name === '' || beyond.names.add(name)), whole),
    byId: watchedMap(byId, whole, whole),
    complete,
    ...(onlyNamed ? { onlyNamed } : {}),
    ...(teams ? { teams } : {}),
    ...(names ? { names } : {}),
  }
}

function watchedMap<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  lacking: (key: Key) => void,
  whole: () => void,
): ReadonlyMap<Key, Value> {
  const known = (key: Key): ReadonlyMap<Key, Value> => {
    if (!map.has(key)) lacking(key)
    return map
  }
  const every = (): ReadonlyMap<Key, Value> => {
    whole()
    return map
  }
  return {
    get size() {
      return every().size
    },
    get: (key) => known(key).get(key),
    has: (key) => known(key).has(key),
    forEach: (each) => every().forEach(each),
    entries: () => every().entries(),
    keys: () => every().keys(),
    values: () => every().values(),
    [Symbol.iterator]: () => every()[Symbol.iterator](),
  }
}
