import pLimit from 'p-limit'
import { type Clock, systemClock } from './clock.ts'
import { type Lane, openLane } from './lane.ts'
import { countsRequests, limitAnswer } from './limit-answer.ts'
import type { NoReply, Reply } from './outgoing.ts'
import type { Turn } from './turn.ts'
import { gaveUp, paceText, stopped, waitText } from './wait-messages.ts'

/**
 * The one seam that every request of a run passes, each attempt and each page by itself.
 * - So many are in flight at once.
 * - After an answer that is a limit, nothing of that host and credential is sent until its time. The request that was
 *   refused was not carried out, and is sent again.
 * - Where the server counts requests (its headers say so), no more than 900 points a minute are spent.
 */
export interface Pace {
  /**
   * Runs the task when its turn comes, and again after each refusal for a limit.
   * @throws GitHubError with `limited` where it was not sent, because the run may wait no longer or was asked to stop
   */
  send(turn: Turn, task: () => Promise<Reply | NoReply>): Promise<Reply | NoReply>
  /** @param atOnce at least 1 */
  allow(bounds: { readonly atOnce: number; readonly maxWaitMs: number }): void
  /** How long servers asked to wait so far, in milliseconds; simultaneous waits count once. */
  waitedMs(): number
  /** Whether something was given up because the run may wait no longer. */
  hasGivenUp(): boolean
  /** Ends all waiting: waiting requests are dropped, and later ones do not wait. */
  stop(): void
  readonly clock: Clock
}

export interface PaceOptions {
  readonly clock?: Clock | undefined
  /** Gets a line for each wait of more than a second. */
  readonly tell?: ((line: string) => void) | undefined
}

/**
 * GitHub allows 100 requests at once; one of them is kept for requests that get an App's token.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export const MOST_AT_ONCE = 99
const AT_ONCE = 10
const ANNOUNCED_MS = 1000
const MINUTE_MS = 60_000
/** Servers give times in whole seconds: an hour's limit may take a moment more than the hour that a run may wait. */
const LENIENCE_MS = 5000

interface Waiting {
  readonly turn: Turn
  readonly task: () => Promise<Reply | NoReply>
  readonly resolve: (outcome: Reply | NoReply) => void
  readonly reject: (error: unknown) => void
  /** The order in which requests were made. */
  readonly number: number
  /** Since when it has not been asked whether it is still to be sent. */
  asked: number
  /** The answer that refused it, where it was sent before. */
  refused?: Reply
}

interface Queue {
  readonly lane: Lane
  waiting: Waiting[]
  /** Wakes the queue; aborted where it is not needed any more. */
  timer: { readonly at: number; readonly abort: AbortController } | undefined
  /** The end of the wait that was reported last. */
  told: number
}

/** One for a whole run, so that all its clients keep to the same limits. */
export function openPace({ clock = systemClock, tell = () => undefined }: PaceOptions = {}): Pace {
  const queues = new Map<string, Queue>()
  const places = pLimit(AT_ONCE)
  let maxWaitMs = Number.POSITIVE_INFINITY
  let asked = 0
  let waitedMs = 0
  /** Until when waits are in `waitedMs`. */
  let counted = 0
  let givenUp = false
  let isStopped = false

  /** Requests that get a token have a queue of their own: requests that wait for that token must not block them. */
  function queueOf({ kind, account }: Turn): Queue {
    const key = `${kind} ${account}`
    const known = queues.get(key) ?? { lane: openLane(), waiting: [], timer: undefined, told: 0 }
    queues.set(key, known)
    return known
  }

  /** Sends all requests that may be sent now, oldest first, and schedules the next look at the rest. */
  function pump(): void {
    for (;;) {
      const now = clock.now()
      let next: { readonly queue: Queue; readonly first: Waiting } | undefined
      for (const queue of queues.values()) {
        const first = firstReady(queue, now)
        if (first !== undefined && (next === undefined || first.number < next.first.number)) next = { queue, first }
      }
      if (next === undefined) return
      next.queue.waiting.shift()
      start(next.queue, next.first)
    }
  }

  function firstReady(queue: Queue, now: number): Waiting | undefined {
    const first = queue.waiting[0]
    if (first === undefined) {
      wake(queue, undefined)
      return undefined
    }
    const { closedUntil } = queue.lane
    if (closedUntil > now) {
      hold(queue, closedUntil, now)
      return undefined
    }
    const paced = isStopped ? 0 : queue.lane.pace(first.turn.method, now)
    if (paced === undefined) return undefined
    if (paced > 0) {
      if (paced > ANNOUNCED_MS && queue.told < now) tell(paceText(now + paced))
      if (paced > ANNOUNCED_MS) queue.told = Math.max(queue.told, now + paced)
      wake(queue, now + paced)
      return undefined
    }
    return first.turn.kind === 'token' || places.activeCount + places.pendingCount < places.concurrency
      ? first
      : undefined
  }

  /** Has a queue wait for a limit, or gives up on all that is in it. */
  function hold(queue: Queue, until: number, now: number): void {
    const more = Math.max(until - Math.max(now, counted), 0)
    const isTooLong = waitedMs + more > maxWaitMs + (maxWaitMs < MINUTE_MS ? 0 : LENIENCE_MS)
    if (!isTooLong && !isStopped) {
      waitedMs += more
      counted = Math.max(counted, until)
      const { from } = (queue.waiting[0] as Waiting).turn
      if (until - now > ANNOUNCED_MS && queue.told < until) tell(waitText({ from, until, forMs: until - now }))
      queue.told = Math.max(queue.told, until)
      wake(queue, until)
      return
    }
    if (!isStopped) givenUp = true
    const given = queue.waiting
    queue.waiting = []
    wake(queue, undefined)
    for (const { turn, refused, resolve, reject } of given) {
      if (refused !== undefined && !isStopped) resolve(refused)
      else reject(isStopped ? stopped(turn) : gaveUp(turn, { until, maxWaitMs }))
    }
  }

  function wake(queue: Queue, at: number | undefined): void {
    if (queue.timer?.at === at) return
    queue.timer?.abort.abort()
    queue.timer = undefined
    if (at === undefined) return
    const timer = { at, abort: new AbortController() }
    queue.timer = timer
    void clock.sleep(at - clock.now(), timer.abort.signal).then(() => {
      if (queue.timer !== timer) return
      queue.timer = undefined
      pump()
    })
  }

  function start(queue: Queue, waiting: Waiting): void {
    const { turn } = waiting
    if (turn.afterWait !== undefined && queue.lane.closedUntil > waiting.asked)
      void confirm(queue, waiting, turn.afterWait)
    else void run(queue, waiting)
  }

  /** Holds no place while it runs, because its own requests need places. */
  async function confirm(queue: Queue, waiting: Waiting, afterWait: () => Promise<void>): Promise<void> {
    try {
      await afterWait()
    } catch (error) {
      waiting.reject(error)
      pump()
      return
    }
    waiting.asked = clock.now()
    again(queue, waiting)
  }

  /** In its former place. */
  function again(queue: Queue, waiting: Waiting): void {
    const place = queue.waiting.findIndex(({ number }) => number > waiting.number)
    queue.waiting.splice(place < 0 ? queue.waiting.length : place, 0, waiting)
    pump()
  }

  async function run(queue: Queue, waiting: Waiting): Promise<void> {
    const { turn, task, resolve, reject } = waiting
    const end = queue.lane.begin(turn.method)
    try {
      const outcome = await (turn.kind === 'token' ? task() : places(task))
      const now = clock.now()
      const isReply = 'status' in outcome
      const told = isReply ? limitAnswer(outcome, now) : undefined
      end(told, isReply && countsRequests(outcome.headers), now)
      if (isReply && told?.kind === 'refused') {
        waiting.refused = outcome
        again(queue, waiting)
      } else resolve(outcome)
    } catch (error) {
      end(undefined, false, clock.now())
      reject(error)
    }
    // The place that a task had is free only a moment after it has ended.
    setImmediate(pump)
  }

  return {
    clock,
    send: (turn, task) =>
      new Promise((resolve, reject) => {
        asked += 1
        queueOf(turn).waiting.push({ turn, task, resolve, reject, number: asked, asked: clock.now() })
        pump()
      }),
    allow(bounds) {
      places.concurrency = Math.min(bounds.atOnce, MOST_AT_ONCE)
      maxWaitMs = bounds.maxWaitMs
      pump()
    },
    waitedMs: () => waitedMs,
    hasGivenUp: () => givenUp,
    stop() {
      isStopped = true
      pump()
    },
  }
}
