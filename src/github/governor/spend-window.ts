/** The use of a limit that holds for every span of its length: GitHub does not say when its minutes and hours begin. */
export interface SpendWindow {
  /** When there is room, by the same clock; 0 where there is, undefined where requests on their way must end first. */
  free(cost: number, now: number): number | undefined
  /** The cost that there is room for now. */
  left(now: number): number
  begin(cost: number): void
  /** GitHub counted it at some time before its answer came. */
  end(cost: number, now: number): void
  /** It was not sent after all. */
  cancel(cost: number): void
}

/** @param most the cost that is allowed in each span of so many milliseconds */
export function spendWindow(most: number, spanMs: number): SpendWindow {
  // Plain numbers, since thousands of objects would be looked through each time that memory is freed.
  let endedAt: number[] = []
  let costs: number[] = []
  /** Those before it are over. */
  let first = 0
  let used = 0
  let onTheirWay = 0
  const forget = (now: number): void => {
    for (let at = endedAt[first]; at !== undefined && at + spanMs <= now; at = endedAt[first]) {
      used -= costs[first] ?? 0
      first += 1
    }
    if (first < 1000 || first < endedAt.length / 2) return
    endedAt = endedAt.slice(first)
    costs = costs.slice(first)
    first = 0
  }
  return {
    free(cost, now) {
      forget(now)
      let excess = used + onTheirWay + cost - most
      if (excess <= 0) return 0
      for (let index = first; index < endedAt.length; index += 1) {
        excess -= costs[index] ?? 0
        if (excess <= 0) return (endedAt[index] ?? 0) + spanMs
      }
      return undefined
    },
    left(now) {
      forget(now)
      return Math.max(most - used - onTheirWay, 0)
    },
    begin(cost) {
      onTheirWay += cost
    },
    end(cost, now) {
      onTheirWay -= cost
      used += cost
      endedAt.push(now)
      costs.push(cost)
      forget(now)
    },
    cancel(cost) {
      onTheirWay -= cost
    },
  }
}
