import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { TOP_KEYS } from '../core/scope.ts'

/** The apparent kind of a word that follows no flag. */
export type WordKind = 'a folder' | 'a configuration' | 'a saved plan' | 'something else'

/** The largest file of a configuration; a larger one can only be a plan. */
const MAX_BYTES = 16 * 1024 * 1024

/** Decides by the file's content, else by the ending of its name. Never fails: it only serves a hint. */
export async function kindOf(cwd: string, word: string): Promise<WordKind> {
  const path = resolve(cwd, word)
  try {
    const found = await stat(path)
    if (found.isDirectory()) return 'a folder'
    const inside = found.isFile() ? await kindOfFile(path, found.size) : undefined
    if (inside !== undefined) return inside
  } catch {
    // A word whose file is missing, or may not be read, still has its name.
  }
  if (/\.ya?ml$/i.test(word)) return 'a configuration'
  return /\.json$/i.test(word) ? 'a saved plan' : 'something else'
}

async function kindOfFile(path: string, size: number): Promise<WordKind | undefined> {
  if (size > MAX_BYTES) return 'a saved plan'
  const text = await readFile(path, 'utf8')
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const top = JSON.parse(text) as object
    if ('changes' in top) return 'a saved plan'
    // Any other JSON may be a plan that is damaged.
    return TOP_KEYS.some((key) => key in top) ? 'a configuration' : undefined
  } catch {
    return undefined
  }
}
