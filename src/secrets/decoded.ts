/** A text with its escapes undone, and the place of each of its letters in the original. */
export interface Decoded {
  readonly text: string
  /** Of a UTF-16 unit, or behind the last one: its place in the original. */
  placeOf(at: number): number
}

/** Units that equal those of the original, one by one from a place on; or the letter of one escape there. */
interface Stretch {
  /** Its first place in the decoded text. */
  readonly from: number
  readonly place: number
  readonly escaped: boolean
}

/** The ways in which a text may be written otherwise. */
export type Escape = 'html' | 'json' | 'percent' | 'break'

interface Decoding {
  readonly escapes: RegExp
  letterOf(match: readonly (string | undefined)[]): string
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

const READINGS: Readonly<Record<Escape, Decoding>> = {
  /** `&lt;`, `&#39;` and `&#x27;`: a page that repeats a sent text. */
  html: { escapes: /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi, letterOf: ofHtml },
  /** `\u003c`, `\"` and the like: JSON of a writer that escapes more than JSON must; `\u{a0}` as reports write it. */
  json: { escapes: /\\(?:u([\da-f]{4})|u\{([\da-f]{1,6})\}|(["\\/bfnrt]))/gi, letterOf: ofJson },
  /** `%3A`: addresses, URLs in part, and commands of GitHub's runner. */
  percent: {
    // One letter of UTF-8 each.
    escapes:
      /%[0-7][\da-f]|%[cd][\da-f](?:%[89ab][\da-f])|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-4](?:%[89ab][\da-f]){3}/gi,
    letterOf: ([escaped = '']) => Buffer.from(escaped.replaceAll('%', ''), 'hex').toString(),
  },
  /** A long line of a report, broken behind a comma or where two blanks part it. */
  break: { escapes: /(?<=(,)?)\n[ !+-]? {3,}/g, letterOf: ([, comma]) => (comma === undefined ? '  ' : ' ') },
}

/** The readings of a text in which something is escaped, one level and two; none where nothing is. */
export function decodings(text: string, escapes: Iterable<Escape>): readonly Decoded[] {
  const readings = [...escapes].map((way) => READINGS[way])
  const each = (of: Decoded): readonly Decoded[] => readings.flatMap((reading) => decode(of, reading) ?? [])
  const once = each({ text, placeOf: (at) => at })
  return [...once, ...once.flatMap(each)]
}

function decode(of: Decoded, { escapes, letterOf }: Decoding): Decoded | undefined {
  const stretches: Stretch[] = []
  let text = ''
  let copied = 0
  const copy = (to: number): void => {
    stretches.push({ from: text.length, place: copied, escaped: false })
    text += of.text.slice(copied, to)
  }
  for (const match of of.text.matchAll(escapes)) {
    copy(match.index)
    stretches.push({ from: text.length, place: match.index, escaped: true })
    copied = match.index + match[0].length
    text += letterOf(match)
  }
  if (copied === 0) return undefined
  copy(of.text.length)
  const placeOf = (at: number): number => {
    const { from, place, escaped } = stretchAt(stretches, at)
    return of.placeOf(escaped ? place : place + at - from)
  }
  return { text, placeOf }
}

/** The last that begins there or before; of several that begin at one place, all but the last are empty. */
function stretchAt(stretches: readonly Stretch[], at: number): Stretch {
  let [low, high] = [0, stretches.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((stretches[middle]?.from ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return stretches[low] ?? { from: 0, place: 0, escaped: false }
}

function ofHtml([, decimal, hex, name = '']: readonly (string | undefined)[]): string {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return Number.isNaN(code) ? (NAMED[name.toLowerCase()] ?? '') : ofCode(code)
}

function ofJson([, hex, braced, letter = '']: readonly (string | undefined)[]): string {
  if (braced !== undefined) return ofCode(Number.parseInt(braced, 16))
  return hex === undefined ? (SHORT[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16))
}

function ofCode(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
}
