import type { Plan } from '../core/plan.ts'
import { concernsOwner } from '../core/plan-of-owner.ts'
import { placeRows } from './counts.ts'
import { type Form, fitForms } from './fit.ts'
import { type IssueText, writeIssue } from './issue-text.ts'
import { code, link } from './markdown-text.ts'
import { printable } from './printable.ts'
import { viewDiagnostics, viewNotRead } from './problems.ts'
import { REPORT_BYTES, type ReportFacts } from './report-facts.ts'
import { hiddenNames, leftOutOf, originLine, problemForms } from './report-parts.ts'
import { count, note, type Section } from './row.ts'

/** The findings of a run that could not compare. A plan is one. */
export type Unread = Pick<Plan, 'host' | 'diagnostics' | 'not_read'> & {
  /** The reasons, without a name from the administered organization, where they are known. */
  readonly briefs?: readonly string[]
}

/**
 * The issue about an owner that could not be compared, with the reasons. It is apart from the one about drift, which
 * stays as it is until a run has read everything.
 * @param limit in bytes
 */
export function renderUnreadIssue(
  unread: Unread,
  owner: string,
  facts: ReportFacts,
  limit: number = REPORT_BYTES,
): IssueText {
  const sections = sectionsOf(unread, owner).filter(({ rows }) => rows.length > 0)
  const shown = facts.audience === 'full' ? sections : sections.map((section) => counted(section, unread, owner))
  const parts = { problems: problemForms({ sections: shown, wording: 'drift' }) }
  const write = (chosen: Readonly<Record<'problems', Form>>): string =>
    writeIssue({ kind: 'unread', host: unread.host, owner }, facts, [
      `Whether GitHub differs from what the configuration says of ${code(owner)} is not known: ` +
        'there are errors, or something could not be read. What is known of drift stays as it was.',
      chosen.problems.text,
      `The log of ${link('the run', facts.runUrl)} has all of it. ` +
        'This issue closes by itself once a run reads everything.',
      ...leftOutOf(chosen, facts),
      ...hiddenNames(facts),
      originLine(undefined, facts),
    ])
  const body = write(fitForms(parts, ['problems', 'problems'], write, limit))
  return { title: `octoform: ${printable(owner)} could not be compared`, body }
}

function sectionsOf({ diagnostics, not_read }: Unread, owner: string): readonly Section[] {
  const own = {
    diagnostics: diagnostics.filter(({ address }) => concernsOwner(address, owner)),
    not_read: not_read.filter(({ scope }) => concernsOwner(scope, owner)),
  }
  return [
    { name: 'errors', title: 'Errors', rows: viewDiagnostics(own, 'error') },
    { name: 'not_read', title: 'Could not be read', rows: viewNotRead(own) },
  ]
}

/** Messages hold names: where these may not be shown, the number of messages replaces them. */
function counted(section: Section, { briefs = [], not_read }: Unread, owner: string): Section {
  if (briefs.length > 0) return { ...section, rows: briefs.map((text) => note(text)) }
  const places = not_read.filter(({ scope }) => concernsOwner(scope, owner))
  const rows = section.name === 'not_read' ? placeRows(places) : [note(count(section.rows.length, 'problem'))]
  return { ...section, rows }
}
