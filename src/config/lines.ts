/** Where the lines of a text begin, to tell the place of an offset. */
export interface Lines {
  /** Offsets, the first of them 0. */
  readonly starts: readonly number[]
  /** Adds the line that begins at an offset behind all others. */
  readonly addNewLine: (offset: number) => void
  /** Both counted from 1. */
  place(offset: number): { readonly line: number; readonly col: number }
}

/** The lines of a text of which only the first is known. */
export function startLines(): Lines {
  const starts = [0]
  return {
    starts,
    addNewLine: (offset) => void starts.push(offset),
    place(offset) {
      let [low, high] = [0, starts.length]
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if ((starts[middle] ?? 0) <= offset) low = middle
        else high = middle
      }
      return { line: low + 1, col: offset - (starts[low] ?? 0) + 1 }
    },
  }
}
