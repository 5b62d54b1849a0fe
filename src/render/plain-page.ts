import { type Html, html } from './html-escape.ts'

const STYLE = html`
body{font:1rem/1.5 system-ui,sans-serif;margin:2rem;color:#1f2328;background:#fff}
table{border-collapse:collapse}
th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #d1d9e0}
main{overflow-x:auto}
@media(prefers-color-scheme:dark){body{color:#f0f6fc;background:#0d1117}th,td{border-color:#3d444d}}
@media print{body{margin:0}}`

/** A page that needs nothing beside it: a heading, and what stands under it. */
export function plainPage(heading: string, body: Html): string {
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${heading}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><main><h1>${heading}</h1>${body}
</main></body></html>
`
  return markup
}

/** A table of texts. */
export function plainTable(heads: readonly string[], rows: readonly (readonly string[])[]): Html {
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head.toLowerCase()}</th>`)}</tr></thead>
<tbody>${body}</tbody></table>`
}
