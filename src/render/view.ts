import { once } from '../core/once.ts'
import { type Counts, countChanges, type Plan } from '../core/plan.ts'
import { shellWords } from '../core/shell-word.ts'
import { viewChanges } from './changes.ts'
import { lastLine } from './last-line.ts'
import { viewLedger } from './ledger.ts'
import { countLeftAlone, viewLeftAlone } from './left-alone.ts'
import { viewGoverns, viewLost } from './lost.ts'
import { withPassedOver } from './passed-over.ts'
import type { RunAgain } from './past-guard.ts'
import { viewAlarms, viewApproved, viewDiagnostics, viewHeldBack, viewNotRead, viewTripped } from './problems.ts'
import { viewArchived, viewLeftOut, viewSecrets, viewValuesNeeded } from './remainder.ts'
import { count, type NoteRow, type Section, type SectionName } from './row.ts'
import type { Wording } from './wording.ts'

/**
 * A plan as people read it: folded, in the order of urgency, nothing shortened. Every format prints this and walks no
 * plan of its own. Texts are not escaped: each format escapes its own output.
 */
export interface PlanView {
  readonly wording: Wording
  /** Sections without rows are left out. */
  readonly sections: readonly Section[]
  /** The section of what is left alone by numbers alone, for readers who did not ask for its names. */
  leftAlone(): readonly NoteRow[]
  /** The sections with what only those read who ask for all names. */
  allNames(): readonly Section[]
  readonly counts: Counts
  /** Facts of the plan as a whole. */
  readonly facts: readonly string[]
  /**
   * The reasons why the plan cannot be applied as it is, repeated at its end; that it is incomplete comes right above
   * the last line.
   */
  readonly alarms: readonly string[]
  /** The line that other programs look for. */
  readonly last: string
}

const TITLES: Readonly<Record<SectionName, string | { readonly [W in Wording]: string }>> = {
  governs: 'Changes of what guards the configuration, or of what it reaches',
  no_longer_managed: 'No longer managed',
  approved: 'Approved',
  errors: 'Errors',
  not_read: 'Could not be read',
  ledger: 'The ledger was altered',
  held_back: 'Held back',
  refused: 'Refused by apply',
  warnings: 'Warnings',
  gains: { plan: 'Gains access', drift: 'Should have access' },
  gains_matched: {
    plan: 'Gains access through a pattern',
    drift: 'Should have access through a pattern',
  },
  gains_beside: { plan: 'Gains access as a consequence', drift: 'Would gain access as a consequence' },
  wider: { plan: 'Becomes wider', drift: 'Should be wider' },
  overwrites: { plan: 'Values written over', drift: 'Values to write over' },
  taken_away: { plan: 'Taken away', drift: 'Should be taken away' },
  others: { plan: 'Other changes', drift: 'Other drift' },
  values_needed: 'Values that apply needs',
  secrets: 'Secrets not compared',
  archived: 'In archived repositories, which nobody can write',
  left_alone: 'Left alone, because the configuration does not mention it',
  left_out: 'Left out',
}

/** The title of the other changes where there are none before them. */
const ALONE: { readonly [W in Wording]: string } = { plan: 'Changes', drift: 'Drift' }

/**
 * The one view of a plan that text, and every format for people, prints.
 * @param refused whether the run ends otherwise than its plan says
 * @param again the command line that repeats this run; known only where a person can paste it
 */
export function viewPlan(plan: Plan, wording: Wording, refused = false, again?: RunAgain): PlanView {
  const changes = viewChanges(plan.changes)
  const rows = {
    governs: viewGoverns(plan),
    no_longer_managed: viewLost(plan),
    approved: viewApproved(plan),
    errors: viewDiagnostics(plan, 'error'),
    not_read: viewNotRead(plan),
    ledger: viewLedger(plan),
    held_back: viewHeldBack(plan),
    refused: viewTripped(plan, again),
    warnings: viewDiagnostics(plan, 'warning'),
    gains: changes.get('gains') ?? [],
    gains_matched: changes.get('gains_matched') ?? [],
    gains_beside: changes.get('gains_beside') ?? [],
    wider: changes.get('wider') ?? [],
    overwrites: changes.get('overwrites') ?? [],
    taken_away: changes.get('taken_away') ?? [],
    others: changes.get('others') ?? [],
    values_needed: viewValuesNeeded(plan),
    secrets: viewSecrets(plan),
    archived: viewArchived(plan),
    left_alone: plan.left_alone,
    left_out: viewLeftOut(plan),
  } satisfies Record<SectionName, readonly unknown[]>
  // Of 10,000 repositories 160,000 rows are folded, which few readers ask for.
  const leftAlone = once(() => viewLeftAlone(plan))
  const sections: Section[] = []
  for (const name of Object.keys(rows) as SectionName[]) {
    if (rows[name].length === 0) continue
    const alone = name === 'others' && changes.size === 1
    const title = alone ? ALONE[wording] : titleOf(name, wording)
    sections.push({
      ...{ name, title },
      get rows() {
        return name === 'left_alone' ? leftAlone() : rows[name]
      },
    })
  }
  const counts = countChanges(plan.changes)
  const last = lastLine(plan, counts, wording, refused)
  return {
    wording,
    sections,
    leftAlone: once(() => countLeftAlone(plan)),
    allNames: () => withPassedOver(sections, plan.passed_over),
    counts,
    facts: viewFacts(plan),
    alarms: viewAlarms(plan),
    last,
  }
}

function titleOf(name: SectionName, wording: Wording): string {
  const title = TITLES[name]
  return typeof title === 'string' ? title : title[wording]
}

function viewFacts(plan: Plan): readonly string[] {
  if (plan.changes.length === 0) return []
  const rotated = shellWords(plan.flags.rotate.flatMap((glob) => ['--rotate', glob]))
  return [
    `Applying takes ${count(plan.requests, 'request')} to ${plan.host}.${rotated === '' ? '' : ` Made with ${rotated}.`}`,
    `Digest: ${plan.digest}`,
  ]
}
