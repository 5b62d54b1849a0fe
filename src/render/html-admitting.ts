import type { Plan } from '../core/plan.ts'
import type { AdmittingRow } from '../core/reach-table.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { SIDES } from './html-field.ts'
import type { Wording } from './wording.ts'

/** A table of the environments that change, with the branches that may deploy to each; those of public repositories first. */
export function admittingHtml({ reach }: Plan, wording: Wording): Html {
  const rows = reach?.admitting ?? []
  if (rows.length === 0) return NOTHING
  const rank = ({ visibility }: AdmittingRow): number => (visibility === 'public' ? 0 : 1)
  const sorted = [...rows].sort((left, right) => rank(left) - rank(right))
  const [before, after] = SIDES[wording]
  return html`
<h3 id="access-branches">Which branches and tags may deploy where</h3>
<div class="scroll" role="region" aria-labelledby="access-branches" tabindex="0">
<table><caption>The environments that change, and the branches and tags that may deploy to each</caption><thead><tr><th scope="col">Environment</th><th scope="col">${before}</th><th scope="col">${after}</th></tr></thead><tbody>${sorted.map(rowHtml)}</tbody></table>
</div>`
}

function rowHtml({ address, visibility, before, after }: AdmittingRow): Html {
  const open = visibility === 'public' ? html`<strong class="pill public">public</strong> ` : NOTHING
  const now = before === after ? html`${shown(after)}` : html`<b>${shown(after)}</b>`
  return html`
<tr><th scope="row">${open}<code>${address}</code></th><td>${shown(before)}</td><td>${now}</td></tr>`
}

function shown(words: string | null): string {
  return words ?? 'not there'
}
