import type { Failure } from '../core/failure.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Plan } from '../core/plan.ts'
import { ownerOf } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import type { Work } from '../core/work.ts'
import { applyPlan } from '../engine/apply.ts'
import type { Client } from '../github/client.ts'
import { outcomeParts, renderOutcome } from '../render/outcome.ts'
import { printable } from '../render/printable.ts'
import { renderReport } from '../render/report.ts'
import { detailOf, printParts } from '../report/print-plan.ts'
import { runUrlOf } from '../report/report-facts.ts'
import { EXIT, type ExitCode, worst } from '../run/exit-codes.ts'
import { writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { startProgress } from '../run/progress.ts'
import type { Run } from '../run/run.ts'
import { signLedger } from '../run/sign-ledger.ts'
import type { Values } from '../secrets/values.ts'
import type { Apply } from './apply-review.ts'
import type { End } from './end.ts'
import { endedLine } from './ended-line.ts'
import { spendApprovals } from './under-approval.ts'

export interface Execution {
  readonly run: Run
  readonly apply: Apply
  /** Once it is aborted, nothing more is begun. */
  readonly signal?: AbortSignal
  /** Asked before each write. */
  readonly mayWrite?: () => Promise<boolean>
}

/** Writes the planned and confirmed changes, and reports the result. */
export async function execute(io: Io, execution: Execution): Promise<End> {
  const { run } = execution
  const written = await write(io, execution)
  await spendApprovals(run, written.code)
  const { outcome, code, failure } = await folded(io, run, written)
  return { code, ended: { connection: run.connection, run, outcome, failure, refusals: [] } }
}

/** Saves the ledger whole. Where that fails nothing is lost, and a person must know that the ledger's file lacks something. */
async function folded(io: Io, { ledger }: Run, written: Written): Promise<Written> {
  try {
    await ledger.fold()
    return written
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    io.stderr(
      `${printable(error.message)}\nIts journal beside it has the rest: keep both. The next apply joins them.\n`,
    )
    const { outcome, failure = error.failure } = written
    return { outcome, code: EXIT.failed, failure }
  }
}

interface Written {
  readonly outcome: Outcome
  readonly code: ExitCode
  readonly failure: Failure | undefined
}

async function write(io: Io, execution: Execution): Promise<Written> {
  const { run, signal, mayWrite } = execution
  const { flags } = execution.apply
  const { planned, ledger, values } = run
  const started = new Date()
  if (mayWrite) ledger.guard(mayWrite)
  const hint = run.configuration.publicKeys.length === 0 ? 'public key' : 'none'
  await signLedger(io, { ...run, hint })
  await ledger.openJournal()
  const sent = { done: 0, total: planned.works.reduce((sum, { sends }) => sum + sends.length, 0), address: '' }
  const progress = startProgress(io, () => ({ label: `writing ${sent.address}`.trimEnd(), ...sent }))
  const outcome = withoutValues(
    await applyPlan({
      planned,
      families: run.configuration.families,
      client: await writers(run),
      notes: ledger,
      names: run.names,
      atOnce: flags.parallelism,
      sealer: values,
      since: { sections: run.input.sections, waitedMs: io.pace.waitedMs },
      onProgress: (done, address) => void Object.assign(sent, { done, address }),
      onEnded: (change, status) => {
        const at = io.status === undefined ? io.pace.clock.now() : undefined
        io.note(`${endedLine(change, status, at)}\n`)
      },
      signal,
      mayWrite,
      clock: io.pace.clock,
    }).finally(() => progress.end()),
    values,
  )
  const { code, failure } = endOf(outcome, planned.plan, io.pace.hasGivenUp() ? 'rate_limit' : 'apply_failed')
  io.record?.({ outcome, ...(failure === undefined ? {} : { failure }) })
  const style = { colour: io.colour, width: io.columns }
  if (flags.format === 'json') io.stdout(renderOutcome(outcome, 'json', style))
  else if (planned.works.length > 0) await printParts(io, outcomeParts(outcome, style, detailOf(flags)))
  if (flags.report !== undefined) await saveReport(io, flags.report, execution, outcome, started)
  return { outcome, code, failure }
}

/** @param stopped the cause, where some changes were not made */
function endOf(outcome: Outcome, plan: Plan, stopped: 'rate_limit' | 'apply_failed'): Omit<Written, 'outcome'> {
  if (!outcome.complete) {
    const isUnread = stopped === 'rate_limit' && isUntouched(outcome)
    return { code: isUnread ? EXIT.unread : EXIT.failed, failure: stopped }
  }
  const code = worst([plan.complete ? EXIT.ok : EXIT.unread, outcome.held_back.length > 0 ? EXIT.changes : EXIT.ok])
  if (code === EXIT.unread) return { code, failure: 'unread' }
  return { code, failure: code === EXIT.changes ? 'held_back' : undefined }
}

/** Whether it is certain that nothing was written. */
function isUntouched({ changes }: Outcome): boolean {
  return changes.every(({ status, error }) => status === 'not tried' || (status === 'failed' && error?.limited))
}

/**
 * Removes secret values: a server may repeat values that it was sent. Done before rendering, which writes line ends and
 * tabs otherwise.
 */
function withoutValues(outcome: Outcome, values: Values): Outcome {
  const changes = outcome.changes.map((change) => {
    const { error } = change
    return error ? { ...change, error: { ...error, message: values.scrub(error.message) } } : change
  })
  return { ...outcome, changes }
}

async function saveReport(
  io: Io,
  path: string,
  { run, apply: { flags, context } }: Execution,
  outcome: Outcome,
  started: Date,
): Promise<void> {
  const url = runUrlOf(context)
  const report = renderReport(io.cleaned(outcome), io.cleaned(run.planned.plan), {
    run:
      context && url
        ? { repository: context.repository, id: context.runId, attempt: context.runAttempt, url }
        : undefined,
    commit: context?.sha || undefined,
    actor: context?.actor || undefined,
    started: started.toISOString(),
    ended: new Date().toISOString(),
    clock: 'machine',
    allow: flags.allow ?? [],
  })
  await writeGiven(io.cwd, path, report)
}

/** One writing client for each owner, made only now that the plan is complete and confirmed. */
async function writers({ states, connection, planned }: Run): Promise<(work: Work) => Client> {
  const clients = new Map<string, Client>()
  for (const { owner, product } of states) {
    // An owner that could not be read has no changes, and perhaps no credential.
    if (!planned.works.some(({ scope }) => ownerOf(scope) === owner)) continue
    const credential = await connection.credential(owner)
    clients.set(owner, connection.writer(credential, await connection.server(owner), product))
  }
  return (work) => {
    const client = clients.get(ownerOf(work.scope))
    if (!client) throw new Error(`bug: no client for ${ownerOf(work.scope)}`)
    return client
  }
}
