/**
 * The points that GitHub allows in a minute, and the cost of a request.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit
 */
const POINTS = 900
const READ_POINTS = 1
const WRITE_POINTS = 5
/** GitHub does not say when its minutes begin, so the limit holds for every span of this length. */
const MINUTE_MS = 60_000

/** The points that were used in the last minute. */
export interface PointWindow {
  /** How long to wait until there is room; 0 where there is, undefined where requests on their way must end first. */
  wait(method: string, now: number): number | undefined
  begin(method: string): void
  /** GitHub counted it at some time before its answer came. */
  end(method: string, now: number): void
}

export function pointWindow(): PointWindow {
  let ended: { readonly at: number; readonly points: number }[] = []
  let used = 0
  let onTheirWay = 0
  const forget = (now: number): void => {
    const gone = ended.findIndex(({ at }) => at + MINUTE_MS > now)
    const past = gone < 0 ? ended : ended.slice(0, gone)
    if (past.length > 0) ended = ended.slice(past.length)
    for (const { points } of past) used -= points
  }
  return {
    wait(method, now) {
      forget(now)
      let excess = used + onTheirWay + pointsOf(method) - POINTS
      if (excess <= 0) return 0
      for (const { at, points } of ended) {
        excess -= points
        if (excess <= 0) return at + MINUTE_MS - now
      }
      return undefined
    },
    begin(method) {
      onTheirWay += pointsOf(method)
    },
    end(method, now) {
      const points = pointsOf(method)
      onTheirWay -= points
      used += points
      ended.push({ at: now, points })
      forget(now)
    },
  }
}

function pointsOf(method: string): number {
  return method === 'GET' ? READ_POINTS : WRITE_POINTS
}
