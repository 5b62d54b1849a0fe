/**
 * How many requests a server without limits takes at once: more while its answers keep their time, fewer once they take
 * longer or fail. It doubles with each round of answers until the first sign of trouble, and grows by one a round then.
 */
export interface Width {
  /** At least 1. */
  readonly now: number
  /** @returns what `answered` wants of a request that is sent now */
  mark(): number
  answered(answer: Timed): void
}

interface Timed {
  readonly route: string
  readonly mark: number
  /** From sending the request to the end of its answer, in milliseconds. */
  readonly ms: number
  readonly failed: boolean
  /** How many were on their way as it came, itself among them. */
  readonly atOnce: number
}

const FIRST = 20
const MOST = 99
/** An answer is late once it takes twice its least time, and so much more at least. */
const LATE_MS = 250
/** A server that is busy with our requests is quicker by a quarter once it has fewer by a quarter. */
const NARROWER = 0.75
const AS_SLOW = 0.9
/** So many narrowings without an effect show that it is slow for another reason. */
const IN_VAIN = 2

export function openWidth(): Width {
  /** The least time of a route's answers, in milliseconds: a list takes longer than a setting. */
  const least = new Map<string, number>()
  let width = FIRST
  let doubles = true
  let marks = 0
  /** Requests from before the last narrowing tell nothing about it. */
  let since = 0
  let round = { answers: 0, late: 0, times: 0 }
  /** How slow the round was that was narrowed for last: the mean of its times, each by the least one of its route. */
  let slowness = Number.POSITIVE_INFINITY
  let inVain = 0

  function begin(): void {
    round = { answers: 0, late: 0, times: 0 }
  }

  function forget(): void {
    slowness = Number.POSITIVE_INFINITY
    inVain = 0
    begin()
  }

  function narrow(share: number): void {
    width = Math.max(1, Math.floor(width * share))
    doubles = false
    since = marks
    begin()
  }

  /** More is tried only where it would be used. */
  function widen(atOnce: number): void {
    if (atOnce >= width) width = Math.min(width + 1, MOST)
  }

  function endRound(atOnce: number): void {
    const { answers, late, times } = round
    if (late <= answers / 2) {
      forget()
      widen(atOnce)
      return
    }
    inVain = times / answers > AS_SLOW * slowness ? inVain + 1 : 0
    if (inVain === IN_VAIN) {
      // With fewer requests of ours it is as slow as it was: that is its time by now.
      least.clear()
      forget()
      return
    }
    slowness = times / answers
    narrow(NARROWER)
  }

  return {
    get now() {
      return width
    },
    mark: () => marks++,
    answered({ route, mark, ms, failed, atOnce }) {
      if (mark < since) return
      if (failed) {
        narrow(0.5)
        return
      }
      const known = Math.max(least.get(route) ?? ms, 1)
      if (ms <= known) least.set(route, ms)
      const isLate = ms > Math.max(2 * known, known + LATE_MS)
      round.answers += 1
      round.times += ms / known
      if (isLate) round.late += 1
      else if (doubles) widen(atOnce)
      if (round.answers >= width) endRound(atOnce)
    },
  }
}
