import { type Html, html, NOTHING } from './html-escape.ts'

/** The most names that are shown at once; the others are a click away. */
const AT_A_GLANCE = 10

/** A name of a list, with and without what makes it a link. */
export interface ListedName {
  readonly rich: Html
  readonly plain: Html
}

/** From so many names on, those that are folded away are one text: a browser takes far longer for as many elements. */
const MANY = 200

/** Names as a list: the first of them open, the others folded away under their count. */
export function namesHtml(names: readonly Html[]): Html {
  return listedNamesHtml(names.map((name) => ({ rich: name, plain: name })))
}

/** The same for names of which very many may be plain. */
export function listedNamesHtml(names: readonly ListedName[]): Html {
  const rich = (some: readonly ListedName[]): Html => list(some.map((name) => name.rich))
  const rest = names.slice(AT_A_GLANCE)
  if (rest.length < 3) return rich(names)
  const others = rest.length < MANY ? rich(rest) : textOf(rest)
  return html`${rich(names.slice(0, AT_A_GLANCE))}<details class="more"><summary>and ${rest.length.toLocaleString('en-US')} more</summary>${others}</details>`
}

/** All names folded away under one line. */
export function foldedNames(summary: string, names: readonly Html[]): Html {
  if (names.length === 0) return NOTHING
  return html`<details class="folded"><summary>${summary}</summary>${list(names)}</details>`
}

function list(names: readonly Html[]): Html {
  return html`<ul class="names">${names.map((name) => html`<li>${name}</li>`)}</ul>`
}

function textOf(names: readonly ListedName[]): Html {
  return html`<p class="text">${names.map(({ plain }, index) => html`${index === 0 ? '' : ', '}${plain}`)}</p>`
}
