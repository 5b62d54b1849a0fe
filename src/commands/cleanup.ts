import { resolve } from 'node:path'
import { cleanupHtml } from '../cleanup/cleanup-html.ts'
import { type CleanupPlan, isIntact, objectCount, stillChosen } from '../cleanup/cleanup-plan.ts'
import { cleanupMarkdown, cleanupText } from '../cleanup/cleanup-text.ts'
import type { DeletedAll, EntryDone } from '../cleanup/delete-leftovers.ts'
import { cleanupRefusals } from '../cleanup/guard-cleanup.ts'
import { SetupError } from '../core/setup-error.ts'
import { sha256 } from '../engine/saved-plan.ts'
import { groupBy } from '../render/group-by.ts'
import { askYes } from '../run/ask-yes.ts'
import { type CleanupRun, makeCleanup } from '../run/cleanup-run.ts'
import { contextOf } from '../run/context-of.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { parseAllow, type RunFlags } from '../run/flags.ts'
import { readGiven, writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { addToSummary } from '../run/job-summary.ts'
import { enter } from '../run/through-gate.ts'
import { deleteUnderLock } from './cleanup-deletes.ts'

export interface CleanupFlags extends RunFlags {
  readonly format: 'text' | 'json' | 'markdown' | 'html'
  readonly autoApprove?: boolean
  /** Saves the plan in place of deleting. */
  readonly out?: string
  readonly report?: string
  /** Milliseconds to wait for another run. */
  readonly lockTimeout?: number
}

/**
 * Chooses by the rules of the configuration what runs have left, shows it, asks, and deletes it; with a saved plan, of its
 * objects those that the rules still choose.
 */
export async function cleanupCommand(io: Io, path: string | undefined, flags: CleanupFlags): Promise<ExitCode> {
  const saved = path === undefined ? undefined : await savedPlan(io, path)
  if (saved !== undefined && !isIntact(saved, sha256)) {
    io.stderr(`${path} was changed after it was saved. Nothing was sent; plan again.\n`)
    return EXIT.stale
  }
  const context = await contextOf(io)
  const entry = await enter(io, 'cleanup', context, flags, 'apply')
  if (entry.kind === 'refused') return entry.code
  const allow = parseAllow(flags.allow)
  // Guards never come from the file.
  const recent = allow['cleanup-recent'] ? 'chosen too' : 'kept'
  if (saved?.recent && recent === 'kept') {
    io.stderr(`${path} was made with --allow cleanup-recent: without it nothing younger than 7 days is deleted.\n`)
  }
  const choose = (cutoff: number | undefined): Promise<CleanupRun> => makeCleanup(io, flags, { recent, cutoff })
  const made = await choose(saved && Date.parse(saved.cutoff))
  const chosen = saved === undefined ? { entries: made.plan.entries } : stillChosen(saved, made.plan, made.absence)
  if ('differs' in chosen) return stale(io, chosen.differs)
  const plan: CleanupPlan = { ...made.plan, entries: chosen.entries }
  for (const { address, reason, help } of made.run.planned.plan.held_back) {
    io.stderr(`held back: ${address}: ${reason} ${help}\n`)
  }
  const { archived = [] } = made.run.planned.plan
  if (archived.length > 0) io.stderr(`archived: ${archived.length} left alone: ${archived.join(', ')}\n`)
  for (const { address } of 'gone' in chosen ? chosen.gone : []) {
    io.stderr(`${address}: the repository is not there any more, or may not be touched: left alone.\n`)
  }
  print(io, plan, flags)
  await addToSummary(io, cleanupMarkdown(plan))
  const unread = plan.not_read.length > 0 ? EXIT.unread : EXIT.ok
  if (flags.out !== undefined) {
    await writeGiven(io.cwd, flags.out, `${JSON.stringify(made.plan, null, 2)}\n`)
    io.stderr(`Saved ${flags.out}; octoform cleanup ${flags.out} deletes what it holds.\n`)
    return unread
  }
  const { guards } = made.run.configuration
  const refusals = cleanupRefusals(plan, {
    most: allow.cleanup ?? guards.max_cleanup,
    logs: guards.cleanup_logs,
    protect: allow.protected ? [] : [...guards.protect, ...(flags.protect ?? [])],
  })
  for (const message of refusals) io.stderr(`${message}\n`)
  if (refusals.length > 0) return EXIT.guarded
  const count = objectCount(plan)
  if (count === 0) return unread
  const words = `Delete ${count === 1 ? 'this object' : `these ${count} objects`}?`
  if (!(await askYes(io, flags, words, 'Nothing was deleted'))) return EXIT.failed
  const again = (): Promise<CleanupRun> => choose(Date.parse(plan.cutoff))
  const done = await deleteUnderLock(io, made, { plan, flags, again })
  if ('differs' in done) return stale(io, done.differs)
  return report(io, flags, plan, done, unread)
}

function stale(io: Io, differs: string): ExitCode {
  io.stderr(`The saved plan does not hold any more: ${differs}. Nothing was deleted; plan again.\n`)
  return EXIT.stale
}

async function savedPlan(io: Io, path: string): Promise<CleanupPlan> {
  const text = await readGiven(io.cwd, path)
  let plan: Partial<CleanupPlan>
  try {
    plan = JSON.parse(text) as Partial<CleanupPlan>
  } catch {
    throw new SetupError(`${path} is not JSON.`)
  }
  if (plan?.format !== 'octoform cleanup') throw new SetupError(`${path} is no plan of cleanup.`)
  if (plan.format_version !== '1.0')
    throw new SetupError(`${path} has format ${plan.format_version}, and this reads 1.0.`)
  return plan as CleanupPlan
}

function print(io: Io, plan: CleanupPlan, { format }: CleanupFlags): void {
  const clean = io.cleaned(plan)
  if (format === 'json') io.stdout(`${JSON.stringify(clean, null, 2)}\n`)
  else if (format === 'markdown') io.stdout(cleanupMarkdown(clean))
  else if (format === 'html') io.page(cleanupHtml(clean))
  else io.stdout(cleanupText(clean, { colour: io.colour, width: io.columns }))
}

async function report(
  io: Io,
  flags: CleanupFlags,
  plan: CleanupPlan,
  { outcome: done, ended }: DeletedAll,
  unread: ExitCode,
): Promise<ExitCode> {
  const sum = (count: (each: EntryDone) => number): number => done.reduce((all, each) => all + count(each), 0)
  const [deleted, gone, failed, left] = [
    sum((each) => each.deleted),
    sum((each) => each.gone),
    sum((each) => each.failed.length),
    sum((each) => each.left),
  ]
  for (const { address, failed: faults } of done) {
    for (const [reason, same] of groupBy(faults, (each) => each.reason)) {
      io.stderr(`${address} ${same.map(({ id }) => id).join(', ')}: ${reason}\n`)
    }
  }
  if (ended !== undefined) io.stderr(`${ended.message} Nothing further was begun.\n`)
  const rest = [
    ...(gone > 0 ? [`${gone} were gone already.`] : []),
    ...(failed > 0 ? [`${failed} failed.`] : []),
    ...(left > 0 ? [`${left} left: run it again.`] : []),
  ]
  const line = [`Cleaned up: ${deleted} deleted.`, ...rest].join(' ')
  if (flags.format === 'text') io.stdout(`${line}\n`)
  else io.stderr(`${line}\n`)
  await addToSummary(io, `**${line}**\n`)
  if (flags.report !== undefined) {
    const facts = io.cleaned({ host: plan.host, cutoff: plan.cutoff, digest: plan.digest, outcome: done })
    await writeGiven(resolve(io.cwd), flags.report, `${JSON.stringify(facts, null, 2)}\n`)
  }
  // A limit before the first delete is one that this run did not wait for.
  if (ended !== undefined && deleted + gone === 0) return EXIT.unread
  return failed > 0 || left > 0 ? EXIT.failed : unread
}
