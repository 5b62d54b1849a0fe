import { html, NOTHING } from '../render/html-escape.ts'
import { code } from '../render/markdown-text.ts'
import { type Line, paintLines, span, type TextStyle } from '../render/paint.ts'
import { renderTable, type TableColumn } from '../render/table.ts'

/** A part of a report: a table, or lines to copy. */
export interface ReportPart {
  readonly heading: string
  /** Its subject, where that comes from a file or from GitHub. */
  readonly about?: string | undefined
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly string[])[]
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
  const tables = shownParts(parts).map(({ heading, about, columns, rows, none }) => {
    const title = about === undefined ? heading : `${heading} ${code(about)}`
    const head = `| ${columns.map((column) => column.head.toLowerCase()).join(' | ')} |`
    const rule = `|${columns.map(({ align }) => (align === 'right' ? '--:' : '---')).join('|')}|`
    const body = rows.map((row) => `| ${row.map((cell) => (cell === '' ? '' : cellOf(cell))).join(' | ')} |`)
    return [`### ${title}`, '', ...(rows.length > 0 ? [head, rule, ...body] : [none ?? '']), ''].join('\n')
  })
  const notes = limits.map((each) => `- ${each}`)
  return [`## octoform ${title}`, '', ...tables, ...notes, '', `**${last}**`, ''].join('\n')
}

/** A bar ends a cell in a code span too: https://github.github.com/gfm/#example-200 */
function cellOf(text: string): string {
  return code(text).replaceAll('|', '\\|')
}

function shownParts(parts: readonly ReportPart[]): readonly ReportPart[] {
  return parts.filter(({ rows, none }) => rows.length > 0 || none !== undefined)
}

const STYLE = html`
body{font:1rem/1.5 system-ui,sans-serif;margin:2rem;color:#1f2328;background:#fff}
table{border-collapse:collapse}
th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #d1d9e0}
main{overflow-x:auto}
@media(prefers-color-scheme:dark){body{color:#f0f6fc;background:#0d1117}th,td{border-color:#3d444d}}
@media print{body{margin:0}}`

/** One page that needs nothing beside it. */
export function reportHtml({ title, parts, limits, last }: ReportDocument): string {
  const sections = shownParts(parts).map(({ heading, about, columns, rows, none = '' }) => {
    const heads = columns.map(({ head }) => html`<th scope="col">${head.toLowerCase()}</th>`)
    const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)
    const table = html`<table><thead><tr>${heads}</tr></thead>
<tbody>${body}</tbody></table>`
    return html`<h2>${about === undefined ? heading : html`${heading} ${about}`}</h2>
${rows.length > 0 ? table : html`<p>${none}</p>`}
`
  })
  const notes = limits.map((each) => html`<li>${each}</li>`)
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>octoform ${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><main><h1>octoform ${title}</h1><p><strong>${last}</strong></p>
${sections}${notes.length === 0 ? NOTHING : html`<h2>Where this ends</h2><ul>${notes}</ul>`}
</main></body></html>
`
  return markup
}
