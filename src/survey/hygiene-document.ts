import { count } from '../render/row.ts'
import type { FindingKind, HygieneReport } from './hygiene.ts'
import type { ReportDocument, ReportPart } from './report-document.ts'

/** The heading of each kind of finding. */
export const HEADINGS: Readonly<Record<FindingKind, string>> = {
  'unused secret': 'Secrets that no workflow names',
  'old secret': 'Secrets that were not changed for long',
  'hidden secret': 'Secrets behind a narrower one of the same name',
  'too many secrets': 'More secrets than a workflow gets',
  'open to public': 'Runner groups open to public repositories',
  'offline runner': 'Runners that are offline',
  'forbidden action': 'Actions that the policy in force forbids',
}

/** The report as tables, one for each kind of finding. */
export function hygieneDocument({ findings, not_read, repositories, limits }: HygieneReport): ReportDocument {
  const parts = Object.entries(HEADINGS).map(
    ([kind, heading]): ReportPart => ({
      heading,
      columns: [
        { head: 'PLACE', gives: true },
        { head: 'FINDING', gives: true },
        { head: 'HOW IT IS KNOWN', gives: true },
        { head: 'SURE' },
      ],
      rows: findings
        .filter((each) => each.kind === kind)
        .map(({ place, detail, how, sure }) => [place, detail, how, sure ? 'yes' : 'no']),
    }),
  )
  const unread: ReportPart = {
    heading: 'Not read',
    columns: [{ head: 'PLACE' }, { head: 'WHY', gives: true }],
    rows: not_read.map(({ repository, file, reason }) => [`${repository} ${file}`.trim(), reason]),
  }
  const where = count(repositories.length, 'repository', 'repositories')
  const more = not_read.length === 0 ? '' : ` ${count(not_read.length, 'place')} could not be read.`
  return {
    title: 'report hygiene',
    parts: [...parts, unread],
    limits,
    last: `Hygiene: ${count(findings.length, 'finding')} in ${where}.${more}`,
  }
}
