import type { Plan } from '../core/plan.ts'
import { admittingHtml } from './html-admitting.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { SIDES } from './html-field.ts'
import { foldedNames } from './html-names.ts'
import { type Matrix, type MatrixCell, type MatrixColumn, type MatrixRow, viewMatrices } from './matrix.ts'
import { count } from './row.ts'
import type { Wording } from './wording.ts'

/** From so many cells on, only changes are shown at first. */
const LARGE = 1000

/** A cell is recognized by its sign, and also by its colour. */
const CELLS: Readonly<Record<MatrixCell, Readonly<Record<MatrixColumn['change'], Html>>>> = {
  gains: both(html`<td class="g">+</td>`),
  loses: both(html`<td class="l">−</td>`),
  keeps: { changes: html`<td class="k">•</td>`, stays: html`<td class="k same">•</td>` },
  none: { changes: html`<td></td>`, stays: html`<td class="same"></td>` },
}

function both(cell: Html): Readonly<Record<MatrixColumn['change'], Html>> {
  return { changes: cell, stays: cell }
}

/** A table of access for each owner, in parts, with changes highlighted; empty where the plan has no access. */
export function* matricesHtml(plan: Plan, wording: Wording): Iterable<Html> {
  const matrices = viewMatrices(plan)
  const admitting = admittingHtml(plan, wording)
  const open = openHtml(plan)
  if (matrices.length === 0 && admitting === NOTHING && open === NOTHING) return
  yield html`
<section id="access" class="section">
<h2>Who may use what</h2>
<p class="legend"><span class="key g">+</span> gains access <span class="key l">−</span> loses it <span class="key k">•</span> keeps it</p>`
  for (const [index, matrix] of matrices.entries()) yield* matrixHtml(matrix, index, wording)
  yield html`${open}${admitting}
</section>`
}

/** The addresses that stay open to all, without the names of all. */
function openHtml({ reach }: Plan): Html {
  const { open = [] } = reach ?? {}
  if (open.length === 0) return NOTHING
  const words = `${count(open.length, 'address', 'addresses')} open to all repositories by a mode, before and after; the repositories are not listed`
  return html`
${foldedNames(
  words,
  open.map((address) => html`<code>${address}</code>`),
)}`
}

function* matrixHtml(matrix: Matrix, index: number, wording: Wording): Iterable<Html> {
  const { owner, columns, sections, repositories } = matrix
  const rows = sections.flatMap((section) => section.rows)
  const changing = rows.filter(({ change }) => change === 'changes').length
  const [before, after] = SIDES[wording]
  const words = `${count(rows.length, 'row')}, ${count(repositories, 'repository', 'repositories')}; ${
    changing === 0 ? 'nobody gains or loses access' : `access changes in ${count(changing, 'row')}`
  }`
  const only = changing > 0 && rows.length * columns.length >= LARGE ? html` checked` : NOTHING
  yield html`
<div class="matrix">
<h3 id="access-${index}">${owner}</h3>
<p class="why">${words}</p>
<div class="tools"><label><input type="checkbox" class="only"${only}> Only what changes</label><label class="scripted" hidden>Row <input type="search" class="find-row" size="16"></label><label class="scripted" hidden>Repository <input type="search" class="find-column" size="16"></label></div>
<div class="scroll" role="region" aria-labelledby="access-${index}" tabindex="0">
<table><caption>Which repositories of ${owner} may use what, before and after</caption><thead><tr><th scope="col" class="corner">May be used by</th><th scope="col" class="total" title="${before} → ${after.toLowerCase()}">Total</th>${columns.map(columnHtml)}</tr></thead>`
  for (const { address, rows: own } of sections) {
    yield html`
<tbody${own.some(({ change }) => change === 'changes') ? NOTHING : html` class="same"`}><tr class="family"><th scope="rowgroup" colspan="${columns.length + 2}"><code>${address}</code></th></tr>`
    for (const row of own) yield rowHtml(row, columns)
    yield html`</tbody>`
  }
  yield html`
</table>
</div>${groupsHtml(columns)}
</div>`
}

function columnHtml({ names, visibility, change }: MatrixColumn): Html {
  const [first = ''] = names
  const more = names.length > 1 ? html` <b>+${names.length - 1}</b>` : NOTHING
  const open = visibility === 'public' ? html`<strong class="pill public">public</strong> ` : NOTHING
  const same = change === 'stays' ? html` class="same"` : NOTHING
  return html`<th scope="col"${same} data-names="${names.join(' ')}" title="${first}"><span>${open}<code>${first}</code>${more}</span></th>`
}

function rowHtml(row: MatrixRow, columns: readonly MatrixColumn[]): Html {
  const { name, before, after, cells, change } = row
  const same = change === 'stays' ? html` class="same"` : NOTHING
  const total = before === after ? html`${after}` : html`${before} → <b>${after}</b>`
  return html`
<tr${same}><th scope="row"><code title="${name}">${name}</code></th><td class="total">${total}</td>${cells.map(
    (cell, index) => CELLS[cell][columns[index]?.change ?? 'changes'],
  )}</tr>`
}

/** The repositories of each column that stands for several. */
function groupsHtml(columns: readonly MatrixColumn[]): Html {
  const groups = columns.filter(({ names }) => names.length > 1)
  if (groups.length === 0) return NOTHING
  const words = `${count(groups.length, 'column')} of several repositories that have the same in every row`
  return html`
<details class="columns"><summary>${words}</summary>${groups.map(({ names, visibility }) => {
    const [first = '', ...others] = names
    const kind = visibility === 'public' ? ' public' : ''
    return foldedNames(
      `${first} and ${count(others.length, `other${kind} repository`, `other${kind} repositories`)}`,
      names.map((name) => html`<code>${name}</code>`),
    )
  })}</details>`
}
