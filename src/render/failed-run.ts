import { formatSource } from '../core/diagnostic.ts'
import { countReasons, type FailedRun, failedPlan, type Reason } from '../core/failed-run.ts'
import type { Failure } from '../core/failure.ts'
import type { Plan } from '../core/plan.ts'
import { type Forms, lacking, whole } from './fit.ts'
import { clip, code, link } from './markdown-text.ts'
import { formatMarker, type Marker } from './marker.ts'
import { placeLink } from './place-link.ts'
import type { ReportFacts } from './report-facts.ts'
import { hiddenNames, originLine } from './report-parts.ts'
import { count } from './row.ts'

/** Enough reasons to show the kind of failure. */
const FEW = 10

/** The name of the run in the report of its failure. */
export type ReportedCommand = 'plan' | 'apply' | 'drift' | 'validate' | 'report'

const NOUNS: Readonly<Record<ReportedCommand, string>> = {
  plan: 'The plan',
  apply: 'The apply',
  drift: 'The look for drift',
  validate: 'The check of the configuration',
  report: 'The report',
}

const WHY: Readonly<Partial<Record<Failure, string>>> = {
  could_not_run: 'octoform could not run as it was started',
  no_credentials: 'there is no credential to read GitHub with',
  unread: 'something could not be read',
  rate_limit: 'a limit on requests was not waited out',
  refused_by_github: 'GitHub refused a request',
  value_missing: 'a value is missing',
  lock_held: 'another run holds the lock',
  event_refused: 'it does not run for this event',
  plan_changed: 'what was reviewed does not hold any more',
  bug: 'octoform has a bug',
}

/** The failed run and the kind of reason, without any name that the readers may not see. */
export function headline(
  command: ReportedCommand,
  { failure, reasons, what }: FailedRun,
  { commit }: Pick<ReportFacts, 'commit'>,
): string {
  const which = commit === undefined ? '' : ` of ${commitWord(commit)}`
  const errors = countReasons(reasons.filter(({ kind }) => kind === 'error'))
  const why = errors > 0 ? `the configuration has ${count(errors, 'error')}` : (what ?? WHY[failure])
  return `${NOUNS[command]}${which} failed${why === undefined ? '' : `: ${why}`}.`
}

/** GitHub makes a link of a whole SHA that is a word of its own. */
function commitWord(commit: string): string {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit) ? commit : code(commit)
}

/** Reports that a run failed, with the first reasons, each with its place. */
export function failedBlocks(command: ReportedCommand, failed: FailedRun, facts: ReportFacts): readonly string[] {
  return [`**${headline(command, failed, facts)}**`, reasonList(failed.reasons, facts)].filter((block) => block !== '')
}

/** The first of them, each with its place as a link; empty where none may be shown. */
export function reasonList(reasons: readonly Reason[], facts: ReportFacts): string {
  // Without the names, many are equal.
  const lines = [...new Set(reasons.slice(0, FEW).flatMap((reason) => reasonLine(reason, facts)))]
  const more = countReasons(reasons.slice(FEW))
  if (more > 0) lines.push(`- … ${more} more: ${link("the job's log", facts.runUrl)} has them.`)
  return lines.join('\n')
}

/** Warns, above the partial plan of one owner, that the plan is not reliable, with the reasons. */
export function failedForms(own: Plan, facts: ReportFacts): Forms {
  if (facts.failed === undefined) return [whole('')]
  const of = { failure: facts.failed.failure, reasons: failedPlan(own)?.reasons ?? [] }
  const [title = '', ...list] = failedBlocks('plan', of, facts)
  const elsewhere = of.reasons.length === 0 ? ['What failed is of another owner.'] : []
  return [
    whole([title, ...list, ...elsewhere].join('\n\n')),
    lacking([title, ...elsewhere].join('\n\n'), 'why it failed'),
  ]
}

/**
 * The comment in the place of a plan: the former one was of another commit.
 * @param marker without an owner where there was no plan of any owner
 */
export function renderFailedComment(marker: Marker, failed: FailedRun, facts: ReportFacts): string {
  const of = marker.owner === '' ? '' : ` · ${code(marker.owner)}`
  return blocksText([
    formatMarker(marker),
    `### octoform plan${of} — failed`,
    ...failedBlocks('plan', failed, facts),
    'apply refuses this commit until a plan of it stands here.',
    ...hiddenNames(facts),
    originLine(undefined, facts),
  ])
}

/** The summary of a job that failed. */
export function renderFailedSummary(command: ReportedCommand, failed: FailedRun, facts: ReportFacts): string {
  return blocksText([
    `## octoform ${command}`,
    ...failedBlocks(command, failed, facts),
    ...hiddenNames(facts),
    originLine(undefined, { ...facts, runUrl: undefined }),
  ])
}

/** The title and summary of the check run for a plan that failed. */
export function renderFailedCheck(failed: FailedRun, facts: ReportFacts): { title: string; summary: string } {
  const [title = '', ...list] = failedBlocks('plan', failed, facts)
  return { title: headline('plan', failed, facts), summary: blocksText(list.length === 0 ? [title] : list) }
}

function reasonLine(reason: Reason, facts: ReportFacts): readonly string[] {
  const { message, brief, source, from } = reason
  const place = source === undefined ? undefined : placeLink(code(formatSource(source)), source, facts)
  const shown = facts.audience === 'full' || from === 'files' ? message : brief
  if (shown === undefined) return place === undefined ? [] : [`- ${place}`]
  const text = code(clip(shown))
  return [place === undefined ? `- ${text}` : `- ${place}: ${text}`]
}

function blocksText(blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
