import type { Plan } from '../core/plan.ts'
import { listedWord } from '../core/scope.ts'
import { admittingHtml } from './html-admitting.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { SIDES } from './html-field.ts'
import { cellsHtml, cellsText, columnHtml } from './html-matrix-cells.ts'
import { columnsHtml } from './html-matrix-columns.ts'
import { foldedNames } from './html-names.ts'
import { ACTIONS, type RowStyle } from './html-row.ts'
import { COLUMNS, type Matrix, type MatrixRow, viewMatrices } from './matrix.ts'
import { count } from './row.ts'
import { sized } from './section-size.ts'

/** From so many cells on, only changes are shown at first. */
const LARGE = 1000

/** The most cells that stand in the page: of more, the script draws as many as fit on a screen, which opens at once. */
const WRITTEN = 8000

/** A table of access for each owner, in parts, with changes highlighted; empty where the plan has no access. */
export function* matricesHtml(plan: Plan, style: RowStyle): Iterable<Html> {
  const matrices = viewMatrices(plan)
  const admitting = admittingHtml(plan, style.wording)
  const open = openHtml(plan)
  if (matrices.length === 0 && admitting === NOTHING && open === NOTHING) return
  yield html`
<section id="access" class="section">
<h2 id="access-title">Who may use what</h2>
<p class="legend"><span class="key g"></span> gains access <span class="key l"></span> loses access <span class="key k"></span> keeps access</p>`
  for (const [index, matrix] of matrices.entries()) yield* matrixHtml(matrix, index, style)
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

function* matrixHtml(matrix: Matrix, index: number, { wording, links }: RowStyle): Iterable<Html> {
  const { owner, columns, sections, repositories } = matrix
  const rows = sections.flatMap((section) => section.rows)
  const cells = rows.length * columns.length
  const changing = rows.filter(({ change }) => change === 'changes').length
  const isWritten = cells <= WRITTEN && columns.length <= COLUMNS
  const [before, after] = SIDES[wording]
  const [one, many] = LISTED[listedWord(owner)]
  const only = changing > 0 && cells >= LARGE ? html` checked` : NOTHING
  yield html`
<div class="matrix${isWritten ? '' : ' drawn'}" data-one="${one}" data-many="${many}">
<h3 id="access-${index}">${owner}</h3>
<p class="why">${sizeText(rows, sized(repositories, one, many))}</p>
<div class="tools"><label><input type="checkbox" class="only"${only}> Only what changes</label><label class="scripted" hidden>Row <input type="search" class="find-row" size="16"></label><label class="scripted" hidden>${capital(one)} <input type="search" class="find-column" size="16"></label>${isWritten ? NOTHING : turnsHtml(many)}</div>
<p><output class="part scripted" hidden></output></p>
${isWritten ? NOTHING : html`<p class="unscripted">${unwrittenText(cells)}</p>`}<p class="empty" hidden>Nothing of this table passes the filter.<span class="narrow" hidden> Only what changes is shown.</span></p>
<div class="scroll" role="region" aria-labelledby="access-title access-${index}" tabindex="0">
<table><caption>Which ${many} of ${owner} may use what, before and after</caption><thead><tr><th scope="col" class="corner">May be used by</th><th scope="col" class="total">${capital(many)}<br>${before.toLowerCase()} → ${after.toLowerCase()}</th>${
    isWritten ? columns.map(columnHtml) : NOTHING
  }</tr></thead>`
  for (const { address, rows: own } of sections) {
    const span = isWritten ? columns.length + 2 : 2
    yield html`
<tbody${own.some(({ change }) => change === 'changes') ? NOTHING : html` class="same"`}><tr class="family"><th scope="rowgroup" colspan="${span}"><code>${address}</code></th></tr>`
    for (const row of own) yield rowHtml(row, matrix, isWritten)
    yield html`</tbody>`
  }
  yield html`
</table>
</div>${columnsHtml(matrix, sized(repositories, one, many), links)}
</div>`
}

/** The ways to the cells that are not drawn: a screen has a hundred rows and forty columns of them. */
function turnsHtml(many: string): Html {
  return html`<span class="turn scripted" role="group" aria-label="Which part of the table is drawn" hidden><button type="button" data-rows="-1">Earlier rows</button><button type="button" data-rows="1">Later rows</button><button type="button" data-columns="-1">Earlier ${many}</button><button type="button" data-columns="1">Later ${many}</button></span>`
}

/** The things that have a column; below an enterprise some are single repositories of an organization. */
const LISTED = {
  repository: ['repository', 'repositories'],
  organization: ['organization', 'organizations'],
} as const

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function sizeText(rows: readonly MatrixRow[], columns: string): string {
  const changing = rows.filter(({ change }) => change === 'changes').length
  const changes = changing === 0 ? 'nobody gains or loses access' : `access changes in ${count(changing, 'row')}`
  return `${sized(rows.length, 'row')}, ${columns}; ${changes}`
}

function unwrittenText(cells: number): string {
  return `The table has ${cells.toLocaleString('en-US')} cells, which the script of this page draws part by part. Without it, the rows above name each repository that gains or loses access, and the numbers here tell how many have it.`
}

function rowHtml(row: MatrixRow, { columns }: Matrix, isWritten: boolean): Html {
  const { address, scope, family, action, name, before, after, change } = row
  const same = change === 'stays' ? html` class="same"` : NOTHING
  const total = before === after ? html`${after}` : html`${before} → <b>${after}</b>`
  return html`
<tr${same} data-address="${address}" data-scope="${scope}" data-family="${family}" data-action="${action === undefined ? '' : ACTIONS[action].name}" data-cells="${cellsText(row)}"><th scope="row"><code title="${name}">${name}</code></th><td class="total">${total}</td>${
    isWritten ? cellsHtml(row, columns) : NOTHING
  }</tr>`
}
