import type { Plan } from '../core/plan.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { filterHtml } from './html-filter.ts'
import { type HtmlFacts, headerHtml } from './html-header.ts'
import { matricesHtml } from './html-matrix.ts'
import { changeHtml, noteHtml } from './html-row.ts'
import { SCRIPT } from './html-script.ts'
import { STYLE } from './html-style.ts'
import type { ChangeRow, Section, SectionName } from './row.ts'
import { type PlanView, viewPlan, type Wording } from './view.ts'

/** What stands above the changes because nobody should miss it, and what comes after them, folded away. */
const FIRST: readonly SectionName[] = ['approved', 'errors', 'not_read', 'ledger', 'held_back', 'refused', 'warnings']
const LAST: readonly SectionName[] = ['values_needed', 'secrets', 'archived', 'left_alone', 'left_out']

/** Of so many rows, those out of sight are laid out only when they come into it. */
const MANY = 200

/**
 * A plan as a page that stands by itself: nothing is fetched, and the policy in its head lets nothing run but its own
 * script. Reads without it; the script only narrows down what is shown.
 * @param hash SHA-256 in lower-case hexadecimal
 */
export function renderHtml(plan: Plan, wording: Wording, facts: HtmlFacts, hash: (text: string) => string): string {
  const view = viewPlan(plan, wording)
  const policy = [
    "default-src 'none'",
    `style-src '${sourceOf(STYLE, hash)}'`,
    `script-src '${sourceOf(SCRIPT, hash)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${view.last}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
${headerHtml(plan, view, facts)}
<main>
${bodyHtml(plan, view)}
</main>
<script>${{ markup: SCRIPT }}</script>
</body>
</html>
`
  return page.markup
}

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function sourceOf(text: string, hash: (text: string) => string): string {
  const bytes = hash(text).match(/../g) ?? []
  return `sha256-${btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))}`
}

function bodyHtml(plan: Plan, view: PlanView): Html {
  const { sections, wording } = view
  const [first, changes, last] = [
    sections.filter(({ name }) => FIRST.includes(name)),
    sections.filter(({ name }) => !FIRST.includes(name) && !LAST.includes(name)),
    sections.filter(({ name }) => LAST.includes(name)),
  ]
  const rows = changes.flatMap((section) => section.rows).filter((row): row is ChangeRow => row.kind === 'change')
  const anchors = anchorsOf(rows)
  return html`${first.map((section) => notesHtml(section, 'open'))}
${filterHtml(rows)}
<p id="nothing" class="empty" hidden>Nothing passes this filter.</p>
${changes.map((section) => changesHtml(section, anchors, wording))}
${matricesHtml(plan, wording)}
${last.map((section) => notesHtml(section, 'folded'))}`
}

/** The id of the row that holds each first address: that of a brief row too. */
function anchorsOf(rows: readonly ChangeRow[]): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>()
  for (const { addresses } of rows) {
    const [first = ''] = addresses
    if (!anchors.has(first)) anchors.set(first, `change-${anchors.size + 1}`)
  }
  return anchors
}

function changesHtml({ name, title, rows }: Section, anchors: ReadonlyMap<string, string>, wording: Wording): Html {
  return html`
<section id="${name}" class="section ${name}">
<h2>${title} <span class="n">${rows.length.toLocaleString('en-US')}</span></h2>
<ol class="changes${rows.length > MANY ? ' many' : ''}">${rows.map((row) => {
    return row.kind === 'note' ? noteHtml(row) : changeHtml(row, anchors.get(row.addresses[0] ?? '') ?? '', wording)
  })}
</ol>
</section>`
}

function notesHtml({ name, title, rows }: Section, state: 'open' | 'folded'): Html {
  const notes = html`<ul class="notes">${rows.map((row) => (row.kind === 'note' ? noteHtml(row) : NOTHING))}
</ul>`
  if (state === 'open') {
    return html`
<section id="${name}" class="section ${name}">
<h2>${title}</h2>
${notes}
</section>`
  }
  return html`
<details id="${name}" class="section rest"><summary><h2>${title}</h2></summary>
${notes}
</details>`
}
