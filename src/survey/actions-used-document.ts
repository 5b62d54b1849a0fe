import { count } from '../render/row.ts'
import type { ActionsUsed, PolicyEffect } from './actions-used.ts'
import type { ReportDocument, ReportPart } from './report-document.ts'
import type { UsedAction } from './survey-files.ts'

const PLACE = [{ head: 'FILE' }, { head: 'LINE', align: 'right' }] as const

/** The report as tables. */
export function actionsUsedDocument(report: ActionsUsed): ReportDocument {
  const { uses, faults, not_read, patterns_allowed, policies, limits, repositories } = report
  const placeOf = placesOf(repositories)
  const unread: ReportPart = {
    heading: 'Not read',
    columns: [{ head: 'FILE' }, { head: 'WHY', gives: true }],
    rows: not_read.map(({ repository, file, reason }) => [`${repository} ${file}`.trim(), reason]),
  }
  const unpinned = uses.filter(({ kind, pinned }) => kind === 'action' && !pinned).length
  const more = not_read.length === 0 ? '' : ` ${count(not_read.length, 'thing')} could not be read.`
  return {
    title: 'report actions-used',
    parts: [
      {
        heading: 'Actions used',
        columns: [...PLACE, { head: 'USES', gives: true }, { head: 'KIND' }, { head: 'PINNED' }],
        rows: uses.map((use) => [...placeOf(use), use.uses, use.kind, pinnedWord(use)]),
        none: 'No workflow uses any.',
      },
      {
        heading: 'Faults of these files',
        columns: [...PLACE, { head: 'PROBLEM', gives: true }],
        rows: faults.map((fault) => [...placeOf(fault), fault.message]),
      },
      {
        heading: 'Proposed patterns_allowed',
        columns: [{ head: 'PATTERN' }],
        rows: patterns_allowed.map((each) => [each]),
        none: 'None: what is used is of the owner, of GitHub, or named by no repository.',
      },
      ...policies.flatMap((each) => partsOf(each, placeOf)),
      unread,
    ],
    limits,
    last: `Actions used: ${uses.length} in ${count(repositories.length, 'repository', 'repositories')}, ${unpinned} not pinned.${more}`,
  }
}

function partsOf({ policy, source, breaks, unsure }: PolicyEffect, placeOf: PlaceOf): readonly ReportPart[] {
  const columns = [...PLACE, { head: 'USES', gives: true }, { head: 'WHY', gives: true }] as const
  const rows = (list: PolicyEffect['breaks']) => list.map((each) => [...placeOf(each), each.uses, each.why])
  return [
    { heading: `${policy} would break`, about: source, columns, rows: rows(breaks), none: 'Nothing.' },
    { heading: `${policy}, not certain`, about: source, columns, rows: rows(unsure) },
  ]
}

type PlaceOf = (at: { repository: string; file: string; line: number }) => readonly string[]

/** Every file is below `.github`, whose name would take the width of a column, as that of the one repository would. */
function placesOf(repositories: readonly string[]): PlaceOf {
  const only = repositories.length === 1 ? repositories[0] : undefined
  return ({ repository, file, line }) => {
    const below = file.replace(/^\.github\//, '')
    return [repository === only ? below : `${repository} ${below}`, String(line)]
  }
}

function pinnedWord({ pinned }: UsedAction): string {
  if (pinned === undefined) return ''
  return pinned ? 'yes' : 'no'
}
