/** Requests that wait for their turn, in the order of their numbers. Each step takes the same time, however many wait. */
export interface WaitingLine<T> {
  first(): T | undefined
  size(): number
  take(): T | undefined
  /** @param waiting with a number greater than all before */
  add(waiting: T): void
  /** In its former place, ahead of all that were never taken. */
  putBack(waiting: T): void
  /** Takes all. */
  clear(): readonly T[]
}

export function waitingLine<T extends { readonly number: number }>(): WaitingLine<T> {
  /** Few: they were on their way when a limit was met. */
  let back: T[] = []
  let waiting: (T | undefined)[] = []
  let next = 0
  return {
    first: () => back[0] ?? waiting[next],
    size: () => back.length + waiting.length - next,
    take() {
      if (back.length > 0) return back.shift()
      const taken = waiting[next]
      if (taken === undefined) return undefined
      waiting[next] = undefined
      next += 1
      if (next > 1000 && next > waiting.length / 2) {
        waiting = waiting.slice(next)
        next = 0
      }
      return taken
    },
    add(one) {
      waiting.push(one)
    },
    putBack(one) {
      const place = back.findIndex(({ number }) => number > one.number)
      back.splice(place < 0 ? back.length : place, 0, one)
    },
    clear() {
      const all = [...back, ...waiting.slice(next).filter((each) => each !== undefined)]
      back = []
      waiting = []
      next = 0
      return all
    },
  }
}
