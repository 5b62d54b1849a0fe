interface RunnerName {
  readonly id: number
  readonly name: string
}

/** The names that several runners of a listing have: none of them says which one is meant. */
export function repeatedNames(runners: readonly RunnerName[]): ReadonlySet<string> {
  const ids = new Map<string, number>()
  const repeated = new Set<string>()
  for (const { id, name } of runners) {
    if ((ids.get(name) ?? id) !== id) repeated.add(name)
    ids.set(name, id)
  }
  return repeated
}

/** The sentence about such names. */
export function unclearNames(names: readonly string[]): string {
  return `GitHub has several runners called ${[...names].sort().join(', ')}, so that a name does not say which one is meant`
}

export const UNCLEAR_HELP = 'Register them anew under names of their own, or take the name out of the YAML.'
