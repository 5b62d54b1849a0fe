/** Two maps without a common key as one, without a copy of either. */
export function joinedMap<Key, Value>(
  first: ReadonlyMap<Key, Value>,
  second: ReadonlyMap<Key, Value>,
): ReadonlyMap<Key, Value> {
  function* entries(): MapIterator<[Key, Value]> {
    yield* first.entries()
    yield* second.entries()
  }
  function* keys(): MapIterator<Key> {
    yield* first.keys()
    yield* second.keys()
  }
  function* values(): MapIterator<Value> {
    yield* first.values()
    yield* second.values()
  }
  const joined: ReadonlyMap<Key, Value> = {
    get size() {
      return first.size + second.size
    },
    // The second first: it may be costly to ask the first for what it lacks.
    get: (key) => (second.has(key) ? second.get(key) : first.get(key)),
    has: (key) => second.has(key) || first.has(key),
    forEach(each) {
      for (const [key, value] of entries()) each(value, key, joined)
    },
    entries,
    keys,
    values,
    [Symbol.iterator]: entries,
  }
  return joined
}
