/** The leaves of a document, by their path; a list is one leaf, whatever its order. What is empty is as good as not there. */
function leavesIn(value: unknown, at: readonly string[] = []): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const walk = (inner: unknown, path: readonly string[]): void => {
    if (inner === undefined || (Array.isArray(inner) && inner.length === 0)) return
    const isMap = inner !== null && typeof inner === 'object' && !Array.isArray(inner)
    if (isMap) {
      for (const [key, each] of Object.entries(inner)) walk(each, [...path, key])
    } else found.set(JSON.stringify(path), JSON.stringify(Array.isArray(inner) ? sorted(inner) : inner))
  }
  walk(value, at)
  return found
}

function sorted(list: readonly unknown[]): string[] {
  return list.map((each) => JSON.stringify(each)).sort()
}

/** A leaf that differs between two states. */
export interface Difference {
  readonly path: readonly string[]
  readonly before: string | undefined
  readonly after: string | undefined
}

export function differencesOf(before: unknown, after: unknown): Difference[] {
  const [was, is] = [leavesIn(before), leavesIn(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => ({ path: JSON.parse(key) as string[], before: was.get(key), after: is.get(key) }))
}
