import { resolve } from 'node:path'
import { RefusedRun } from '../core/refused-run.ts'
import { SetupError } from '../core/setup-error.ts'
import { readSavedPlan } from '../engine/saved-plan.ts'
import type { RunContext } from '../event/run-context.ts'
import type { Lock } from '../lock/lock.ts'
import type { Holder } from '../lock/lock-document.ts'
import { tellHolder } from '../lock/tell-holder.ts'
import { whileHeld } from '../lock/while-held.ts'
import { checkTip } from '../review/tip.ts'
import { type Apply, expectedDigests, refusalsOf, refusalsSince } from './apply-review.ts'
import { type BegunPlan, begunPlan } from './begun-plan.ts'
import type { Connection } from './connect.ts'
import { execute } from './execute.ts'
import { EXIT, type ExitCode, FAILURES, worst } from './exit-codes.ts'
import type { RunFlags } from './flags.ts'
import { contextOf, enter } from './gated.ts'
import type { Io } from './io.ts'
import { reportRefusalToJob, reportToJob } from './job-report.ts'
import { printPlan } from './print-plan.ts'
import { reportFacts } from './report-facts.ts'
import { type Refusal, tellDone } from './review.ts'
import { heldTo, makeRun, type Run } from './run.ts'
import { localRunLock, runLock } from './run-lock.ts'
import { underApproval } from './under-approval.ts'

export interface ApplyFlags extends RunFlags {
  readonly format: 'text' | 'json'
  readonly autoApprove?: boolean
  readonly expectDigest?: string
  readonly expectPullRequest?: boolean
  readonly checkApp?: string
  /** In milliseconds. */
  readonly lockTimeout?: number
  readonly report?: string
  readonly showPrivate?: boolean
}

/** What was made before planning. */
interface Before {
  lock?: Lock
  /** The version of the lock. */
  seen?: string
  /** Where the ledger is shared. */
  begun?: BegunPlan
}

/** Plans, shows, asks, applies; with a saved plan, only what that plan holds. */
export async function applyCommand(io: Io, path: string | undefined, flags: ApplyFlags): Promise<ExitCode> {
  const saved = path === undefined ? undefined : await readSavedPlan(resolve(io.cwd, path), path)
  const context = await contextOf(io)
  const entry = await enter(io, 'apply', context, flags)
  if (entry.kind !== 'go') return EXIT.guarded
  const apply: Apply = { flags, context, branch: entry.branch, saved, path: path ?? '', clock: io.pace.clock }
  if (flags.expectDigest !== undefined && !/^[0-9a-f]{64}$/.test(flags.expectDigest)) {
    throw new SetupError('--expect-digest takes the digest that plan prints: 64 hexadecimal digits.')
  }
  if (flags.expectPullRequest && apply.branch === undefined) {
    throw new SetupError('--expect-pull-request is for GitHub Actions, where it is known which commit was merged.')
  }
  const before: Before = {}
  const planned = await makeRun(io, flags, {
    purpose: 'apply',
    values: entry.values,
    chosen: saved?.plan.changes.map(({ address }) => address) ?? [],
    before: async (connection, { ledger }) => {
      await refuseOldTip(apply, connection)
      const isShared = 'repository' in ledger
      before.lock = isShared ? runLock(connection, ledger, context) : localRunLock(ledger, context)
      if (isShared) before.begun = begunPlan(connection, ledger)
      before.seen = (await before.lock.look()).version
    },
  })
  io.tell?.({ plan: planned.planned.plan })
  // What stops a run is told below its plan, which then does not end as if there were nothing to do.
  const showing = async <T>(run: Run, work: Promise<T>): Promise<T> =>
    work.catch(async (error: unknown) => {
      await show(io, flags, run, { context, refused: true })
      throw error
    })
  const expected = await showing(planned, expectedDigests(apply, planned))
  const digests = [...expected.digests, ...(saved?.intact ? [saved.plan.digest] : [])]
  const run = heldTo(planned, digests)
  const { plan } = run.planned
  io.tell?.({ plan })
  const found = await showing(run, refusalsOf(apply, run, expected.digests, before.begun))
  const refusals = [...expected.refusals, ...found]
  const isReviewed = expected.digests.includes(plan.digest)
  const underIts = { ...before, isReviewed, digests }
  if (refusals.length === 0 && plan.changes.length === 0) {
    // Interrupted after its last write, an apply has left its approval behind, which is noted under the lock.
    const isNoted = underApproval(run).length > 0
    const work = isNoted ? underLock(io, apply, run, underIts) : execute(io, { run, flags, context })
    const code = await showing(run, work)
    await show(io, flags, run, { context, refused: code !== EXIT.ok && code !== EXIT.changes })
    if (saved?.intact) tellDone(io, run, saved.plan)
    return code
  }
  await show(io, flags, run, { context, refused: refusals.length > 0 })
  if (saved?.intact) tellDone(io, run, saved.plan)
  if (refusals.length > 0) return refuse(io, refusals)
  return (await confirmed(io, flags)) ? underLock(io, apply, run, underIts) : EXIT.failed
}

/** On one machine the other apply ends, or is seen to be dead; a job that waits for another one costs money instead. */
const LOCAL_WAIT_MS = 10 * 60_000

interface Expected {
  /** Whether the plan itself was reviewed, and not only what it is the rest of. */
  readonly isReviewed: boolean
  readonly digests: readonly string[]
}

/** Of the runs with one ledger one writes at a time, and only what still holds once it is its turn. */
async function underLock(
  io: Io,
  apply: Apply,
  planned: Run,
  { lock, begun, isReviewed, digests, seen = '' }: Before & Expected,
): Promise<ExitCode> {
  const { flags, context } = apply
  const stop = new AbortController()
  void io.stopped().then(() => {
    io.stderr('Stopping: what has begun is brought to its end. A second signal ends it at once.\n')
    stop.abort()
    io.pace.stop()
  })
  if (!lock) throw new Error('bug: there is no lock')
  const onWait = (holder: Holder): void => io.stderr(`Waiting for the lock, which ${tellHolder(holder)} holds.\n`)
  const timeoutMs = flags.lockTimeout ?? ('repository' in planned.configuration.ledger ? 0 : LOCAL_WAIT_MS)
  const held = await lock.acquire({ timeoutMs, seen, onWait, signal: stop.signal })
  const work = async (): Promise<ExitCode> => {
    await refuseOldTip(apply, planned.connection)
    const heldTo = [...digests, planned.planned.plan.digest]
    const again = { purpose: 'apply', values: 'resolved', heldTo, chosen: 'unchecked' } as const
    const run = held.held === 'at once' ? planned : await makeRun(io, flags, again)
    const refusals = run === planned ? [] : await refusalsSince(flags, planned, run)
    if (refusals.length > 0) return refuse(io, refusals)
    if (isReviewed) await begun?.save(planned.planned.plan)
    return execute(io, { run, flags, context, signal: stop.signal, mayWrite: () => held.stillMine() })
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

async function refuse(io: Io, refusals: readonly Refusal[]): Promise<ExitCode> {
  for (const { message } of refusals) io.stderr(`${message}\n`)
  const code = worst(refusals.map((refusal) => refusal.code))
  if (code === EXIT.ok) return code
  const failure = refusals.find((refusal) => refusal.code === code)?.failure ?? FAILURES[code]
  io.tell?.({ failure })
  await reportRefusalToJob(io, failure)
  return code
}

async function show(
  io: Io,
  flags: ApplyFlags,
  run: Run,
  { context, refused }: { readonly context: RunContext | undefined; readonly refused: boolean },
): Promise<void> {
  const { connection, planned } = run
  const { plan } = planned
  const to = flags.format === 'json' ? { ...io, stdout: io.stderr, colour: 'plain' as const } : io
  const facts = { ...reportFacts(flags.config, context, undefined, io), refused }
  printPlan(to, plan, 'text', 'plan', facts)
  await reportToJob(io, { plan, wording: 'plan', connection, context, facts, showPrivate: flags.showPrivate ?? false })
}

async function confirmed(io: Io, flags: ApplyFlags): Promise<boolean> {
  if (flags.autoApprove) return true
  if (!io.ask) {
    io.stderr('There is no terminal to ask at. Nothing was written; --auto-approve applies without asking.\n')
    return false
  }
  const answer = await io.ask("Apply these changes? Only 'yes' is accepted: ")
  if (answer.trim() === 'yes') return true
  io.stderr('Not applied.\n')
  return false
}
