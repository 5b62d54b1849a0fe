/** A text in JSON, with the colon of a key; or the bounds of an object. */
const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g
/** Keys that octoform's documents are read by, and GitHub's fields. */
const OWN_KEY = /^[a-z][a-z0-9_]*$/i
/** What these hold is keyed by names, which come from others. */
const BY_NAME = new Set(['ids'])

/**
 * Cleans every text in it by itself: a value such as `true` or `12345` must not make the document unreadable, nor one such
 * as `changes` take away what programs find it by.
 */
export function cleanJson(json: string, clean: (text: string) => string): string {
  if (holdsNothing(json, clean)) return json
  const objects: boolean[] = []
  let key = ''
  return json.replace(TOKEN, (token, colon: string | undefined) => {
    if (token === '{') objects.push(BY_NAME.has(key))
    if (token === '}') objects.pop()
    if (!token.startsWith('"')) return token
    const quoted = token.slice(0, token.length - (colon?.length ?? 0))
    const text = textOf(quoted)
    if (colon !== undefined) key = text
    if (colon !== undefined && objects.at(-1) !== true && OWN_KEY.test(text)) return token
    const cleaned = clean(text)
    return cleaned === text ? token : `${JSON.stringify(cleaned)}${colon ?? ''}`
  })
}

/** Asked of all texts at once, since most documents hold nothing. */
function holdsNothing(json: string, clean: (text: string) => string): boolean {
  const texts: string[] = []
  for (const [token, colon = ''] of json.matchAll(TOKEN)) {
    if (token.startsWith('"')) texts.push(textOf(token.slice(0, token.length - colon.length)))
  }
  const all = texts.join('\n')
  return clean(all) === all
}

/** Parsing costs more than all else, and few texts have anything escaped. */
function textOf(quoted: string): string {
  return quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1)
}
