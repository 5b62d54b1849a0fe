import { parseMarker } from '../../src/render/marker.ts'
import { CANARY } from './hostile-world.ts'
import { splitMarkdown } from './markdown-code.ts'

/**
 * The parts of an output that could be more than text. All of it is written apart from the code under test, on purpose:
 * from the documented behaviour of terminals, GitHub's runner, GitHub's markdown and browsers.
 */

/** Code points that move a cursor, reorder a line or do not show. */
export function terminalFaults(output: string): readonly string[] {
  const found: string[] = []
  for (const line of output.split('\n')) {
    const points = [...line].map((character) => character.codePointAt(0) ?? 0).filter(isUnseen)
    if (points.length > 0) found.push(`${points.map((point) => `U+${point.toString(16)}`).join(' ')} in ${line}`)
  }
  return found
}

function isUnseen(point: number): boolean {
  const isControl = point < 0x20 || (point >= 0x7f && point <= 0xa0) || point === 0xad || point === 0x61c
  const isHidden = (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202f) || point === 0x3164
  const isInvisible = (point >= 0x2060 && point <= 0x206f) || point === 0xfeff || point >= 0xe0000
  return isControl || isHidden || isInvisible || (point >= 0xd800 && point <= 0xdfff)
}

/** Blanks that .NET's `TrimStart` takes away, and characters that a comparison by culture does not see at all. */
const IGNORED = /^[\s\u0085\u200b-\u200f\u2060\ufeff\u00ad]+/u

/** Our own annotations, with everything in them escaped. */
const ANNOTATION =
  /^::(?:error|warning|notice) (?:file=[^:,\r\n]*,)?(?:line=\d+,)?(?:col=\d+,)?title=octoform(?:%3A [A-Za-z ]+)?::(?:[^%]|%25)*$/

/** Our own groups, which fold a part of a log under its heading. */
const GROUP = /^::(?:group::[A-Z][A-Za-z0-9 ,()-]*|endgroup::)$/

/**
 * Lines that the runner would take for a command, our own annotations on stderr and groups on stdout aside: those that begin with `::`, blanks
 * apart, and those with `##[` anywhere. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function logFaults({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): readonly string[] {
  return [
    ...commandLines(stdout).filter((line) => !GROUP.test(line)),
    ...commandLines(stderr).filter((line) => !ANNOTATION.test(line)),
    ...terminalFaults(stdout),
    ...terminalFaults(stderr),
  ]
}

export function commandLines(output: string): readonly string[] {
  return output
    .split(/\r\n|[\n\r]/)
    .filter((line) => line.replace(IGNORED, '').startsWith('::') || line.includes('##['))
}

/** Foreign text in the markdown outside of code, and text that breaks out of its first line. */
export function markdownFaults(markdown: string): readonly string[] {
  const found: string[] = [...terminalFaults(markdown), ...commandLines(markdown)]
  const [first = '', ...rest] = markdown.split('\n')
  const hasMarker = parseMarker(first) !== undefined
  if (hasMarker && /<|>|--/.test(first.slice('<!--'.length, -'-->'.length))) found.push(first)
  const { outside } = splitMarkdown((hasMarker ? rest : [first, ...rest]).join('\n'))
  const own = outside
    .replaceAll(/<fence (?:diff|text)>|<span>|<\/?details>|<\/?summary>/g, '')
    .replaceAll(/\]\(<https:\/\/github\.example\.com\/[^<>\\`\s]*>\)/g, '](link)')
  for (const line of own.split('\n')) {
    const signs = [CANARY, '<', '>', '@', '`', '|', '#1', '&', 'http', 'www.', '$', '~~', '[['].filter((sign) =>
      line.includes(sign),
    )
    if (signs.length > 0) found.push(`${signs.join(' ')} in ${line}`)
  }
  return found
}

/** Everything that a page is made of: elements, and their attributes. */
const ELEMENTS = new Set(
  [
    'html head meta title style body header main nav section form p h1 h2 h3 ul ol li dl dt dd div span code del ins',
    'strong b a table caption thead tbody tr th td details summary label input select optgroup option button output script',
    'time br i',
  ]
    .join(' ')
    .split(' '),
)
const ATTRIBUTES = new Set(
  [
    'lang charset http-equiv content name class id href rel title type size placeholder autocomplete spellcheck hidden role',
    'aria-label aria-labelledby tabindex value for label scope colspan open checked data-action data-family data-scopes',
    'data-count data-names datetime data-scope data-address data-cells data-first data-size data-one data-many data-rows data-columns',
  ]
    .join(' ')
    .split(' '),
)
/** Attributes that may hold a text of somebody else's, and cannot act on it. */
const TEXTUAL = new Set(['title', 'value', 'data-scopes', 'data-family', 'data-names', 'data-address', 'data-first'])

/** A line of a file of the commit, whose path is encoded, or an owner or repository: what others name leads nowhere else. */
const OWN_PLACE =
  /^https:\/\/github\.example\.com\/(?:acme\/admin\/blob\/[0-9a-f]{40}\/[^"<>\s?]*#L\d+|[\w.-]+(?:\/[\w.-]+)?)$/

/** Markup that we did not write: an element, an attribute, a link elsewhere, or text where a page reads something else. */
export function pageFaults(page: string): readonly string[] {
  const found: string[] = [...terminalFaults(page), ...commandLines(page)]
  const rest = page
    .replace('<!doctype html>', '')
    .replace(/<(style|script)>([\s\S]*?)<\/\1>/g, (_, name: string, text: string) => {
      if (text.includes(CANARY)) found.push(`a text of others in <${name}>`)
      return `<${name}></${name}>`
    })
  if (page.split('<script>').length !== 2) found.push('another script')
  for (const piece of rest.split('<').slice(1)) found.push(...tagFaults(piece))
  if (!/^\s*$/.test(rest.slice(0, rest.indexOf('<')))) found.push('text before the page')
  return found
}

function tagFaults(piece: string): readonly string[] {
  const [, tag, name = '', attributes = ''] = /^(\/?([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>`]*")?)*))>/.exec(piece) ?? []
  if (tag === undefined) return [`no tag: <${piece}`]
  const found: string[] = []
  if (!ELEMENTS.has(name)) found.push(`the element ${name}`)
  for (const [, key = '', , value = ''] of attributes.matchAll(/ ([a-z-]+)(="([^"]*)")?/g)) {
    if (!ATTRIBUTES.has(key)) found.push(`the attribute ${key} of ${name}`)
    if (key === 'href' && !/^(?:#|https:\/\/github\.example\.com\/)/.test(value)) found.push(`a link to ${value}`)
    if (value.includes(CANARY) && !TEXTUAL.has(key) && !(key === 'href' && OWN_PLACE.test(value))) {
      found.push(`${key}="${value}"`)
    }
  }
  return found
}

/** All texts in a JSON document, keys too. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)])
}
