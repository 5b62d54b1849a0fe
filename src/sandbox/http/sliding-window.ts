/** The costs of the last so many milliseconds, at any moment. */
export interface SlidingWindow {
  /** @param now milliseconds since 1970, never less than before */
  add(now: number, cost: number): void
  sum(now: number): number
  /** When the oldest cost that still counts was added; undefined where none does. */
  oldest(now: number): number | undefined
  /** The greatest sum so far. */
  most(): number
}

/** @param ms a cost counts for less than that after it was added */
export function openWindow(ms: number): SlidingWindow {
  let costs: { readonly at: number; readonly cost: number }[] = []
  let first = 0
  let total = 0
  let most = 0

  function forget(now: number): void {
    for (let next = costs[first]; next !== undefined && next.at <= now - ms; next = costs[first]) {
      total -= next.cost
      first += 1
    }
    if (first < 1024) return
    costs = costs.slice(first)
    first = 0
  }

  return {
    add(now, cost) {
      forget(now)
      costs.push({ at: now, cost })
      total += cost
      most = Math.max(most, total)
    },
    sum(now) {
      forget(now)
      return total
    },
    oldest(now) {
      forget(now)
      return costs[first]?.at
    },
    most: () => most,
  }
}
