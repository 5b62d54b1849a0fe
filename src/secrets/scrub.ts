import { decodings, type Escape } from './decoded.ts'

/** Finds values in text, in the forms in which they usually get there. */
export interface Scrubber {
  /** From now on this value is replaced too. */
  add(value: string): void
  scrub(text: string): string
}

/**
 * Shorter texts are left in place. Replacing every `1` or `no` would make the output illegible, break the lines that
 * programs look for, and reveal the value by its gaps; three characters are no secret to begin with.
 */
const SHORTEST = 4
/** A piece of base64 that begins or ends inside a group of characters is looked for from this length on. */
const SHORTEST_PIECE = 8
const MASK = '***'
/** The mark at the end of a shortened text. */
const CUT = /^(?: ?…|\.\.\.)/
/** A report breaks long lines there, and indents the rest. */
const BREAKABLE = /, | {2}/

/** Starts without any value. Text is scanned once, however many values there are. */
export function makeScrubber(): Scrubber {
  const byStart = new Map<string, Set<string>>()
  /** The same, the longest first; undone where a form was added. */
  const sorted = new Map<string, readonly string[]>()
  /** Whether a form may begin with two letters, by {@link pairOf}: nearly every place of a text is done with at that. */
  const pairs = new Uint8Array(0x10000)
  const escapes = new Set<Escape>(['html', 'json', 'percent'])

  function add(value: string): void {
    if (BREAKABLE.test(value)) escapes.add('break')
    for (const form of formsOf(value)) {
      pairs[pairOf(form, 0)] = 1
      const start = form.slice(0, SHORTEST)
      const others = byStart.get(start) ?? new Set()
      byStart.set(start, others.add(form))
      sorted.delete(start)
    }
  }

  function formsFrom(start: string): readonly string[] {
    const known = sorted.get(start)
    if (known !== undefined) return known
    const forms = [...(byStart.get(start) ?? [])].sort((left, right) => right.length - left.length)
    sorted.set(start, forms)
    return forms
  }

  function rangesIn(text: string): Range[] {
    const ranges: Range[] = []
    for (let at = 0; at + SHORTEST <= text.length; at += 1) {
      if (pairs[pairOf(text, at)] === 0) continue
      const start = text.slice(at, at + SHORTEST)
      if (!byStart.has(start)) continue
      const length = lengthAt(text, at, formsFrom(start))
      if (length > 0) ranges.push({ from: at, to: at + length })
    }
    return ranges
  }

  function scrub(text: string): string {
    if (byStart.size === 0) return text
    const escaped = decodings(text, escapes).flatMap((decoded) =>
      rangesIn(decoded.text).map(({ from, to }) => ({ from: decoded.placeOf(from), to: decoded.placeOf(to) })),
    )
    const found = rangesIn(text)
    return masked(
      text,
      escaped.length === 0 ? found : [...found, ...escaped].sort((left, right) => left.from - right.from),
    )
  }

  return { add, scrub }
}

function pairOf(text: string, at: number): number {
  return ((text.charCodeAt(at) << 7) ^ text.charCodeAt(at + 1)) & 0xffff
}

/** How much of a text is one of the forms, the longest of which comes first; 0 where it is none. */
function lengthAt(text: string, at: number, forms: readonly string[]): number {
  const whole = forms.find((form) => text.startsWith(form, at))
  if (whole !== undefined) return whole.length
  for (const form of forms) {
    const length = cutLength(text, at, form)
    if (length > 0) return length
  }
  return 0
}

/** How much of a form is there where a text was cut short within it; 0 where it was not. */
function cutLength(text: string, at: number, form: string): number {
  let length = SHORTEST
  while (length < form.length && text[at + length] === form[length]) length += 1
  return length >= SHORTEST_PIECE && CUT.test(text.slice(at + length, at + length + 3)) ? length : 0
}

interface Range {
  readonly from: number
  readonly to: number
}

/** Values may overlap: overlapping ranges become one gap, so that no end of either is left over. */
function masked(text: string, ranges: readonly Range[]): string {
  let result = ''
  let copied = 0
  let hidden: { from: number; to: number } | undefined
  for (const { from, to } of ranges) {
    if (hidden !== undefined && from <= hidden.to) {
      hidden.to = Math.max(hidden.to, to)
      continue
    }
    if (hidden !== undefined) {
      result += text.slice(copied, hidden.from) + MASK
      copied = hidden.to
    }
    hidden = { from, to }
  }
  if (hidden === undefined) return text
  return result + text.slice(copied, hidden.from) + MASK + text.slice(hidden.to)
}

function formsOf(value: string): Set<string> {
  const forms = new Set<string>()
  // Loggers and YAML print a value of several lines line by line.
  for (const part of [value, ...value.split(/\r\n|\r|\n/).map((line) => line.trim())]) {
    if (part.length < SHORTEST) continue
    const json = JSON.stringify(part).slice(1, -1)
    forms.add(part).add(json).add(JSON.stringify(json).slice(1, -1))
    const url = encodeUrl(part)
    forms.add(url).add(url.replaceAll('%20', '+'))
    // Messages keep a server's text with spaces for control characters, so that it cannot overwrite the terminal.
    forms.add(part.replace(CONTROL, ' '))
  }
  if (value.length < SHORTEST) return forms
  const hex = Buffer.from(value).toString('hex')
  forms.add(hex).add(hex.toUpperCase())
  for (const piece of base64Pieces(Buffer.from(value))) {
    forms.add(piece).add(piece.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return forms
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for control characters
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

function encodeUrl(text: string): string {
  // Through bytes, because encodeURIComponent throws on half a surrogate pair.
  return encodeURIComponent(Buffer.from(text).toString())
}

/**
 * The base64 of a value alone, and its base64 within a longer text such as `user:value`, where it begins at the first,
 * second or third byte of a group of three.
 */
function base64Pieces(value: Buffer): string[] {
  const whole = value.toString('base64')
  const pieces = [whole, whole.replaceAll('=', '')]
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), value]).toString('base64')
    // Characters that also hold bits of the byte before, or of the byte after, are not the value's own.
    const own = padded.slice([0, 2, 3][before])
    const open = own.endsWith('=') ? own.replaceAll('=', '').slice(0, -1) : own
    pieces.push(...[own, own.replaceAll('=', ''), open].filter((piece) => piece.length >= SHORTEST_PIECE))
  }
  return pieces
}
