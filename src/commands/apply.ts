import { resolve } from 'node:path'
import { type Apply, expectedDigests, refusalsOf, refusalsSince } from '../apply/apply-review.ts'
import { type BegunPlan, begunPlan } from '../apply/begun-plan.ts'
import { confirm } from '../apply/confirm.ts'
import type { End } from '../apply/end.ts'
import { execute } from '../apply/execute.ts'
import { keptPlan } from '../apply/kept-plan.ts'
import { reportApply } from '../apply/report-apply.ts'
import { reportDone } from '../apply/review.ts'
import { localRunLock, runLock } from '../apply/run-lock.ts'
import { underApproval } from '../apply/under-approval.ts'
import { RefusedRun } from '../core/refused-run.ts'
import { SetupError } from '../core/setup-error.ts'
import { readSavedPlan } from '../engine/saved-plan.ts'
import { holderText } from '../lock/holder-text.ts'
import type { Lock } from '../lock/lock.ts'
import type { Holder } from '../lock/lock-document.ts'
import { whileHeld } from '../lock/while-held.ts'
import { audienceOfRun } from '../report/audience.ts'
import { homeServer } from '../report/home-server.ts'
import { annotateJob } from '../report/job-report.ts'
import { mergedPullOf } from '../report/merged-pull-of.ts'
import { detailOf, printPlan } from '../report/print-plan.ts'
import { reportFacts } from '../report/report-facts.ts'
import { runAgain } from '../report/run-again.ts'
import { checkTip } from '../review/tip.ts'
import type { ApplyFlags } from '../run/apply-flags.ts'
import type { Connection } from '../run/connect.ts'
import { contextOf } from '../run/context-of.ts'
import { EXIT, type ExitCode, FAILURES, worst } from '../run/exit-codes.ts'
import { heldTo } from '../run/held-to.ts'
import { besideResults, type Io } from '../run/io.ts'
import type { Refusal } from '../run/refusal.ts'
import { makeRun, type Run } from '../run/run.ts'
import { enter } from '../run/through-gate.ts'

/** The parts that are made before planning. */
interface Before {
  lock?: Lock
  /** The version of the lock. */
  seen?: string
  /** Set where the ledger is shared. */
  begun?: BegunPlan
}

/** Plans, shows, asks, applies; with a saved plan, only the changes of that plan. */
export async function applyCommand(io: Io, path: string | undefined, flags: ApplyFlags): Promise<ExitCode> {
  const saved = path === undefined ? undefined : await readSavedPlan(resolve(io.cwd, path), path)
  const context = await contextOf(io)
  const entry = await enter(io, 'apply', context, flags)
  if (entry.kind !== 'go') return EXIT.guarded
  const given = { flags, context, saved, path: path ?? '' }
  const apply: Apply = { ...given, branch: entry.branch, clock: io.pace.clock, found: {} }
  const { code, ended } = await applied(io, apply, entry.values).catch(async (error: unknown) => {
    if (!(error instanceof RefusedRun)) throw error
    await findPull(io, apply)
    return refuse(io, apply, undefined, [error])
  })
  if (ended) await reportApply(io, apply, ended)
  return code
}

async function applied(io: Io, apply: Apply, values: 'resolved' | 'ignored'): Promise<End> {
  const { flags, context, saved } = apply
  if (flags.expectDigest !== undefined && !/^[0-9a-f]{64}$/.test(flags.expectDigest)) {
    throw new SetupError('--expect-digest takes the digest that plan prints: 64 hexadecimal digits.')
  }
  if (flags.expectPullRequest && apply.branch === undefined) {
    throw new SetupError('--expect-pull-request is for GitHub Actions, where it is known which commit was merged.')
  }
  const before: Before = {}
  const planned = await makeRun(io, flags, {
    purpose: 'apply',
    values,
    chosen: saved?.plan.changes.map(({ address }) => address) ?? [],
    before: async (connection, { ledger }) => {
      apply.found.connection = connection
      await refuseOldTip(apply, connection)
      const isShared = 'repository' in ledger
      before.lock = isShared ? runLock(connection, ledger, context) : localRunLock(ledger, context)
      if (isShared) before.begun = begunPlan(connection, ledger)
      before.seen = (await before.lock.look()).version
    },
  })
  io.record?.({ plan: planned.planned.plan })
  // A refused run prints its plan before the reason, and its last line must not say `No changes.`.
  const showing = async <T>(run: Run, work: Promise<T>): Promise<T> =>
    work.catch(async (error: unknown) => {
      await show(io, apply, run, 'refused')
      throw error
    })
  const expected = await showing(planned, expectedDigests(apply, planned))
  const digests = [...expected.digests, ...(saved?.intact ? [saved.plan.digest] : [])]
  const run = heldTo(planned, digests)
  const { plan } = run.planned
  io.record?.({ plan })
  const lacking = await showing(run, refusalsOf(apply, run, expected.digests, before.begun))
  const refusals = [...expected.refusals, ...lacking]
  const isReviewed = expected.digests.includes(plan.digest)
  const underIts = { ...before, isReviewed, digests }
  if (refusals.length === 0 && plan.changes.length === 0) {
    // Interrupted after its last write, an apply has left its approval behind, which is noted under the lock.
    const isNoted = underApproval(run).length > 0
    const end = await showing(run, isNoted ? underLock(io, apply, run, underIts) : execute(io, { run, apply }))
    await show(io, apply, run, end.code === EXIT.ok || end.code === EXIT.changes ? 'to do' : 'refused')
    if (saved?.intact) reportDone(io, run, saved.plan)
    return end
  }
  await show(io, apply, run, refusals.length > 0 ? 'refused' : 'to do')
  if (saved?.intact) reportDone(io, run, saved.plan)
  if (refusals.length > 0) return refuse(io, apply, run, refusals)
  const confirmed = await confirm(io, flags, plan)
  if (confirmed === 'no') return { code: EXIT.failed }
  if (confirmed === 'nobody to ask') return refuse(io, apply, run, [UNASKED])
  return underLock(io, apply, run, underIts)
}

/** On one machine the other apply ends, or is seen to be dead; a job that waits for another one costs money instead. */
const LOCAL_WAIT_MS = 10 * 60_000

interface Expected {
  /** Whether the plan itself was reviewed, and not only a plan of which it is the rest. */
  readonly isReviewed: boolean
  readonly digests: readonly string[]
}

/**
 * Writes under the lock: of the runs with one ledger one writes at a time, and only changes that are still valid by
 * then.
 */
async function underLock(
  io: Io,
  apply: Apply,
  planned: Run,
  { lock, begun, isReviewed, digests, seen = '' }: Before & Expected,
): Promise<End> {
  const { flags } = apply
  const stop = new AbortController()
  void io.stopped().then(() => {
    io.stderr('Stopping: what has begun is brought to its end. A second signal ends it at once.\n')
    stop.abort()
    io.pace.stop()
  })
  if (!lock) throw new Error('bug: there is no lock')
  const onWait = (holder: Holder): void => io.stderr(`Waiting for the lock, which ${holderText(holder)} holds.\n`)
  const timeoutMs = flags.lockTimeout ?? ('repository' in planned.configuration.ledger ? 0 : LOCAL_WAIT_MS)
  const held = await lock.acquire({ timeoutMs, seen, onWait, signal: stop.signal })
  const work = async (): Promise<End> => {
    await refuseOldTip(apply, planned.connection)
    const heldTo = [...digests, planned.planned.plan.digest]
    const again = { purpose: 'apply', values: 'resolved', heldTo, chosen: 'unchecked' } as const
    const run = held.held === 'at once' ? planned : await makeRun(io, flags, again)
    const refusals = run === planned ? [] : await refusalsSince(flags, planned, run)
    if (refusals.length > 0) return refuse(io, apply, run, refusals)
    // Without a kept plan, an interrupted apply is not resumed: its remaining changes are reviewed anew.
    const kept = begun && isReviewed ? await keptPlan(io, planned.planned.plan, planned.configuration) : undefined
    if (kept) await begun?.save(kept)
    return execute(io, { run, apply, signal: stop.signal, mayWrite: () => held.stillMine() })
  }
  return whileHeld(held, work, (message) => io.stderr(`${message}\n`))
}

/** @throws RefusedRun where the branch has moved on */
async function refuseOldTip({ context, branch }: Apply, connection: Connection): Promise<void> {
  if (context === undefined || branch === undefined) return
  const { repository } = context
  const old = await checkTip(connection.home({ repository, admits: [] }), context, branch)
  if (old !== undefined) throw new RefusedRun(old)
}

/** Finds the pull request for a run that ended before it looked for one. */
async function findPull(io: Io, { flags, context, branch, clock, found }: Apply): Promise<void> {
  const { connection } = found
  if (!flags.expectPullRequest || found.pull !== undefined || connection === undefined || context === undefined) return
  const server = await homeServer(io, connection)
  const home = connection.home({ repository: context.repository, admits: [], server })
  found.pull = await mergedPullOf(home, { context, branch, clock })
}

function refuse(io: Io, { found }: Apply, run: Run | undefined, refusals: readonly Refusal[]): End {
  for (const { message } of refusals) io.stderr(`${message}\n`)
  const code = worst(refusals.map((refusal) => refusal.code))
  if (code === EXIT.ok) return { code }
  const given = refusals.find((refusal) => refusal.code === code)?.failure ?? FAILURES[code]
  const failure = code === EXIT.unread && io.pace.hasGivenUp() ? 'rate_limit' : given
  io.record?.({ failure })
  const { connection } = found
  return connection ? { code, ended: { connection, run, outcome: undefined, failure, refusals } } : { code }
}

async function show(
  io: Io,
  { flags, context, found, saved, path }: Apply,
  run: Run,
  end: 'refused' | 'to do',
): Promise<void> {
  const { connection, planned } = run
  const { plan } = planned
  const to = flags.format === 'json' ? besideResults(io) : io
  const facts = { ...reportFacts(flags.config, context, undefined, io), refused: end === 'refused' }
  const showPrivate = flags.showPrivate ?? false
  const audience = await audienceOfRun(io, connection, context, showPrivate)
  const again = runAgain(flags, saved && path)
  // A person answers for nothing unseen.
  const isAsked = end === 'to do' && !flags.autoApprove && io.ask !== undefined && plan.changes.length > 0
  const detail = isAsked && flags.quiet ? undefined : detailOf(flags)
  await printPlan(to, plan, 'text', 'plan', { ...facts, audience, again, detail })
  const report = { plan, wording: 'plan', connection, context, facts, showPrivate, audience } as const
  found.audience = await annotateJob(io, report)
}

const UNASKED: Refusal = {
  code: EXIT.failed,
  message: 'There is no terminal to ask at. Nothing was written; --auto-approve applies without asking.',
  failure: 'could_not_run',
}
