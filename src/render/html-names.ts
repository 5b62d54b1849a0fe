import { type Html, html, NOTHING } from './html-escape.ts'

/** The most names that are shown at once; the others are a click away. */
const AT_A_GLANCE = 10

/** From so many names on, those that are folded away are one text: a browser takes far longer for as many elements. */
const MANY = 200

/** How a list shows a name: as an element, with its links, and in a text of very many. */
export interface NameForms<T> {
  readonly element: (name: T) => Html
  readonly text: (name: T) => string
}

/** Names as a list: the first of them open, the others folded away under their count. */
export function namesHtml<T>(names: readonly T[], { element, text }: NameForms<T>): Html {
  const rest = names.slice(AT_A_GLANCE)
  if (rest.length < 3) return list(names.map(element))
  const others = rest.length < MANY ? list(rest.map(element)) : html`<p class="text">${rest.map(text).join(', ')}</p>`
  return html`${list(names.slice(0, AT_A_GLANCE).map(element))}<details class="more"><summary>and ${rest.length.toLocaleString('en-US')} more</summary>${others}</details>`
}

/** All names folded away under one line. */
export function foldedNames(summary: string, names: readonly Html[]): Html {
  if (names.length === 0) return NOTHING
  return html`<details class="folded"><summary>${summary}</summary>${list(names)}</details>`
}

function list(names: readonly Html[]): Html {
  return html`<ul class="names">${names.map((name) => html`<li>${name}</li>`)}</ul>`
}
