import { append } from '../core/append.ts'

/** The words that a flag has collected: undefined before its first word. */
type Before = string[] | undefined

/** Collects a repeated flag: it takes the one word behind it, so that the next stays a word of its own. */
export function repeated(word: string, before: Before): string[] {
  return gathered(before, [word])
}

/** The same for words that hold no comma, such as names: `--owner acme,other`. */
export function listed(word: string, before: Before): string[] {
  return gathered(
    before,
    word.split(',').map((each) => each.trim()),
  )
}

/** A comma ends a glob only where an address, or a source, begins behind it: a name may hold one that is written plain. */
const NEXT_GLOB = /,(?=\s*(?:(?:orgs|repos|enterprises|\*\*)\/|env:|file:))/i

/** The same for globs of addresses and for sources; a path (`file:a,b`) may hold any comma, and is the last of its word. */
export function listedGlobs(word: string, before: Before): string[] {
  const words: string[] = []
  let rest: string | undefined = word
  while (rest !== undefined) {
    const comma: number = rest.startsWith('file:') ? -1 : rest.search(NEXT_GLOB)
    words.push(comma === -1 ? rest : rest.slice(0, comma))
    rest = comma === -1 ? undefined : rest.slice(comma + 1).trimStart()
  }
  return gathered(before, words)
}

/** One list grows: a copy for each word of ten thousand flags would take longer than all else. */
function gathered(before: Before, words: readonly string[]): string[] {
  const all = before ?? []
  append(all, words)
  return all
}
