import type { Account } from './account.ts'
import { openWindow, type SlidingWindow } from './sliding-window.ts'

/** The use of one primary budget in its present window. */
export interface Budget {
  readonly resource: string
  readonly limit: number
  used: number
  /** When the window ends: it begins with its first request. */
  readonly resets: number
}

/** A wait that an answer has stated, or is about to. */
export interface Wait {
  readonly kind: 'primary' | 'secondary'
  readonly until: number
  /** When an answer first stated it, by this machine's clock and by the sandbox's. */
  told?: { readonly here: number; readonly now: number }
}

/** The use of one account. Times are by the sandbox's clock, in milliseconds since 1970. */
export interface LimitBook {
  readonly account: Account
  /** By the name of the resource. */
  readonly budgets: Map<string, Budget>
  /** Points of the REST API and of GraphQL. */
  readonly points: { readonly rest: SlidingWindow; readonly graphql: SlidingWindow }
  /** Requests that created content. */
  readonly created: { readonly minute: SlidingWindow; readonly hour: SlidingWindow }
  inFlight: number
  mostInFlight: number
  /** All points so far. */
  spent: number
  /** All requests that were let through. */
  taken: number
  /** The waits that may still last: `secondary` for the account, or by the name of a resource. */
  readonly waits: Map<string, Wait>
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export function openBook(account: Account): LimitBook {
  return {
    account,
    budgets: new Map(),
    points: { rest: openWindow(MINUTE), graphql: openWindow(MINUTE) },
    created: { minute: openWindow(MINUTE), hour: openWindow(HOUR) },
    inFlight: 0,
    mostInFlight: 0,
    spent: 0,
    taken: 0,
    waits: new Map(),
  }
}

/** The requests and points of the account so far, and the most of them in any one window. */
export function usageOf(book: LimitBook): object {
  const { points, created } = book
  return {
    requests: book.taken,
    points: book.spent,
    most: {
      at_once: book.mostInFlight,
      points_a_minute: points.rest.most(),
      graphql_points_a_minute: points.graphql.most(),
      created_a_minute: created.minute.most(),
      created_an_hour: created.hour.most(),
    },
  }
}
