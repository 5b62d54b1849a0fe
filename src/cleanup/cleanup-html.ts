import { html, NOTHING } from '../render/html-escape.ts'
import type { CleanupPlan } from './cleanup-plan.ts'
import { cleanupLastLine, HEADS, rowsOf } from './cleanup-text.ts'

const STYLE = html`
body{font:1rem/1.5 system-ui,sans-serif;margin:2rem;color:#1f2328;background:#fff}
table{border-collapse:collapse}
th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #d1d9e0}
main{overflow-x:auto}
@media(prefers-color-scheme:dark){body{color:#f0f6fc;background:#0d1117}th,td{border-color:#3d444d}}
@media print{body{margin:0}}`

/** One page that needs nothing beside it: counts and bytes of each repository and rule. */
export function cleanupHtml(plan: CleanupPlan): string {
  const rows = rowsOf(plan).map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)
  const unread = plan.not_read.map(({ scope, reason }) => html`<li>${scope}: ${reason}</li>`)
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>octoform cleanup</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><main><h1>octoform cleanup</h1><p>${cleanupLastLine(plan)}</p>
<table><thead><tr>${HEADS.map((head) => html`<th scope="col">${head.toLowerCase()}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>
${unread.length === 0 ? NOTHING : html`<h2>Not read</h2><ul>${unread}</ul>`}
</main></body></html>
`
  return markup
}
