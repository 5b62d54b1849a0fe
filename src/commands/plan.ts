import { resolve } from 'node:path'
import { keptPlan } from '../apply/kept-plan.ts'
import { hasErrors } from '../core/diagnostic.ts'
import { failedPlan } from '../core/failed-run.ts'
import type { Plan } from '../core/plan.ts'
import { isTampered } from '../core/plan-ledger.ts'
import { SetupError } from '../core/setup-error.ts'
import { planFile } from '../render/plan-file.ts'
import { audienceOfRun } from '../report/audience.ts'
import { commentPlan, pullRequestOf } from '../report/comment-plan.ts'
import { saveHtml } from '../report/html-file.ts'
import { reportToJob } from '../report/job-report.ts'
import type { PlanFormat } from '../report/plan-formats.ts'
import { detailOf, printPlan } from '../report/print-plan.ts'
import { reportFacts } from '../report/report-facts.ts'
import { runAgain } from '../report/run-again.ts'
import { sinceBase } from '../report/since-base.ts'
import { planBase } from '../run/base-run.ts'
import { contextOf } from '../run/context-of.ts'
import { EXIT, type ExitCode, FAILURES, worst } from '../run/exit-codes.ts'
import type { RunFlags } from '../run/flags.ts'
import { writeGiven } from '../run/given-files.ts'
import type { Io } from '../run/io.ts'
import { makeRun } from '../run/run.ts'
import { enter } from '../run/through-gate.ts'
import { validateCommand } from './validate.ts'

export interface PlanFlags extends RunFlags {
  readonly out?: string
  readonly format: PlanFormat
  readonly detailedExitcode?: boolean
  /** A checkout of the commit that the change builds on. */
  readonly base?: string
  /** `owner/name#N`; true for the pull request of the event. */
  readonly comment?: string | true
  /** Whether a plan without changes makes no comment. */
  readonly onlyChanges?: boolean
  /** Whether the pull request of the comment gets a label. */
  readonly label?: boolean
  readonly showPrivate?: boolean
  readonly htmlFile?: string
}

/** Reads GitHub and prints the changes that applying the configuration would make. */
export async function planCommand(io: Io, flags: PlanFlags): Promise<ExitCode> {
  const context = await contextOf(io)
  const entry = await enter(io, 'plan', context, flags)
  if (entry.kind === 'refused') return entry.code
  if (entry.kind === 'validate') {
    io.stderr(`${entry.note}\n`)
    const format = flags.format === 'json' ? 'json' : 'text'
    return validateCommand(io, { config: flags.config, format, note: entry.note })
  }
  if (flags.comment === undefined && (flags.label || flags.onlyChanges)) {
    throw new SetupError(
      `${flags.label ? '--label' : '--only-changes'} is about the pull request of --comment, which is missing.`,
    )
  }
  if (flags.comment !== undefined) pullRequestOf({ target: flags.comment, context })
  const remember = flags.base === undefined ? 'nothing' : 'reads'
  const made = await makeRun(io, flags, { purpose: 'plan', values: entry.values, remember })
  const base = flags.base === undefined ? undefined : await planBase(io, flags, made, flags.base)
  const plan = await sinceBase(io, flags, made, base)
  const run = { ...made, planned: { ...made.planned, plan } }
  io.record?.({ plan })
  const kept = flags.out === undefined ? plan : await keptPlan(io, plan, made.configuration)
  const planned = planExitCode(plan, flags.detailedExitcode ? 'tell changes' : 'plain')
  const code = kept === undefined ? worst([planned, EXIT.failed]) : planned
  if (code !== EXIT.ok) io.record?.({ failure: FAILURES[code] })
  const given = reportFacts(flags.config, context, base, io)
  const facts = { ...given, failed: failedPlan(plan), ...pageOf(flags, given.runUrl) }
  const showPrivate = flags.showPrivate ?? false
  const audience = await audienceOfRun(io, run.connection, context, showPrivate)
  const saved = hasErrors(plan) || kept === undefined ? undefined : flags.out
  await printPlan(io, plan, flags.format, 'plan', {
    ...facts,
    audience,
    again: runAgain(flags, saved),
    detail: detailOf(flags),
  })
  if (flags.out !== undefined) await savePlan(io, flags.out, plan, kept)
  await reportToJob(io, { plan, wording: 'plan', connection: run.connection, context, facts, showPrivate, audience })
  if (flags.htmlFile !== undefined) {
    await saveHtml(io, flags.htmlFile, { plan, wording: 'plan', facts: { ...facts, audience } })
  }
  if (flags.comment !== undefined) {
    const { comment: target, onlyChanges = false, label = false } = flags
    await commentPlan(io, { run, context, facts, target, showPrivate, onlyChanges, label })
  }
  return code
}

/** Where the saved page can be had: a workflow that saves one keeps it as an artifact of its run. */
function pageOf({ htmlFile }: PlanFlags, runUrl: string | undefined): { readonly pageUrl?: string } {
  return htmlFile === undefined || runUrl === undefined ? {} : { pageUrl: `${runUrl}#artifacts` }
}

/**
 * Saves a plan. One with errors is not saved: its missing parts could not be reviewed.
 * @param kept as it may be saved
 */
async function savePlan(io: Io, out: string, plan: Plan, kept: Plan | undefined): Promise<void> {
  if (hasErrors(plan)) {
    io.stderr(`${out} was not written: the plan has errors.\n`)
    return
  }
  if (kept === undefined) {
    io.stderr(
      `${out} was not written: a name that GitHub gave holds the value of a secret, and a saved plan is compared word for ` +
        'word. Change that value, or apply without a saved plan.\n',
    )
    return
  }
  const path = resolve(io.cwd, out)
  await writeGiven(io.cwd, out, planFile(kept))
  io.record?.({ saved: path })
}

/** The contract's exit code of a plan: whether it has errors, is incomplete, or has changes or held-back ones. */
export function planExitCode(plan: Plan, detail: 'tell changes' | 'plain'): ExitCode {
  const codes: ExitCode[] = [EXIT.ok]
  if (hasErrors(plan)) codes.push(EXIT.failed)
  if (!plan.complete) codes.push(EXIT.unread)
  const differs = plan.changes.length + plan.held_back.length > 0 || isTampered(plan.ledger)
  if (detail === 'tell changes' && differs) codes.push(EXIT.changes)
  return worst(codes)
}
