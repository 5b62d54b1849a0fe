import type { Budget, LimitBook, Wait } from './limit-book.ts'
import { createsContent, pointsOf, type Weighed } from './limit-points.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const POINTS_A_MINUTE = 900
const GRAPHQL_POINTS_A_MINUTE = 2000
const AT_ONCE = 100
const CREATED_A_MINUTE = 80
const CREATED_AN_HOUR = 500

/** The limit that the request exceeds and the end of its wait; undefined where there is room for it. */
export function exceeded(book: LimitBook, budget: Budget | undefined, request: Weighed, now: number): Wait | undefined {
  const { points, created } = book
  if (budget && budget.used >= budget.limit) return { kind: 'primary', until: budget.resets }
  const cost = pointsOf(request)
  const creates = createsContent(request)
  const isGraphql = request.path === '/graphql'
  const tooMuch =
    book.inFlight > AT_ONCE ||
    (isGraphql && points.graphql.sum(now) + cost > GRAPHQL_POINTS_A_MINUTE) ||
    (!isGraphql && points.rest.sum(now) + cost > POINTS_A_MINUTE) ||
    (creates && created.minute.sum(now) >= CREATED_A_MINUTE)
  if (tooMuch) return { kind: 'secondary', until: now + MINUTE }
  const oldest = created.hour.oldest(now)
  if (!creates || oldest === undefined || created.hour.sum(now) < CREATED_AN_HOUR) return undefined
  return { kind: 'secondary', until: oldest + HOUR }
}

/** Counts a request that there was room for. */
export function count(book: LimitBook, budget: Budget | undefined, request: Weighed, now: number): void {
  if (budget) budget.used += 1
  const cost = pointsOf(request)
  const { points, created } = book
  book.taken += 1
  book.spent += cost
  if (request.path === '/graphql') points.graphql.add(now, cost)
  else points.rest.add(now, cost)
  if (!createsContent(request)) return
  created.minute.add(now, 1)
  created.hour.add(now, 1)
}
