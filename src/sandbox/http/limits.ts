import type { Product } from '../world/products.ts'
import type { Account } from './account.ts'
import type { Answer } from './call.ts'
import type { Clock } from './clock.ts'
import { type Budget, type LimitBook, openBook, usageOf, type Wait } from './limit-book.ts'
import { budgetShown, headersOf, overviewOf } from './limit-headers.ts'
import type { Weighed } from './limit-points.ts'
import { primaryRefusal, type SecondaryForm, secondaryRefusal } from './limit-refusal.ts'
import { resourceOf, resourcesOf } from './limit-resources.ts'
import { count, exceeded } from './limit-rules.ts'

/** A request, as far as limits are concerned. */
export interface Counted extends Weighed {
  readonly account: Account
  /** How long after an answer a request may arrive that was sent before it, in milliseconds. */
  readonly onItsWay: number
}

/** One request that has come and not been answered yet. */
export interface Turn {
  /** GitHub's refusal, where there was no room for the request. */
  readonly refused: Answer | undefined
  /** Whether it came after an answer that stated a wait could have arrived. */
  readonly toldToWait: boolean
  /** `x-ratelimit-*`, the headers of every answer. */
  headers(): Readonly<Record<string, string>>
  /** The body of `GET /rate_limit`. */
  overview(): object
  /** Has the request exceed a limit, as a script wants it. */
  exceed(limit: ScriptedLimit): Answer
  /** To be called once it is answered. */
  leave(): void
}

/** A limit that a request is to exceed: the rest of the window's budget is gone, or a secondary wait begins. */
export interface ScriptedLimit extends Partial<SecondaryForm> {
  readonly kind: 'primary' | 'secondary'
  /** Milliseconds; a minute when left out. Of a secondary limit alone. */
  readonly wait?: number
}

/** The effects of the limits so far. */
export interface LimitsSeen extends Pick<LimitRules, 'secondary'> {
  readonly rules: 'github'
  readonly refused: number
  /** Requests that came during a wait, from accounts that knew of it. */
  readonly sent_while_told_to_wait: number
}

export interface Limits {
  arrive(request: Counted): Turn
  seen(): LimitsSeen
  /** The use of each account, by its name. */
  accounts(): Readonly<Record<string, object>>
}

/** The details of the limits that a seed may give. */
export interface LimitRules {
  /** How many requests of its first hour each account has sent already. */
  readonly used?: number
  readonly secondary?: SecondaryForm
}

const MINUTE = 60_000

/**
 * GitHub's documented limits: primary budgets, each in a window from its first request; and secondary ones in windows that
 * slide: points a minute, requests at once (of REST and GraphQL together), requests that create content. An account that
 * must wait is refused until the end of its wait. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function openLimits(clock: Clock, product: Product, rules: LimitRules = {}): Limits {
  const books = new Map<string, LimitBook>()
  const { secondary } = rules
  const seen = { refused: 0, sent_while_told_to_wait: 0 }
  const usual: SecondaryForm = secondary ?? { status: 429, retry_after: true }

  function bookOf(account: Account): LimitBook {
    const known = books.get(account.name)
    if (known) return known
    const book = openBook(account)
    books.set(account.name, book)
    const { used } = rules
    if (used === undefined) return book
    const core = budgetOf(book, 'core', clock.now().getTime())
    core.used = Math.min(used, core.limit)
    return book
  }

  /** The present window of a budget; another one where it has ended. */
  function budgetOf(book: LimitBook, name: string, now: number): Budget {
    const known = book.budgets.get(name)
    if (known && now < known.resets) return known
    const resource = resourcesOf(product).find((each) => each.name === name)
    if (!resource) throw new Error(`There is no resource ${name}.`)
    const opened = { resource: name, limit: resource.allowed(book.account), used: 0, resets: now + resource.window }
    book.budgets.set(name, opened)
    return opened
  }

  function arrive(request: Counted): Turn {
    const { account, path, onItsWay } = request
    const now = clock.now().getTime()
    const book = bookOf(account)
    const { name } = resourceOf(product, request)
    const budget = budgetOf(book, name, now)
    book.inFlight += 1
    book.mostInFlight = Math.max(book.mostInFlight, book.inFlight)
    const known = [book.waits.get('secondary'), book.waits.get(name)].find((each) => each && now < each.until)
    const toldToWait = known !== undefined && wasTold(known, now, onItsWay)
    if (toldToWait) seen.sent_while_told_to_wait += 1
    // Asking for the limits does not count against the primary ones (https://docs.github.com/rest/rate-limit/rate-limit).
    const isFree = path === '/rate_limit'
    let wait = known?.kind === 'primary' && isFree ? undefined : known
    wait ??= exceeded(book, isFree ? undefined : budget, request, now)
    if (wait === undefined) count(book, isFree ? undefined : budget, request, now)
    let shown = { ...budget }

    function refuse(refusal: Wait, form: SecondaryForm): Answer {
      wait = refusal
      seen.refused += 1
      book.waits.set(refusal.kind === 'primary' ? name : 'secondary', refusal)
      return refusal.kind === 'primary'
        ? primaryRefusal(name, account, product)
        : secondaryRefusal(form, refusal.until - now, product)
    }

    return {
      refused: wait && refuse(wait, usual),
      toldToWait,
      headers: () => headersOf(shown, product),
      overview: () => overviewOf((resource) => budgetOf(book, resource, now), product),
      exceed({ kind, wait: ms = MINUTE, ...form }) {
        if (kind === 'primary') budget.used = budget.limit
        shown = { ...budget }
        return refuse({ kind, until: kind === 'primary' ? budget.resets : now + ms }, { ...usual, ...form })
      },
      leave() {
        book.inFlight -= 1
        // The wait is known from the moment at which the first answer that states it has gone out.
        if (wait !== undefined) wait.told ??= { here: performance.now(), now: clock.now().getTime() }
      },
    }
  }

  function accounts(): Readonly<Record<string, object>> {
    const used = [...books].map(([name, book]) => {
      const resources = Object.fromEntries(
        [...book.budgets].map(([key, budget]) => [key, budgetShown(budget, product)]),
      )
      return [name, { resources, ...usageOf(book) }] as const
    })
    return Object.fromEntries(used)
  }

  return { arrive, seen: () => ({ rules: 'github', ...(secondary && { secondary }), ...seen }), accounts }
}

/** Whether the sender must have known of the wait, by either clock: a test's may jump. */
function wasTold({ told }: Wait, now: number, onItsWay: number): boolean {
  return told !== undefined && (performance.now() - told.here > onItsWay || now - told.now > onItsWay)
}
