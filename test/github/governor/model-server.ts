import type { Reply } from '../../../src/github/outgoing.ts'
import type { Simulation } from './simulation.ts'

/**
 * GitHub's limits on one account, written from its documentation: every span of a minute and of an hour counts, and the
 * requests of an hour from the first request on; GraphQL has points and an hour of its own.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export interface ModelServer {
  /** @returns its answer, once it has come back */
  ask(request: { readonly method: string; readonly route: string }): Promise<Reply>
  /** Uses the same account from elsewhere. */
  use(points: number, requests?: number): void
  readonly seen: {
    taken: number
    refused: number
    /** Sent after a refusal had come back, and before the time that it named. */
    sentWhileToldToWait: number
    mostAtOnce: number
  }
  /** What was taken, and when. */
  readonly log: readonly { readonly at: number; readonly route: string }[]
}

export interface ModelRules {
  readonly hourly: number
  /** The ways there and back of the next request, in milliseconds. */
  readonly ways: () => readonly [number, number]
  /** How far the server's clock is ahead, in milliseconds. */
  readonly aheadMs?: number
  /** How a refusal for a secondary limit names its time. */
  readonly names?: 'retry-after' | 'date' | 'nothing'
}

interface Spent {
  readonly at: number
  readonly cost: number
}

const MINUTE = 60_000
const HOUR = 3_600_000
const GRAPHQL = 'POST /graphql'
const CONTENT = new Set([
  'POST /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/check-runs',
  'POST /repos/{owner}/{repo}/git/commits',
])

export function modelServer(clock: Simulation, { hourly, ways, aheadMs = 0, names }: ModelRules): ModelServer {
  const seen = { taken: 0, refused: 0, sentWhileToldToWait: 0, mostAtOnce: 0 }
  const log: { at: number; route: string }[] = []
  let points: Spent[] = []
  let graphql: Spent[] = []
  let created: Spent[] = []
  let atOnce = 0
  const hours = { core: { used: 0, ends: 0 }, graphql: { used: 0, ends: 0 } }
  let waits = { until: 0, toldAt: Number.POSITIVE_INFINITY }
  /** For the next hour. */
  let waitsLong = waits
  const isTold = ({ until, toldAt }: typeof waits): boolean => clock.now() > toldAt && clock.now() < until

  const since = (spent: readonly Spent[], span: number): number => {
    const now = clock.now()
    let sum = 0
    for (let index = spent.length - 1; index >= 0; index -= 1) {
      const one = spent[index] as Spent
      if (one.at <= now - span) break
      sum += one.cost
    }
    return sum
  }

  /** The limit that a request breaks. */
  function broken(method: string, route: string): 'hour' | 'secondary' | undefined {
    const now = clock.now()
    if (now < waits.until) return 'secondary'
    const hour = hours[resourceOf(route)]
    if (now >= hour.ends) Object.assign(hour, { used: 0, ends: now + HOUR })
    if (hour.used >= hourly) return 'hour'
    const cost = method === 'GET' ? 1 : 5
    const creates = CONTENT.has(route)
    const [spent, most] = route === GRAPHQL ? [graphql, 2000] : [points, 900]
    if (atOnce > 100 || since(spent, MINUTE) + cost > most) return 'secondary'
    if (creates && (since(created, MINUTE) >= 80 || since(created, HOUR) >= 500)) return 'secondary'
    hour.used += 1
    log.push({ at: now, route })
    spent.push({ at: now, cost })
    if (creates) created.push({ at: now, cost: 1 })
    if (points.length > 5000) points = points.slice(-1000)
    if (graphql.length > 5000) graphql = graphql.slice(-1000)
    if (created.length > 5000) created = created.slice(-1000)
    return undefined
  }

  function answer(method: string, route: string): Reply {
    const why = broken(method, route)
    const theirs = clock.now() + aheadMs
    const hour = hours[resourceOf(route)]
    const headers: Record<string, string> = {
      date: new Date(theirs).toUTCString(),
      'x-ratelimit-limit': `${hourly}`,
      'x-ratelimit-remaining': `${hourly - hour.used}`,
      'x-ratelimit-used': `${hour.used}`,
      'x-ratelimit-reset': `${Math.ceil((hour.ends + aheadMs) / 1000)}`,
      'x-ratelimit-resource': resourceOf(route),
    }
    if (why === undefined) {
      seen.taken += 1
      return { status: 200, headers, text: '{}', ms: 0 }
    }
    seen.refused += 1
    if (why === 'hour' && waitsLong.until !== hour.ends)
      waitsLong = { until: hour.ends, toldAt: Number.POSITIVE_INFINITY }
    if (why === 'hour') return { status: 403, headers, text: '{"message":"API rate limit exceeded"}', ms: 0 }
    if (waits.until <= clock.now()) waits = { until: clock.now() + MINUTE, toldAt: Number.POSITIVE_INFINITY }
    const seconds = Math.ceil((waits.until - clock.now()) / 1000)
    if (names !== 'nothing')
      headers['retry-after'] = names === 'date' ? new Date(theirs + 1000 * seconds).toUTCString() : `${seconds}`
    return { status: 429, headers, text: '{"message":"You have exceeded a secondary rate limit."}', ms: 0 }
  }

  return {
    seen,
    log,
    use(cost, requests = 0) {
      points.push({ at: clock.now(), cost })
      hours.core.used = Math.min(hours.core.used + requests, hourly)
    },
    ask: ({ method, route }) =>
      new Promise((resolve) => {
        const [there, back] = ways()
        if (isTold(waits) || isTold(waitsLong)) seen.sentWhileToldToWait += 1
        clock.after(there, () => {
          atOnce += 1
          seen.mostAtOnce = Math.max(seen.mostAtOnce, atOnce)
          const reply = answer(method, route)
          clock.after(back, () => {
            atOnce -= 1
            const told = reply.status === 429 ? waits : reply.status === 403 ? waitsLong : undefined
            if (told !== undefined) told.toldAt = Math.min(told.toldAt, clock.now())
            resolve(reply)
          })
        })
      }),
  }
}

function resourceOf(route: string): 'core' | 'graphql' {
  return route === GRAPHQL ? 'graphql' : 'core'
}
