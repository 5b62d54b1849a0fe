import { type Clock, systemClock } from './clock.ts'
import type { Verdict, Wait } from './governor/account.ts'
import { type Line, openLines, type Payer, rivalsOf, type Waiting } from './governor/lines.ts'
import { openPatience } from './governor/patience.ts'
import type { Task } from './governor/task.ts'
import type { Turn } from './governor/turn.ts'
import { gaveUp, stopped, waitText } from './governor/wait-messages.ts'
import type { NoReply, Reply } from './outgoing.ts'

/**
 * The one seam that every request of a run passes, each attempt and each page by itself.
 * - So many are in flight at once.
 * - After an answer that is a limit, nothing of that host and credential is sent until its time. The request that was
 *   refused was not carried out, and is sent again.
 * - Where the server counts requests (its headers say so), no more are sent than it says are left of the hour, and than
 *   GitHub's published rules allow in a minute; elsewhere so many at once as its answers keep their time.
 */
export interface Pace {
  /**
   * Runs the task when its turn comes, and again after each refusal for a limit.
   * @throws GitHubError with `limited` where it was not sent, because the run may wait no longer or was asked to stop
   */
  send(turn: Turn, task: Task): Promise<Reply | NoReply>
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
/** Shorter waits for room in a minute cost more than they use. */
const LEAST_PACED_MS = 50

/** One for a whole run, so that all its clients keep to the same limits. */
export function openPace({ clock = systemClock, tell = () => undefined }: PaceOptions = {}): Pace {
  const lines = openLines()
  /** The lines whose first request may have its turn now. */
  const awake = { token: new Set<Line>(), plain: new Set<Line>() }
  const patience = openPatience()
  let atOnce = AT_ONCE
  let inFlight = 0
  let made = 0
  let isStopped = false

  /** Sends all requests that may be sent now, and schedules the next look at the rest. */
  function pump(): void {
    for (const line of awake.token) serve(line)
    for (const line of awake.plain) {
      if (inFlight >= atOnce) return
      serve(line)
    }
  }

  /** The oldest of each line is sent in turn: the requests of one account do not hold those of the others up. */
  function serve(line: Line): void {
    const first = line.waiting.first()
    if (first === undefined) {
      sleep(line)
      return
    }
    const now = clock.now()
    const verdict = verdictOn(line, first, now)
    if (verdict === 'go') {
      line.waiting.take()
      rest(line)
      wakeLine(line)
      start(line, first)
    } else if (verdict === 'after an answer') rest(line)
    else if (verdict.why === 'refusal' || verdict.why === 'hour') hold(line, first, verdict, now)
    else keepPace(line, first, verdict, now)
  }

  function verdictOn(line: Line, { turn }: Waiting, now: number): Verdict {
    const verdict = line.payer.account.verdict(turn, now, rivalsOf(line))
    const isPaced = typeof verdict === 'object' && (verdict.why === 'points' || verdict.why === 'content')
    return isStopped && isPaced ? 'go' : verdict
  }

  function keepPace(line: Line, first: Waiting, wait: Wait, now: number): void {
    const last = line.payer.told.get(wait.why) ?? 0
    if (last < now) announce(line, first, wait, now)
    sleep(line, Math.max(wait.until, now + LEAST_PACED_MS))
  }

  /** Has a line wait as the server asks, or gives up on all that is in it. */
  function hold(line: Line, first: Waiting, wait: Wait, now: number): void {
    const { until } = wait
    if (!isStopped && patience.take(until, now)) {
      if ((line.payer.told.get(wait.why) ?? 0) < until) announce(line, first, wait, now)
      sleep(line, until)
      return
    }
    sleep(line)
    for (const { turn, refused, resolve, reject } of line.waiting.clear()) {
      if (refused !== undefined && !isStopped) resolve(refused)
      else reject(isStopped ? stopped(turn) : gaveUp(turn, { until, maxWaitMs: patience.maxMs() }))
    }
    wake(line.payer)
  }

  function announce({ payer }: Line, { turn }: Waiting, wait: Wait, now: number): void {
    if (wait.until - now <= ANNOUNCED_MS) return
    payer.told.set(wait.why, wait.until)
    tell(waitText(wait, turn, now))
  }

  /** Until then, or until it is woken; for good where no time is given. */
  function sleep(line: Line, at?: number): void {
    rest(line)
    if (line.timer?.at === at) return
    line.timer?.abort.abort()
    line.timer = undefined
    if (at === undefined) return
    const timer = { at, abort: new AbortController() }
    line.timer = timer
    void clock.sleep(at - clock.now(), timer.abort.signal).then(() => {
      if (line.timer !== timer) return
      line.timer = undefined
      wakeLine(line)
      pump()
    })
  }

  function rest(line: Line): void {
    awake[line.kind].delete(line)
  }

  function wakeLine(line: Line): void {
    awake[line.kind].add(line)
  }

  function wake(payer: Payer): void {
    for (const line of payer.lines.values()) if (line.waiting.first() !== undefined) wakeLine(line)
  }

  function start(line: Line, waiting: Waiting): void {
    const { turn } = waiting
    if (turn.afterWait !== undefined && line.payer.account.closedUntil > waiting.asked)
      void confirm(line, waiting, turn.afterWait)
    else void run(line, waiting)
  }

  /** Holds no place while it runs, because its own requests need places. */
  async function confirm(line: Line, waiting: Waiting, afterWait: () => Promise<void>): Promise<void> {
    try {
      await afterWait()
      waiting.asked = clock.now()
      line.waiting.putBack(waiting)
      wakeLine(line)
    } catch (error) {
      waiting.reject(error)
    }
    wake(line.payer)
    pump()
  }

  async function run(line: Line, waiting: Waiting): Promise<void> {
    const { turn, task, resolve, reject } = waiting
    const { account } = line.payer
    const place = turn.kind === 'token' ? 0 : 1
    inFlight += place
    const begun = account.begin(turn, clock.now())
    try {
      const outcome = await task(() => account.closedUntil <= clock.now())
      if (outcome === 'not sent') {
        account.cancel(begun)
        line.waiting.putBack(waiting)
      } else if ('error' in outcome) {
        account.lost(begun, clock.now())
        resolve(outcome)
      } else if (account.answered(begun, outcome, clock.now())) {
        waiting.refused = outcome
        line.waiting.putBack(waiting)
      } else resolve(outcome)
    } catch (error) {
      // A request without its credential, for one.
      account.cancel(begun)
      reject(error)
    }
    inFlight -= place
    wake(line.payer)
    pump()
  }

  return {
    clock,
    send: (turn, task) =>
      new Promise((resolve, reject) => {
        made += 1
        const line = lines.of(turn)
        line.waiting.add({ turn, task, resolve, reject, number: made, asked: clock.now() })
        wakeLine(line)
        pump()
      }),
    allow(bounds) {
      atOnce = Math.min(bounds.atOnce, MOST_AT_ONCE)
      patience.allow(bounds.maxWaitMs)
      wakeAll()
    },
    waitedMs: patience.waitedMs,
    hasGivenUp: patience.isSpent,
    stop() {
      isStopped = true
      wakeAll()
    },
  }

  function wakeAll(): void {
    for (const payer of lines.payers()) wake(payer)
    pump()
  }
}
