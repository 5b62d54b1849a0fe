/** Whether a list holds a text: one that is sorted by code units, as names in lists are, and may be long and asked often. */
export function isInSorted(sorted: readonly string[] | undefined, text: string): boolean {
  if (sorted === undefined) return false
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] as string) < text) from = middle + 1
    else to = middle
  }
  return sorted[from] === text
}
