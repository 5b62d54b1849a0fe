import { count } from '../render/row.ts'
import type { FactChanges, ReportFact } from './compare-facts.ts'
import type { ReportName, ReportReading } from './reading.ts'
import type { ReportDocument, ReportPart } from './report-document.ts'
import type { SurveyGap } from './survey-files.ts'

/** One of two readings, as a comparison names it. */
export interface ComparedReading {
  readonly file: string
  readonly read_at: string
  readonly credentials: readonly string[]
  readonly not_read: readonly SurveyGap[]
}

/** The changes of a report between two readings. */
export interface ReportChanges extends FactChanges {
  readonly format: 'octoform report changes'
  readonly format_version: '1.0'
  readonly report: ReportName
  readonly host: string
  readonly from: ComparedReading
  readonly to: ComparedReading
  readonly limits: readonly string[]
}

/** @param file the name that the reading was given by */
export function comparedReading(
  { read_at, owners }: ReportReading,
  file: string,
  not_read: readonly SurveyGap[],
): ComparedReading {
  return {
    file,
    read_at,
    credentials: [...new Set(owners.map(({ credential }) => credential))].filter((name) => name !== ''),
    not_read,
  }
}

/** The comparison as tables, one for each part of the report. */
export function changesDocument(changes: ReportChanges): ReportDocument {
  const { report, added, gone, changed, unknown, from, to, limits } = changes
  const rows = [
    ...added.map((fact) => ({ fact, cells: ['+', ...subject(fact), '', fact.value] })),
    ...gone.map((fact) => ({ fact, cells: ['-', ...subject(fact), fact.value, ''] })),
    ...changed.map((fact) => ({ fact, cells: ['~', ...subject(fact), fact.before, fact.after] })),
  ]
  const parts = [...new Set(rows.map(({ fact }) => fact.part))].map(
    (heading): ReportPart => ({
      heading,
      columns: [
        { head: '' },
        { head: 'PLACE', gives: true },
        { head: 'WHAT', gives: true },
        { head: 'BEFORE', gives: true },
        { head: 'NOW', gives: true },
      ],
      rows: rows.filter(({ fact }) => fact.part === heading).map(({ cells }) => cells),
    }),
  )
  const beyond: ReportPart = {
    heading: 'Not known: one reading tells nothing of it',
    columns: [
      { head: 'PLACE', gives: true },
      { head: 'WHAT', gives: true },
      { head: 'WHY', gives: true },
    ],
    rows: unknown.map((fact) => [...subject(fact), fact.reason]),
  }
  const readings: ReportPart = {
    heading: 'Readings',
    columns: [
      { head: 'FILE', gives: true },
      { head: 'READ AT' },
      { head: 'CREDENTIAL' },
      { head: 'NOT READ', align: 'right' },
    ],
    rows: [from, to].map(({ file, read_at, credentials, not_read }) => [
      file,
      read_at,
      credentials.join(', '),
      String(not_read.length),
    ]),
  }
  return { title: `report ${report}`, parts: [...parts, beyond, readings], limits, last: lastLine(changes) }
}

/** Whether something may have changed that one of the readings does not show. */
export function isPartly({ from, to, unknown }: ReportChanges): boolean {
  return unknown.length > 0 || from.not_read.length > 0 || to.not_read.length > 0
}

function lastLine(changes: ReportChanges): string {
  const { added, gone, changed, unknown } = changes
  const more = unknown.length > 0 ? ` ${unknown.length} not known.` : ''
  if (added.length + gone.length + changed.length > 0) {
    return `Changed: ${added.length} added, ${gone.length} gone, ${changed.length} changed.${more}`
  }
  if (!isPartly(changes)) return 'Nothing changed.'
  const { from, to } = changes
  const gaps = count(from.not_read.length + to.not_read.length, 'place')
  return `Nothing changed in what both readings hold; ${gaps} could not be read.${more}`
}

function subject({ place, file = '', what }: Omit<ReportFact, 'value'>): readonly [string, string] {
  return [`${place} ${file.replace(/^\.github\//, '')}`.trim(), what]
}
