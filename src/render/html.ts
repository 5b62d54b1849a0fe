import type { Plan } from '../core/plan.ts'
import { viewCounts } from './counts.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { filterHtml } from './html-filter.ts'
import { type HtmlFacts, headerHtml } from './html-header.ts'
import { openLinks, type PageLinks } from './html-link.ts'
import { matricesHtml } from './html-matrix.ts'
import { pageHtml } from './html-page.ts'
import { changeHtml, noteHtml, type RowStyle } from './html-row.ts'
import { type ChangeRow, FOREMOST, type Section, type SectionName } from './row.ts'
import { sectionSize } from './section-size.ts'
import { type PlanView, viewPlan } from './view.ts'
import type { Wording } from './wording.ts'

/** The sections above the changes, which readers must not miss, and those after them, folded away. */
const FIRST: readonly SectionName[] = [...FOREMOST, 'warnings']
const LAST: readonly SectionName[] = ['values_needed', 'secrets', 'archived', 'left_alone', 'left_out']

/** Of so many rows, those out of sight are laid out only when they come into it. */
const MANY = 200

/**
 * A plan as a self-contained page, in parts: nothing is fetched, and the policy in its head lets nothing run but its own script.
 * It can be read without the script, which only filters rows.
 * @param hash SHA-256 in lower-case hexadecimal
 */
export function renderHtml(
  plan: Plan,
  wording: Wording,
  facts: HtmlFacts,
  hash: (text: string) => string,
): Iterable<string> {
  const view = facts.audience === 'full' ? viewPlan(plan, wording) : viewCounts(plan, wording)
  return pageHtml({ title: view.last, body: bodyHtml(plan, view, facts), script: 'filter' }, hash)
}

function* bodyHtml(plan: Plan, view: PlanView, facts: HtmlFacts): Iterable<Html> {
  const { sections, wording } = view
  const [first, changes, last] = [
    sections.filter(({ name }) => FIRST.includes(name)),
    sections.filter(({ name }) => !FIRST.includes(name) && !LAST.includes(name)),
    sections.filter(({ name }) => LAST.includes(name)),
  ]
  const rows = changes.flatMap((section) => section.rows).filter((row): row is ChangeRow => row.kind === 'change')
  const anchors = anchorsOf(rows)
  const links = openLinks(plan, facts)
  yield html`${headerHtml(plan, view, facts)}
<main>
${first.map((section) => notesHtml(section, 'open', links))}
${filterHtml(rows)}
<p id="nothing" class="empty" hidden>Nothing passes this filter.</p>
`
  for (const section of changes) yield* changesHtml(section, anchors, { wording, links })
  yield html`
`
  if (facts.audience === 'full') yield* matricesHtml(plan, { wording, links })
  yield html`
${last.map((section) => notesHtml(section, 'folded', links))}
</main>`
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

function* changesHtml(section: Section, anchors: ReadonlyMap<string, string>, style: RowStyle): Iterable<Html> {
  const { name, title, rows } = section
  yield html`
<section id="${name}" class="section ${name}">
<h2>${title} <span class="n">${sectionSize(section)}</span></h2>
<ol class="changes${rows.length > MANY ? ' many' : ''}">`
  for (const row of rows) {
    yield row.kind === 'note'
      ? noteHtml(row, style.links)
      : changeHtml(row, anchors.get(row.addresses[0] ?? '') ?? '', style)
  }
  yield html`
</ol>
</section>`
}

function notesHtml({ name, title, rows }: Section, state: 'open' | 'folded', links: PageLinks): Html {
  const notes = html`<ul class="notes">${rows.map((row) => (row.kind === 'note' ? noteHtml(row, links) : NOTHING))}
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
