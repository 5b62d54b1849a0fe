import { byText, ownerOfPlace } from '../core/address.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { ACTIONS, factsOf } from './html-row.ts'
import { LEVEL_PATTERNS } from './level-patterns.ts'
import type { ChangeRow, ChangeSymbol } from './row.ts'
import { sized } from './section-size.ts'

/** The bar that narrows the changes down. It works with the script alone, and is hidden without it. */
export function filterHtml(rows: readonly ChangeRow[]): Html {
  if (rows.length < 2) return NOTHING
  const facts = rows.map(factsOf)
  const total = rows.reduce((sum, { detail, addresses }) => sum + (detail === 'full' ? addresses.length : 0), 0)
  const scopes = sorted(facts.flatMap((row) => row.scopes))
  const families = sorted(facts.map(({ family }) => family))
  const symbols = (Object.keys(ACTIONS) as ChangeSymbol[]).filter((symbol) => rows.some((row) => row.symbol === symbol))
  return html`
<form id="filter" role="search" aria-label="Changes" hidden>
<label>Find <input type="search" id="find" size="22" placeholder="a name, a field, a file" autocomplete="off" spellcheck="false"></label>
<label>Scope <select id="scope"><option value="">every scope</option>${ownersHtml(scopes)}${levelsHtml(scopes)}<optgroup label="One scope">${scopes.map(
    (scope) => html`<option value="is ${scope}">${scope}</option>`,
  )}</optgroup></select></label>
<label>Family <select id="family"><option value="">every family</option>${families.map(
    (family) => html`<option value="is ${family}">${family}</option>`,
  )}</select></label>
<label>Action <select id="action"><option value="">every action</option>${symbols.map(
    (symbol) => html`<option value="is ${ACTIONS[symbol].name}">${symbol} ${ACTIONS[symbol].words}</option>`,
  )}</select></label>
<button type="reset" id="clear">Clear</button>
<output id="shown" for="find scope family action">${sized(total, 'change')}</output>
</form>`
}

/** A choice of everything below an owner, where there are several. */
function ownersHtml(scopes: readonly string[]): Html {
  const owners = sorted(scopes.flatMap((scope) => ownerOfPlace(scope) ?? []))
  if (owners.length < 2) return NOTHING
  return html`<optgroup label="All of one owner">${owners.map((owner) => html`<option value="of ${owner}">${owner}</option>`)}</optgroup>`
}

/** A choice of every scope of one level, where there are several. */
function levelsHtml(scopes: readonly string[]): Html {
  const levels = LEVEL_PATTERNS.filter(({ source }) => scopes.some((scope) => new RegExp(source).test(scope)))
  if (levels.length < 2) return NOTHING
  return html`<optgroup label="One level">${levels.map(({ name }) => html`<option value="all ${name}">all ${name}</option>`)}</optgroup>`
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort(byText)
}
