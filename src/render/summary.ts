import { effectiveAccess } from '../core/effective-access.ts'
import type { Plan } from '../core/plan.ts'
import { type AccessPartOf, ANYWAY, accessForms, GAINS, GIVEN, LACKED, LOSES } from './access-forms.ts'
import { sectionsOf } from './changes.ts'
import { compactLines } from './compact.ts'
import { viewCounts } from './counts.ts'
import { failedBlocks } from './failed-run.ts'
import { type Form, type Forms, fitForms, lacking, whole } from './fit.ts'
import { factsBlock } from './markdown.ts'
import { ALL_NAMES, type Names } from './markdown-rows.ts'
import { foldedBlock, isAboveTheFold, sectionBlock } from './markdown-section.ts'
import { details, fenced } from './markdown-text.ts'
import type { ReportFacts } from './report-facts.ts'
import { governsForms, hiddenNames, lostForms, originLine } from './report-parts.ts'
import { FOREMOST, type Section, type SectionName } from './row.ts'
import { type PlanView, viewPlan } from './view.ts'
import type { Wording } from './wording.ts'

/**
 * A step's summary may have 1 MiB; a larger one is not shown at all. The step may have written a little of its own.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const SUMMARY_BYTES = 1_000_000

type PartName = SectionName | 'reasons' | 'outcome' | 'access_first' | 'access_anyway' | 'access_last'

/** The text above the plan where the run did more than plan. */
export interface Lead {
  readonly heading: string
  /** In few words, as blocks. */
  readonly status: readonly string[]
  readonly reasons: Forms
  readonly outcome: Forms
  /** In the place of the plan's last line. */
  readonly last: string
}

/** The parts in their order: lists of access gained or lost follow the sections of their changes. */
const ORDER = [
  'reasons',
  'outcome',
  ...FOREMOST,
  'gains',
  'gains_matched',
  'gains_beside',
  'wider',
  'overwrites',
  'access_first',
  'access_anyway',
  'taken_away',
  'access_last',
  'warnings',
  'others',
  'values_needed',
  'secrets',
  'archived',
  'left_alone',
  'left_out',
] as const satisfies readonly PartName[]

const FEW_MEMBERS: Names = { ...ALL_NAMES, members: 10 }

const ACCESS_STEPS = 6
const GAINING = ['overwrites', 'wider', 'gains_beside', 'gains_matched', 'gains'] as const

/** The least important first; a part is here once for each form that it may shrink to. */
const SHED: readonly PartName[] = [
  'left_alone',
  'no_longer_managed',
  'left_out',
  'archived',
  'secrets',
  'values_needed',
  ...(['others', 'taken_away', ...GAINING] as const),
  'others',
  'warnings',
  'others',
  ...Array.from({ length: ACCESS_STEPS }, () => ['access_last', 'access_anyway'] as const).flat(),
  ...([...GAINING, 'taken_away'] as const),
  ...Array.from({ length: ACCESS_STEPS }, () => 'access_first' as const),
  ...([
    'refused',
    'held_back',
    'ledger',
    'not_read',
    'errors',
    'approved',
    'governs',
    ...GAINING,
    'taken_away',
    'outcome',
    'outcome',
    'reasons',
    'outcome',
    'reasons',
  ] as const),
]

/**
 * The summary of a job: the whole plan. Sections are complete, at worst by names alone; one that does not fit is left
 * out and named. The last line is on its own, where readers look for it.
 * @param limit in bytes
 * @param lead the result of the plan, where it was applied
 */
export function renderSummary(
  plan: Plan,
  facts: ReportFacts,
  wording: Wording = 'plan',
  limit: number = SUMMARY_BYTES,
  lead?: Lead,
): string {
  const viewed = facts.audience === 'full' ? viewPlan : viewCounts
  const view = viewed(plan, wording, facts.refused)
  const access = effectiveAccess(plan, wording === 'plan' ? facts.base : undefined)
  const formsOf = (part: AccessPartOf): Forms => accessForms(access, part, facts.audience)
  const [first, anyway, last] = wording === 'plan' ? [GAINS, ANYWAY, LOSES] : [GIVEN, ANYWAY, LACKED]
  const parts = {
    ...Object.fromEntries(ORDER.map((name) => [name, [whole('')] as const])),
    ...Object.fromEntries(
      view.sections.map((section) => [section.name, sectionForms(section, plan, view, facts, limit)]),
    ),
    ...(lead && { reasons: lead.reasons, outcome: lead.outcome }),
    governs: governsForms(plan, facts),
    no_longer_managed: lostForms(plan, facts),
    access_first: formsOf(first),
    access_anyway: formsOf(anyway),
    access_last: formsOf(last),
  } as Readonly<Record<PartName, Forms>>
  const write = (chosen: Readonly<Record<PartName, Form>>): string => writeSummary(chosen, plan, view, facts, lead)
  return write(fitForms(parts, SHED, write, limit))
}

function writeSummary(
  chosen: Readonly<Record<PartName, Form>>,
  plan: Plan,
  view: PlanView,
  facts: ReportFacts,
  lead: Lead | undefined,
): string {
  const lacks = ORDER.flatMap((name) => chosen[name].lacks ?? [])
  const blocks = [
    lead?.heading ?? `## octoform ${view.wording}`,
    ...(lead?.status ?? []),
    ...(facts.failed === undefined ? [] : failedBlocks('plan', facts.failed, facts)),
    ...(lacks.length === 0 ? [] : [`**Left out for length: ${lacks.join('; ')}.** The plan as JSON has everything.`]),
    ...ORDER.map((name) => chosen[name].text),
    ...factsBlock(view),
    ...hiddenNames(facts),
    originLine(plan.digest, { ...facts, runUrl: undefined }),
    lead?.last ?? view.last,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

/** A section whole; if it holds changes, with fewer names of their lists, and by their names alone; not at all. */
function sectionForms(
  section: Section,
  plan: Plan,
  { wording }: PlanView,
  { audience }: ReportFacts,
  limit: number,
): Forms {
  const { name, title } = section
  const isOpen = isAboveTheFold(section)
  const write = isOpen ? sectionBlock : foldedBlock
  const full = write(section, wording, ALL_NAMES, limit)
  const none = lacking('', `the section “${title}”`)
  const changes = plan.changes.filter((change) => sectionsOf(change).some((of) => of === name))
  if (changes.length === 0 || audience === 'counts') return [whole(full), none]
  const lines = compactLines(changes, undefined).map(({ text }) => text)
  const heading = `${title} (${changes.length}), by name`
  const block = fenced(lines, 'diff')
  const named = isOpen ? `### ${heading}\n\n${block}` : details(heading, block)
  return [
    whole(full),
    lacking(
      write(section, wording, FEW_MEMBERS, limit),
      `the names beyond the first ten of a list in the section “${title}”`,
    ),
    lacking(named, `the fields in the section “${title}”`),
    none,
  ]
}
