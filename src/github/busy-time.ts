/** The time during which at least one of several spans went on: what two share counts once. */
export interface BusyTime {
  /** Adds a span that has just ended: spans are added in the order of their ends. Milliseconds of one clock. */
  add(from: number, to: number): void
  /** In milliseconds. */
  total(): number
}

export function openBusyTime(): BusyTime {
  // In the order of time, none touching another.
  const spans: { readonly from: number; readonly to: number }[] = []
  let total = 0
  return {
    add(from, to) {
      let start = from
      for (let last = spans.at(-1); last !== undefined && last.to >= start; last = spans.at(-1)) {
        start = Math.min(start, last.from)
        total -= last.to - last.from
        spans.pop()
      }
      spans.push({ from: start, to })
      total += to - start
    },
    total: () => total,
  }
}
