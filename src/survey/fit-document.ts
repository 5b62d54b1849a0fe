import { byteLength, clip, link } from '../render/markdown-text.ts'
import { count } from '../render/row.ts'
import { type ReportDocument, reportMarkdown } from './report-document.ts'

/** GitHub shows no summary of a step that is longer than 1 MiB; the step may have written a little of its own. */
export const SUMMARY_BYTES = 1_000_000

/** The most rows of a table in the first try; then half as many, and so on. */
const MOST_ROWS = 4096

/** The report as Markdown of at most so many bytes: of long tables the first rows, with how many there are beside them. */
export function fittedMarkdown(document: ReportDocument, bytes: number): string {
  for (let rows = MOST_ROWS; rows >= 1; rows = Math.floor(rows / 2)) {
    const text = reportMarkdown(withRows(document, rows))
    if (byteLength(text) <= bytes) return text
  }
  return reportMarkdown(withRows({ ...document, limits: [] }, 0, 1))
}

/** @param most of the parts, where these are many */
function withRows(document: ReportDocument, rows: number, most = rows * 8): ReportDocument {
  const { parts } = document
  const shown = parts.slice(0, most).map((part) => {
    const left = part.rows.length - rows
    const kept = part.rows.slice(0, Math.max(0, rows)).map((row) => row.map(clip))
    return { ...part, rows: kept, ...(left > 0 ? { more: left } : {}) }
  })
  const lost = parts.length - shown.length
  return lost <= 0
    ? { ...document, parts: shown }
    : {
        ...document,
        parts: [...shown, { heading: `… ${count(lost, 'more table')}`, columns: [], rows: [], none: ' ' }],
      }
}

/** The report for readers that may not see its names: how many rows each table has. */
export function countedDocument(document: ReportDocument, runUrl: string | undefined): ReportDocument {
  const { parts } = document
  const headings = [...new Set(parts.map(({ heading }) => heading))]
  return {
    ...document,
    parts: headings.map((heading) => {
      const own = parts.filter((part) => part.heading === heading)
      const rows = own.reduce((sum, part) => sum + part.rows.length, 0)
      const [{ none = undefined } = {}] = own
      return { heading, columns: [], rows: [], none: rows === 0 ? none : `${count(rows, 'row')}.` }
    }),
    limits: [
      ...document.limits,
      `Names are left out because this repository is not private; ${link("the job's log", runUrl)} has them.`,
    ],
  }
}
