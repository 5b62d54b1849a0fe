/** Makes a value when it is first asked for, and gives that one from then on: for what depends on the shipped code alone. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
