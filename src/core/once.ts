/** The same for things by name, whose names tell what kind of thing each is. */
export function onceEach(): <Value>(name: string, make: () => Value) => Value {
  const made = new Map<string, unknown>()
  return <Value>(name: string, make: () => Value): Value => {
    if (!made.has(name)) made.set(name, make())
    return made.get(name) as Value
  }
}

/** Makes a value when it is first asked for, and gives that one from then on: for what depends on the shipped code alone. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
