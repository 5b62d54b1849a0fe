/** A text in JSON with its quotes, or one of the bounds of an object, by its place. */
interface Token {
  readonly from: number
  readonly to: number
  /** The colon that makes a text a key, with the blanks before it. */
  readonly colon: string
}

/** Keys that octoform's documents are read by, and GitHub's fields. */
const OWN_KEY = /^[a-z][a-z0-9_]*$/i
/** Objects below these keys are keyed by names, which come from others. */
const BY_NAME = new Set(['ids'])

/**
 * Cleans every text in it by itself: a value such as `true` or `12345` must not make the document unreadable, nor one such
 * as `changes` take away what programs find it by.
 */
export function cleanJson(json: string, clean: (text: string) => string): string {
  if (holdsNothing(json, clean)) return json
  const objects: boolean[] = []
  const parts: string[] = []
  let done = 0
  let key = ''
  for (const { from, to, colon } of tokensOf(json)) {
    const token = json.slice(from, to)
    if (token === '{') objects.push(BY_NAME.has(key))
    if (token === '}') objects.pop()
    if (!token.startsWith('"')) continue
    const text = textOf(token)
    if (colon !== '') key = text
    if (colon !== '' && objects.at(-1) !== true && OWN_KEY.test(text)) continue
    const cleaned = clean(text)
    if (cleaned === text) continue
    parts.push(json.slice(done, from), JSON.stringify(cleaned))
    done = to
  }
  return [...parts, json.slice(done)].join('')
}

/** Whether cleaning every text of a document would change nothing. Each is asked once: in a plan, names stand a thousand times. */
export function isClean(document: unknown, clean: (text: string) => string): boolean {
  const texts = new Set<string>()
  const seen = new Set<object>()
  const open: unknown[] = [document]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string') texts.add(value)
    if (value === null || typeof value !== 'object' || seen.has(value)) continue
    seen.add(value)
    for (const key in value) {
      if (!Array.isArray(value)) texts.add(key)
      open.push((value as Record<string, unknown>)[key])
    }
  }
  const all = [...texts].join('\n')
  return clean(all) === all
}

/** Asked of all texts at once, since most documents hold nothing. */
function holdsNothing(json: string, clean: (text: string) => string): boolean {
  const texts: string[] = []
  for (const { from, to } of tokensOf(json)) if (json[from] === '"') texts.push(textOf(json.slice(from, to)))
  const all = texts.join('\n')
  return clean(all) === all
}

const BEGIN = /["{}]/g
const COLON = /\s*:/y

/** A pattern for a whole text would need room to step back for each of its letters, and a text may have many MiB. */
function* tokensOf(json: string): Generator<Token> {
  const begin = new RegExp(BEGIN)
  const after = new RegExp(COLON)
  for (let found = begin.exec(json); found !== null; found = begin.exec(json)) {
    const from = found.index
    const to = found[0] === '"' ? endOfText(json, from) : from + 1
    after.lastIndex = to
    const colon = found[0] === '"' ? (after.exec(json)?.[0] ?? '') : ''
    yield { from, to, colon }
    begin.lastIndex = to
  }
}

/** The place behind the quote that ends a text: the next one before which stands an even number of backslashes. */
function endOfText(json: string, from: number): number {
  for (let at = json.indexOf('"', from + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let slashes = 0
    while (json[at - 1 - slashes] === '\\') slashes += 1
    if (slashes % 2 === 0) return at + 1
  }
  return json.length
}

/** Parsing costs more than all else, and few texts have anything escaped. */
function textOf(quoted: string): string {
  return quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1)
}
