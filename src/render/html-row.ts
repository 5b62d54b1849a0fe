import { formatScope, ownerOfPlace, parseAddress } from '../core/address.ts'
import { formatSource } from '../core/diagnostic.ts'
import { countPublic } from './changes.ts'
import { countReached } from './count-reached.ts'
import { type Html, html, NOTHING } from './html-escape.ts'
import { fieldsHtml } from './html-field.ts'
import { linkHtml, type PageLinks } from './html-link.ts'
import { foldedNames, namesHtml } from './html-names.ts'
import { type AccessView, type ChangeRow, type ChangeSymbol, count, type NoteRow } from './row.ts'
import { ACCESS_WORDS, bringing } from './row-text.ts'
import type { Wording } from './wording.ts'

/** The name of each symbol for the filter and the style sheet. */
export const ACTIONS: Readonly<Record<ChangeSymbol, { readonly name: string; readonly words: string }>> = {
  '+': { name: 'create', words: 'create' },
  '~': { name: 'update', words: 'change' },
  '-': { name: 'delete', words: 'delete' },
  '!': { name: 'again', words: 'put a value again' },
}

/** The facts of a row that the filter uses: plain names, not yet escaped. */
export interface RowFacts {
  /** Each scope once. */
  readonly scopes: readonly string[]
  readonly family: string
}

/** The scopes and family of a row's changes. An address that cannot be read counts as a scope. */
export function factsOf(row: ChangeRow): RowFacts {
  const scopes = new Set<string>()
  let family = ''
  for (const address of row.addresses) {
    const parsed = parseAddress(address)
    scopes.add(parsed ? formatScope(parsed.scope) : address)
    family = parsed?.family ?? family
  }
  return { scopes: [...scopes], family }
}

/** How a page words its changes, and where it links to. */
export interface RowStyle {
  readonly wording: Wording
  readonly links: PageLinks
}

/**
 * A change, or many with the same content.
 * @param anchor the id of the row that holds the fields: this one's, or of the one that a brief row points to
 */
export function changeHtml(row: ChangeRow, anchor: string, { wording, links }: RowStyle): Html {
  const { scopes, family } = factsOf(row)
  const { name, words } = ACTIONS[row.symbol]
  const { text, names } = row.subject
  const id = row.detail === 'full' ? html` id="${anchor}"` : NOTHING
  const shown = row.detail === 'full' ? row.addresses.length : 0
  return html`
<li class="change ${name}"${id} data-action="${name}" data-family="${family}" data-scopes="${scopes.join(' ')}" data-count="${shown}" data-size="${row.addresses.length}">
<p class="head"><span class="symbol" title="${words}">${row.symbol}</span> <code class="subject">${subjectHtml(text, links)}</code> ${originHtml(row, anchor, links)}</p>
${foldedNames(
  names.length === 0 ? '' : `Which: ${count(names.length, 'name')}`,
  names.map((each) => html`<code>${each}</code>`),
)}${row.fields.length > 0 ? fieldsHtml(row.fields, wording) : NOTHING}${row.access ? accessHtml(row.access, row.addresses, { wording, links }) : NOTHING}${asideHtml('also', row.consequences)}${asideHtml('note', row.notes)}</li>`
}

/** An address leads to its repository, where it has one. */
function subjectHtml(text: string, links: PageLinks): Html {
  const scope = parseAddress(text)?.scope
  return linkHtml(html`${text}`, scope && links.repository(scope))
}

function originHtml(row: ChangeRow, anchor: string, links: PageLinks): Html {
  if (row.detail === 'brief') return html`<a class="why" href="#${anchor}">see above</a>`
  const { source, reason } = row
  const others = source && source.others > 0 ? ` and ${count(source.others, 'other place')}` : ''
  const place = source
    ? html`${linkHtml(html`<code class="source">${source.first}</code>`, links.place(source.place))}${others}`
    : NOTHING
  return html`<span class="why">${reason}${reason !== '' && source ? ' · ' : ''}${place}</span>`
}

function accessHtml(access: AccessView, addresses: readonly string[], { wording, links }: RowStyle): Html {
  const { repositories, direction } = access
  const words = ACCESS_WORDS[wording][direction]
  const by = bringing(access).trim()
  const opened = countPublic(access)
  const alone = repositories.length === 1
  const itself = access.of === 'itself' && alone
  const many = itself ? 'the repository itself' : countReached(repositories, access.address)
  const said = itself ? 'public' : `${opened} of them public`
  const publicly = opened === 0 || (alone && !itself) ? NOTHING : html` <strong class="pill public">${said}</strong>`
  // Names of several owners are not told apart: none of them has a link.
  const [owner, ...others] = new Set(addresses.map((address) => ownerOfPlace(address)))
  const names = namesHtml(repositories, {
    element: ({ repository, visibility }) => {
      const url = owner === undefined || others.length > 0 ? undefined : links.listed(owner, repository)
      const open = visibility === 'public' ? html` <strong class="pill public">public</strong>` : NOTHING
      return html`${linkHtml(html`<code>${repository}</code>`, url)}${open}`
    },
    text: ({ repository, visibility }) => `${repository}${visibility === 'public' ? ' (public)' : ''}`,
  })
  return html`<div class="access ${direction}"><p>${words} ${many}${publicly}</p>${itself ? NOTHING : names}${by === '' ? NOTHING : html`<p>${by}</p>`}</div>`
}

function asideHtml(label: string, texts: readonly string[]): Html {
  if (texts.length === 0) return NOTHING
  return html`<ul class="aside">${texts.map((text) => html`<li><b>${label}</b> ${text}</li>`)}</ul>`
}

/** A row of words. */
export function noteHtml(row: NoteRow, links: PageLinks): Html {
  const names =
    row.names.length === 0
      ? NOTHING
      : namesHtml(row.names, { element: (name) => html`<code>${name}</code>`, text: (name) => name })
  const hint = row.hint === null ? NOTHING : html`<p class="hint">${row.hint}</p>`
  const lines = row.lines === undefined ? NOTHING : html`<p><code class="exact">${row.lines.join('\n')}</code></p>`
  return html`
<li class="note"><p>${noteTextHtml(row, links)}</p>${names}${hint}${lines}</li>`
}

/** The place that a text begins with leads to its line. */
function noteTextHtml({ text, source }: NoteRow, links: PageLinks): Html {
  const place = source && formatSource(source)
  if (!source || place === undefined || !text.startsWith(place)) return html`${text}`
  return html`${linkHtml(html`${place}`, links.place(source))}${text.slice(place.length)}`
}
