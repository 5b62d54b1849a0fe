import type { Reply } from '../outgoing.ts'
import { openClosing } from './closing.ts'
import { type Cost, costOf } from './cost.ts'
import { openCreations } from './creations.ts'
import { type Hour, openHour } from './hour.ts'
import { countsRequests, limitAnswer, openTheirTime } from './limit-answer.ts'
import { type SpendWindow, spendWindow } from './spend-window.ts'
import { openWidth } from './width.ts'

/** The limits that the requests of one host and credential share: GitHub counts them together. */
export interface Account {
  /** Nothing is sent before, because a request was refused; milliseconds since 1970. */
  readonly closedUntil: number
  /** Requests of one name wait for the same limits, and do not hold those of another name up. */
  lineOf(asked: Asked): string
  /**
   * @param rivals of the other lines: what a scarcer limit would let go is not kept waiting by what has only the common ones,
   * or its room is lost
   */
  verdict(asked: Asked, now: number, rivals?: readonly Rival[]): Verdict
  /** Records that a request is being sent: one of the other three records its end. */
  begin(asked: Asked, now: number): Begun
  /** @returns whether a limit refused it */
  answered(begun: Begun, reply: Reply, now: number): boolean
  /** No whole answer came. */
  lost(begun: Begun, now: number): void
  /** It was not sent after all. */
  cancel(begun: Begun): void
}

export interface Asked {
  readonly method: string
  readonly route: string
}

/** The requests that wait in one line. */
export interface Rival {
  readonly first: Asked
  readonly waiting: number
}

/** Why a request is not sent yet. */
export interface Wait {
  /** Milliseconds since 1970. */
  readonly until: number
  /**
   * `refusal`: the server asked for the wait; `hour`: it said that no request is left; `points` and `content`: its
   * published rules allow no more in this time.
   */
  readonly why: 'refusal' | 'hour' | 'points' | 'content'
  /** How many requests an hour has, of the reason `hour`. */
  readonly allowed?: number | undefined
}

export type Verdict = 'go' | 'after an answer' | Wait

/** A request on its way, as `begin` and the marks of its limits noted it. */
export interface Begun {
  readonly route: string
  readonly cost: Cost
  readonly share: Share
  readonly sentAt: number
  readonly news: number
  readonly mark: number
}

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
const POINTS_A_MINUTE = { rest: 900, graphql: 2000 }
const MINUTE_MS = 60_000
const CORE = 'core'
const NOTHING = { points: 0, requests: 0 }

interface Share {
  readonly hour: Hour
  onTheirWay: number
}

export function openAccount(): Account {
  const closing = openClosing()
  const width = openWidth()
  const rest = spendWindow(POINTS_A_MINUTE.rest, MINUTE_MS)
  const graphql = spendWindow(POINTS_A_MINUTE.graphql, MINUTE_MS)
  const creations = openCreations()
  const shares = new Map<string, Share>()
  /** The hours that routes count against beside `core`, as answers said. */
  const resources = new Map<string, string>()
  const theirTime = openTheirTime()
  let onTheirWay = 0
  /** Whether the server counts requests; its first answer tells. */
  let counts = false

  function resourceOf({ method, route }: Asked): string {
    return resources.get(route) ?? (costOf(method, route).isGraphql ? 'graphql' : CORE)
  }

  function shareOf(resource: string): Share {
    const known = shares.get(resource)
    if (known !== undefined) return known
    const share = { hour: openHour(), onTheirWay: 0 }
    shares.set(resource, share)
    return share
  }

  function learn(route: string, { headers }: Reply, theirs: number, now: number): void {
    const resource = headers['x-ratelimit-resource']
    if (resource !== undefined && (resource !== CORE || resources.has(route))) resources.set(route, resource)
    shareOf(resource ?? resources.get(route) ?? CORE).hour.learn(headers, theirs, now)
  }

  function pointsOf(cost: Cost): SpendWindow {
    return cost.isGraphql ? graphql : rest
  }

  function end({ route, cost, share, sentAt, mark }: Begun, now: number, failed: boolean): void {
    width.answered({ route, mark, ms: now - sentAt, failed, atOnce: onTheirWay })
    onTheirWay -= 1
    share.onTheirWay -= 1
    pointsOf(cost).end(cost.points, now)
    if (cost.creates) creations.end(now)
  }

  /** The fewer a line's own limits let go, the lower. */
  function rankOf(asked: Asked): number {
    if (costOf(asked.method, asked.route).creates) return 0
    return resourceOf(asked) === CORE ? 2 : 1
  }

  /** Of the common limits, what those that scarcer ones let go are to have before this one. */
  function keptFrom(asked: Asked, rivals: readonly Rival[], now: number): { points: number; requests: number } {
    const kept = { points: 0, requests: 0 }
    for (const { first, waiting } of rivals) {
      const { points, creates, isGraphql } = costOf(first.method, first.route)
      if (isGraphql !== costOf(asked.method, asked.route).isGraphql || rankOf(first) >= rankOf(asked)) continue
      const { hour, onTheirWay: ofHour } = shareOf(resourceOf(first))
      const go = (until: number): number => (creates ? creations.room(now, until) : Number.POSITIVE_INFINITY)
      kept.points += points * Math.min(waiting, hour.room(ofHour, now), go(now))
      if (resourceOf(first) === resourceOf(asked)) kept.requests += Math.min(waiting, go(hour.ends(now)))
    }
    return kept
  }

  return {
    get closedUntil() {
      return closing.until
    },
    lineOf: (asked) => (costOf(asked.method, asked.route).creates ? 'content' : resourceOf(asked)),
    verdict(asked, now, rivals = []) {
      if (closing.until > now) return { until: closing.until, why: 'refusal' }
      if (closing.isGuess && onTheirWay > 0) return 'after an answer'
      const { hour, onTheirWay: ofHour } = shareOf(resourceOf(asked))
      const kept = rivals.length > 0 && counts ? keptFrom(asked, rivals, now) : NOTHING
      const next = hour.free(ofHour + kept.requests, now)
      if (next === undefined) return 'after an answer'
      if (next > now) return { until: next, why: 'hour', allowed: hour.allowed }
      if (!counts) return onTheirWay < width.now ? 'go' : 'after an answer'
      const cost = costOf(asked.method, asked.route)
      const pointsAt = pointsOf(cost).free(cost.points + kept.points, now)
      const createdAt = cost.creates ? creations.free(now) : 0
      if (pointsAt === undefined || createdAt === undefined) return 'after an answer'
      if (pointsAt <= now && createdAt <= now) return 'go'
      return pointsAt > createdAt ? { until: pointsAt, why: 'points' } : { until: createdAt, why: 'content' }
    },
    begin(asked, sentAt) {
      const { method, route } = asked
      const cost = costOf(method, route)
      const share = shareOf(resourceOf(asked))
      onTheirWay += 1
      share.onTheirWay += 1
      pointsOf(cost).begin(cost.points)
      if (cost.creates) creations.begin()
      return { route, cost, share, sentAt, news: closing.mark(), mark: width.mark() }
    },
    answered(begun, reply, now) {
      const theirs = theirTime(reply.headers, now)
      counts ||= countsRequests(reply.headers)
      const refusal = limitAnswer(reply, theirs, begun.cost.isGraphql ? 'graphql' : 'rest')
      end(begun, now, refusal !== undefined || reply.status >= 500)
      // A refusal names its own time.
      if (refusal === undefined) learn(begun.route, reply, theirs, now)
      closing.answered(begun.news, refusal, now)
      return refusal !== undefined
    },
    lost(begun, now) {
      end(begun, now, true)
      begun.share.hour.lose()
    },
    cancel({ cost, share }) {
      onTheirWay -= 1
      share.onTheirWay -= 1
      pointsOf(cost).cancel(cost.points)
      if (cost.creates) creations.cancel()
    },
  }
}
