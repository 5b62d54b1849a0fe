/** Like {@link once} for values by name; the name determines the type of its value. */
export function onceEach(): <Value>(name: string, make: () => Value) => Value {
  // There are several of each section, and most of them are never asked.
  let made: Map<string, unknown> | undefined
  return <Value>(name: string, make: () => Value): Value => {
    made ??= new Map()
    if (!made.has(name)) made.set(name, make())
    return made.get(name) as Value
  }
}

/** Makes a value at its first use, and keeps it: for values that depend on the shipped code alone. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
