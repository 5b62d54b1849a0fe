/** A wait that ends by itself. */
export interface OwnTimer {
  /** Milliseconds that are left of it. */
  stop(): number
}

/** So many parts a wait has, each at least so long in milliseconds. */
const PARTS = 30
const SHORTEST = 10

/** The length of one part of a wait; both in milliseconds. */
export function partOf(ms: number): number {
  return Math.max(SHORTEST, ms / PARTS)
}

/** Of the milliseconds that a part of a wait took, those in which this process ran. */
export function ranIn(elapsed: number, step: number): number {
  return elapsed > 2 * Math.max(step, SHORTEST) ? step / 2 : elapsed
}

/**
 * Waits for so many milliseconds in which this process ran: one that is stopped, or gets no turn on a busy machine, has not given an
 * answer the time to come in. A part of the wait that took more than twice its length counts for half of it.
 */
export function ownTimer(ms: number, over: () => void): OwnTimer {
  let left = ms
  let step = 0
  let begun = 0
  let timer: NodeJS.Timeout | undefined
  const passed = (): number => ranIn(performance.now() - begun, step)
  const next = (): void => {
    step = Math.min(left, partOf(ms))
    begun = performance.now()
    timer = setTimeout(() => {
      left -= passed()
      // A timer may come a fraction of a millisecond early.
      if (left < 1) over()
      else next()
    }, step)
  }
  next()
  return {
    stop() {
      clearTimeout(timer)
      left = Math.max(0, left - passed())
      return left
    },
  }
}
