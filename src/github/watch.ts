import { partOf, ranIn } from './own-timer.ts'

/** Milliseconds of an answer, which do not pass while it waits for room. */
export interface Patience {
  /** Aborted with a `TimeoutError` when the time is over. */
  readonly signal: AbortSignal
  /** Waits for something that is no fault of the server's. */
  without<T>(wait: () => Promise<T>): Promise<T>
  /** Called once, at the end of the answer: another one gets the signal. */
  end(): void
}

/** The time limits of answers that are read side by side. */
export interface Watch {
  /** Of each answer. */
  readonly ms: number
  begin(): Patience
}

interface Watched {
  readonly controller: AbortController
  readonly patience: Patience
  /** By the time of the watch. */
  over: number
}

/**
 * Gives each answer so many milliseconds in which this process ran, as `ownTimer` does. All have one timer, and a signal that was
 * not aborted is used again: to make both anew takes longer than to watch them.
 */
export function openWatch(ms: number): Watch {
  const unused: Watched[] = []
  const watched = new Set<Watched>()
  let ran = 0
  let step = 0
  let begun = 0
  let timer: NodeJS.Timeout | undefined
  const now = (): number => (timer === undefined ? ran : ran + ranIn(performance.now() - begun, step))
  const wait = (): void => {
    let first = Number.POSITIVE_INFINITY
    for (const { over } of watched) first = Math.min(first, over)
    step = Math.min(first - ran, partOf(ms))
    begun = performance.now()
    timer = setTimeout(look, step)
  }
  const look = (): void => {
    ran = now()
    timer = undefined
    for (const each of watched) {
      // A timer may come a fraction of a millisecond early.
      if (each.over - ran >= 1) continue
      watched.delete(each)
      each.controller.abort(new DOMException('The time is over.', 'TimeoutError'))
    }
    if (watched.size > 0) wait()
  }
  const enter = (each: Watched, left: number): void => {
    each.over = now() + left
    watched.add(each)
    if (timer === undefined) wait()
    else if (watched.size === 1) timer.ref()
  }
  const leave = (each: Watched): void => {
    watched.delete(each)
    // A timer without an answer to end must not keep the process from ending.
    if (watched.size === 0) timer?.unref()
  }
  const made = (): Watched => {
    const controller = new AbortController()
    const { signal } = controller
    const each: Watched = {
      controller,
      over: 0,
      patience: {
        signal,
        async without(waited) {
          const left = each.over - now()
          leave(each)
          try {
            return await waited()
          } finally {
            enter(each, left)
          }
        },
        end() {
          leave(each)
          if (!signal.aborted) unused.push(each)
        },
      },
    }
    return each
  }
  return {
    ms,
    begin() {
      const each = unused.pop() ?? made()
      enter(each, ms)
      return each.patience
    },
  }
}
