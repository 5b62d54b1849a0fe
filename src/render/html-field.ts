import type { FieldView } from './fields.ts'
import { type Html, html } from './html-escape.ts'
import { namesHtml } from './html-names.ts'
import { putText } from './text-field.ts'
import type { Shown } from './value.ts'
import type { Wording } from './wording.ts'

/** The headings of the two sides of a change. */
export const SIDES: Readonly<Record<Wording, readonly [before: string, after: string]>> = {
  plan: ['Before', 'After'],
  drift: ['Is', 'Should be'],
}

/** The fields of a change, their old and new values side by side. */
export function fieldsHtml(fields: readonly FieldView[], wording: Wording): Html {
  const [before, after] = SIDES[wording]
  return html`<table class="fields"><thead><tr><th scope="col">Field</th><th scope="col">${before}</th><th scope="col">${after}</th></tr></thead><tbody>${fields.map(
    (field) => fieldHtml(field, wording),
  )}</tbody></table>`
}

function fieldHtml(field: FieldView, wording: Wording): Html {
  const wider = field.wider ? html` <strong class="pill wide">wider</strong>` : html``
  const [before, after] = sidesOf(field, wording)
  return html`<tr><th scope="row"><code>${field.path}</code>${wider}</th><td>${before}</td><td>${after}</td></tr>`
}

const NONE = html`<span class="none">—</span>`
const UNSET = html`<span class="none">not set</span>`
const HIDDEN = html`<span class="none">not shown</span>`

function sidesOf(field: FieldView, wording: Wording): readonly [before: Html, after: Html] {
  switch (field.kind) {
    case 'whole':
      return field.side === 'before' ? [was(field.value), NONE] : [NONE, becomes(field.value)]
    case 'changed':
      return [
        field.before === null ? (field.hidden ? HIDDEN : UNSET) : was(field.before),
        field.after === null ? UNSET : becomes(field.after),
      ]
    case 'members':
      return [
        field.removed.length === 0 ? kept(field.unchanged) : html`${was(field.removed)}${keptBeside(field.unchanged)}`,
        field.added.length === 0 ? kept(field.unchanged) : html`${becomes(field.added)}${keptBeside(field.unchanged)}`,
      ]
    case 'put':
      return [NONE, html`${plain(field.value)} <span class="pill again">${putText(field, wording)}</span>`]
  }
}

function was(value: Shown): Html {
  return shown(value, (text) => html`<del>${text}</del>`)
}

function becomes(value: Shown): Html {
  return shown(value, (text) => html`<ins>${text}</ins>`)
}

function plain(value: Shown): Html {
  return shown(value, (text) => html`<code>${text}</code>`)
}

function shown(value: Shown, show: (text: string) => Html): Html {
  if (typeof value === 'string') return show(value)
  return value.length === 0 ? show('[]') : namesHtml(value, { element: show, text: (each) => each })
}

function kept(unchanged: number): Html {
  return unchanged === 0 ? NONE : html`<span class="none">${unchanged} unchanged</span>`
}

function keptBeside(unchanged: number): Html {
  return unchanged === 0 ? html`` : html`<span class="none beside">and ${unchanged} unchanged</span>`
}
