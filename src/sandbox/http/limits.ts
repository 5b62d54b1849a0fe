import type { Product } from '../world/products.ts'
import type { Answer } from './call.ts'
import type { Clock } from './clock.ts'
import { errorBody, Refusal } from './errors.ts'
import { type Account, type LimitBook, openBook, remove, spent } from './limit-book.ts'

/** A request, as far as limits are concerned. */
export interface Counted {
  readonly account: Account
  readonly method: string
  /** GitHub's template; undefined when it documents none. */
  readonly route: string | undefined
}

/** One request that has come and not been answered yet. */
export interface Turn {
  /** GitHub's refusal, where there was no room for the request. */
  readonly refused: Answer | undefined
  /** `x-ratelimit-*`, the headers of every answer. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether it came after an answer that stated a wait could have arrived. */
  readonly toldToWait: boolean
  /** To be called once it is answered. */
  leave(): void
}

/** The effects of the limits so far. */
export interface LimitsSeen {
  readonly refused: number
  /** Requests that came during a wait, from accounts that knew of it. */
  readonly sent_while_told_to_wait: number
}

export interface Limits {
  arrive(request: Counted): Turn
  seen(): LimitsSeen
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const POINTS_A_MINUTE = 900
const AT_ONCE = 100
const CREATED_A_MINUTE = 80
const CREATED_AN_HOUR = 500
/** How long an answer may be on its way: requests in this time were sent without knowing of the wait. */
const ON_ITS_WAY_MS = 250

/** The routes that notify people; GitHub does not say that secrets or settings count. */
const CREATES = /^\/repos\/\{owner\}\/\{repo\}\/(issues|issues\/\{issue_number\}\/comments|pulls)$/

const SECONDARY =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. ' +
  'If you reach out to GitHub Support for help, please include the request ID.'

/**
 * GitHub's documented limits: requests an hour; points a minute (a read 1, a write 5); requests at once; requests that
 * create content, a minute and an hour. An account that must wait is refused until the end of its wait.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * @param used how many requests of its first hour each account has sent already
 */
export function openLimits(clock: Clock, product: Product, used = 0): Limits {
  const books = new Map<string, LimitBook>()
  const seen = { refused: 0, sent_while_told_to_wait: 0 }

  function arrive({ account, method, route }: Counted): Turn {
    const now = clock.now().getTime()
    const book = books.get(account.name) ?? openBook(account, now, used)
    books.set(account.name, book)
    if (now >= book.resets) Object.assign(book, { used: 0, resets: now + HOUR })
    const toldToWait = now < book.waits.until && performance.now() - book.waits.toldAt > ON_ITS_WAY_MS
    if (toldToWait) seen.sent_while_told_to_wait += 1
    book.inFlight += 1
    const wait = now < book.waits.until ? book.waits : judged(book, { method, route, now })
    if (wait !== undefined) {
      seen.refused += 1
      if (wait !== book.waits) book.waits = wait
    }
    return {
      refused: wait && refusal(wait.kind, wait.until - now, account, product),
      headers: headersOf(book),
      toldToWait,
      leave() {
        book.inFlight -= 1
        // The wait is known from the moment at which the first answer that states it has gone out.
        if (wait !== undefined) wait.toldAt = Math.min(wait.toldAt, performance.now())
      },
    }
  }

  return { arrive, seen: () => ({ ...seen }) }
}

/** Counts the request, or returns the limit that it exceeds and the end of its wait. */
function judged(
  book: LimitBook,
  { method, route, now }: { method: string; route: string | undefined; now: number },
): LimitBook['waits'] | undefined {
  const toldAt = Number.POSITIVE_INFINITY
  if (book.used >= book.account.hourly) return { kind: 'primary', until: book.resets, toldAt }
  const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(method)
  const creates = method === 'POST' && route !== undefined && CREATES.test(route)
  book.points = remove(book.points, now - MINUTE)
  book.created = remove(book.created, now - HOUR)
  const tooMuch =
    book.inFlight > AT_ONCE ||
    spent(book.points) + (isRead ? 1 : 5) > POINTS_A_MINUTE ||
    (creates && remove(book.created, now - MINUTE).length >= CREATED_A_MINUTE)
  if (tooMuch) return { kind: 'secondary', until: now + MINUTE, toldAt }
  const oldest = book.created[0]
  if (creates && oldest !== undefined && book.created.length >= CREATED_AN_HOUR) {
    return { kind: 'secondary', until: oldest.at + HOUR, toldAt }
  }
  book.used += 1
  book.points.push({ at: now, cost: isRead ? 1 : 5 })
  if (creates) book.created.push({ at: now, cost: 1 })
  return undefined
}

function headersOf({ account, used, resets }: LimitBook): Record<string, string> {
  return {
    'x-ratelimit-limit': String(account.hourly),
    'x-ratelimit-remaining': String(account.hourly - used),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(Math.ceil(resets / 1000)),
    'x-ratelimit-resource': 'core',
  }
}

/**
 * The headers of the primary limit give its end; `retry-after` gives that of a secondary one. GitHub uses 403 and 429.
 */
function refusal(kind: 'primary' | 'secondary', ms: number, account: Account, product: Product): Answer {
  const refused =
    kind === 'primary'
      ? new Refusal(403, `API rate limit exceeded for ${account.shown}.`)
      : new Refusal(429, SECONDARY, { headers: { 'retry-after': String(Math.ceil(ms / 1000)) } })
  const body = errorBody(refused, product)
  return { status: refused.status, headers: refused.headers, ...(body ? { body } : {}) }
}
