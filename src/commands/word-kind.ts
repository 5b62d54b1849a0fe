import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'

/** What a word seems to be that stands behind no flag. */
export type WordKind = 'a folder' | 'a configuration' | 'a saved plan' | 'something else'

/** The largest file of a configuration; what is larger can only be a plan. */
const MAX_BYTES = 16 * 1024 * 1024

/** Tells by what is there, else by the ending of the name. Never fails: it only serves a hint. */
export async function kindOf(cwd: string, word: string): Promise<WordKind> {
  const path = resolve(cwd, word)
  try {
    const found = await stat(path)
    if (found.isDirectory()) return 'a folder'
    const inside = found.isFile() ? await kindOfFile(path, found.size) : undefined
    if (inside !== undefined) return inside
  } catch {
    // What is not there, or may not be read, has its name all the same.
  }
  if (/\.ya?ml$/i.test(word)) return 'a configuration'
  return /\.json$/i.test(word) ? 'a saved plan' : 'something else'
}

/** What the top of a configuration holds; any other JSON may be a plan that is damaged. */
const DECLARING = ['organizations', 'repositories', 'organization_sets', 'enterprises'] as const

async function kindOfFile(path: string, size: number): Promise<WordKind | undefined> {
  if (size > MAX_BYTES) return 'a saved plan'
  const text = await readFile(path, 'utf8')
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const top = JSON.parse(text) as object
    if ('changes' in top) return 'a saved plan'
    return DECLARING.some((key) => key in top) ? 'a configuration' : undefined
  } catch {
    return undefined
  }
}
