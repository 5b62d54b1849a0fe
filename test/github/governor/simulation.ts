import type { Clock } from '../../../src/github/clock.ts'

/** Time in which all work takes no time, and nothing but waits passes it. */
export interface Simulation extends Clock {
  /** Calls back after so many milliseconds. */
  after(ms: number, call: () => void): void
  /** Runs until the work is done. @throws where it waits for something that never comes */
  finish<T>(work: Promise<T>): Promise<T>
}

interface Event {
  readonly at: number
  readonly call: () => void
}

export function simulation(from = Date.parse('2026-11-21T12:00:00Z')): Simulation {
  let now = from
  const events: Event[] = []

  function add(event: Event): void {
    let [low, high] = [0, events.length]
    while (low < high) {
      const middle = (low + high) >> 1
      // The next one stands last.
      if ((events[middle] as Event).at > event.at) low = middle + 1
      else high = middle
    }
    events.splice(low, 0, event)
  }

  return {
    now: () => now,
    after: (ms, call) => add({ at: now + ms, call }),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const event = { at: now + Math.max(ms, 0), call: resolve }
        add(event)
        signal.addEventListener('abort', () => {
          const place = events.indexOf(event)
          if (place >= 0) events.splice(place, 1)
          resolve()
        })
      }),
    async finish(work) {
      const state = { done: false }
      const end = (): void => {
        state.done = true
      }
      work.then(end, end)
      for (;;) {
        await new Promise(setImmediate)
        if (state.done) return work
        const next = events.pop()
        if (next === undefined) throw new Error('The work waits for nothing.')
        now = next.at
        next.call()
        for (let same = events.at(-1); same !== undefined && same.at === now; same = events.at(-1)) {
          events.pop()
          same.call()
        }
      }
    },
  }
}
