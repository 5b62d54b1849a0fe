import { type Html, html, NOTHING } from './html-escape.ts'

/** The most names that are shown at once; the others are a click away. */
const AT_A_GLANCE = 10

/** Names as a list: the first of them open, the others folded away under their count. */
export function namesHtml(names: readonly Html[]): Html {
  const more = names.length - AT_A_GLANCE
  if (more < 3) return list(names)
  return html`${list(names.slice(0, AT_A_GLANCE))}<details class="more"><summary>and ${more} more</summary>${list(names.slice(AT_A_GLANCE))}</details>`
}

/** All names folded away under one line. */
export function foldedNames(summary: string, names: readonly Html[]): Html {
  if (names.length === 0) return NOTHING
  return html`<details class="folded"><summary>${summary}</summary>${list(names)}</details>`
}

function list(names: readonly Html[]): Html {
  return html`<ul class="names">${names.map((name) => html`<li>${name}</li>`)}</ul>`
}
