/** A repository that gains or loses access, as `AccessTo` has it. */
interface SharedEntry {
  readonly repository: string
  readonly visibility: string
  readonly via: string
  readonly by?: string
}

/** Gives an equal entry that was given before, or else this one. */
export type SameEntry = <E extends SharedEntry>(entry: E) => E

/**
 * Keeps one of equal entries: the same repositories may use many members, and of a thousand secrets for nine hundred
 * repositories each, the entries by themselves would be a third of the plan's memory.
 */
export function shareEntries(): SameEntry {
  const known = new Map<string, Map<string, SharedEntry>>()
  return <E extends SharedEntry>(entry: E): E => {
    const { repository, visibility, via, by } = entry
    const kind = `${visibility} ${via} ${by}`
    const alike = known.get(kind) ?? new Map<string, SharedEntry>()
    known.set(kind, alike)
    const before = alike.get(repository)
    if (before !== undefined) return before as E
    alike.set(repository, entry)
    return entry
  }
}
