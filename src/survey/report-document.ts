import { html, NOTHING } from '../render/html-escape.ts'
import { code, tableRow } from '../render/markdown-text.ts'
import { type Line, paintLines, span, type TextStyle } from '../render/paint.ts'
import { plainPage, plainTable } from '../render/plain-page.ts'
import { renderTable, type TableColumn } from '../render/table.ts'

/** A part of a report: a table, or lines to copy. */
export interface ReportPart {
  readonly heading: string
  /** Its subject, where that comes from a file or from GitHub. */
  readonly about?: string | undefined
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly string[])[]
  /** How many rows were left out after these. */
  readonly more?: number
  /** The sentence in place of a table without rows; the part is left out where there is none. */
  readonly none?: string | undefined
}

/** A report as people read it, in any format. */
export interface ReportDocument {
  /** The command, such as `report actions-used`. */
  readonly title: string
  readonly parts: readonly ReportPart[]
  /** Where its knowledge ends, in sentences. */
  readonly limits: readonly string[]
  /** For scripts, too. */
  readonly last: string
}

/** For a terminal. */
export function reportText(
  { parts, limits, last }: ReportDocument,
  style: TextStyle & { readonly width: number | undefined },
): string {
  const blank: Line = []
  const texts = shownParts(parts).map(({ heading, about, columns, rows, none }) => {
    const subject = about === undefined ? [] : [span(` ${about}`)]
    const head = paintLines([[span(heading, 'strong'), ...subject]], style)
    const body = rows.length > 0 ? renderTable(columns, rows, style) : paintLines([[span(none ?? '')]], style)
    return `${head}${body}${paintLines([blank], style)}`
  })
  const notes = limits.map((each): Line => [span(each, 'dim')])
  return `${texts.join('')}${paintLines([...notes, [span(last, 'strong')]], style)}`
}

/** For a job's summary or a comment: each text from elsewhere is a code span. */
export function reportMarkdown({ title, parts, limits, last }: ReportDocument): string {
  const tables = shownParts(parts).map(({ heading, about, columns, rows, none, more = 0 }) => {
    const title = about === undefined ? heading : `${heading} ${code(about)}`
    const head = `| ${columns.map((column) => column.head.toLowerCase()).join(' | ')} |`
    const rule = `|${columns.map(({ align }) => (align === 'right' ? '--:' : '---')).join('|')}|`
    const body = rows.map(tableRow)
    const left = more === 0 ? [] : ['', `… ${more} more`]
    return [`### ${title}`, '', ...(rows.length > 0 ? [head, rule, ...body] : [none ?? '']), ...left, ''].join('\n')
  })
  const notes = limits.map((each) => `- ${each}`)
  return [`## octoform ${title}`, '', ...tables, ...notes, '', `**${last}**`, ''].join('\n')
}

function shownParts(parts: readonly ReportPart[]): readonly ReportPart[] {
  return parts.filter(({ rows, none, more = 0 }) => rows.length + more > 0 || none !== undefined)
}

/** One page that needs nothing beside it. */
export function reportHtml({ title, parts, limits, last }: ReportDocument): string {
  const sections = shownParts(parts).map(({ heading, about, columns, rows, none = '' }) => {
    const heads = columns.map(({ head }) => head)
    return html`<h2>${about === undefined ? heading : html`${heading} ${about}`}</h2>
${rows.length > 0 ? plainTable(heads, rows) : html`<p>${none}</p>`}
`
  })
  const notes = limits.map((each) => html`<li>${each}</li>`)
  const body = html`<p><strong>${last}</strong></p>
${sections}${notes.length === 0 ? NOTHING : html`<h2>Where this ends</h2><ul>${notes}</ul>`}`
  return plainPage(`octoform ${title}`, body)
}
