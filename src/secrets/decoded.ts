/** A text with its escapes undone, and where in the original each of its letters stands. */
export interface Decoded {
  readonly text: string
  /** Of each UTF-16 unit, and behind the last one: its place in the original. */
  readonly places: readonly number[]
}

/** `&lt;`, `&#39;` and `&#x27;`: a page that repeats what it was sent. */
const HTML = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi
/** `\u003c`, `\"` and the like: JSON of a writer that escapes more than JSON must. */
const JSON_TEXT = /\\(?:u([\da-f]{4})|(["\\/bfnrt]))/gi

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** The readings of a text in which something is escaped, one level and two; none where nothing is. */
export function decodings(text: string): readonly Decoded[] {
  const plain: Decoded = { text, places: [] }
  const once = [decode(plain, HTML, ofHtml), decode(plain, JSON_TEXT, ofJson)].flatMap((each) => each ?? [])
  const twice = once.flatMap((each) => [decode(each, HTML, ofHtml), decode(each, JSON_TEXT, ofJson)])
  return [...once, ...twice.flatMap((each) => each ?? [])]
}

function decode(
  of: Decoded,
  escapes: RegExp,
  letterOf: (match: readonly (string | undefined)[]) => string,
): Decoded | undefined {
  const place = (at: number): number => of.places[at] ?? at
  const places: number[] = []
  let text = ''
  let copied = 0
  const copy = (to: number): void => {
    text += of.text.slice(copied, to)
    for (let at = copied; at < to; at += 1) places.push(place(at))
  }
  for (const match of of.text.matchAll(escapes)) {
    copy(match.index)
    copied = match.index + match[0].length
    const letter = letterOf(match)
    for (let unit = 0; unit < letter.length; unit += 1) places.push(place(match.index))
    text += letter
  }
  if (copied === 0) return undefined
  copy(of.text.length)
  places.push(place(of.text.length))
  return { text, places }
}

function ofHtml([, decimal, hex, name = '']: readonly (string | undefined)[]): string {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  if (Number.isNaN(code)) return NAMED[name.toLowerCase()] ?? ''
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
}

function ofJson([, hex, letter = '']: readonly (string | undefined)[]): string {
  return hex === undefined ? (SHORT[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16))
}
