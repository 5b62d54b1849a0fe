import { readdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { byText } from '../core/address.ts'

/** A larger folder is not searched for what a person may have meant. */
const MAX_NAMES = 1_000

/**
 * `; did you mean …?` where the path to something that is not there leads past a name that is spelt much like it.
 * @param path absolute
 * @param shown how a path is called in messages
 */
export async function nearName(path: string, shown: (path: string) => string): Promise<string> {
  let missing = path
  while (dirname(missing) !== missing && !(await isThere(dirname(missing)))) missing = dirname(missing)
  const folder = dirname(missing)
  const name = missing.slice(folder.length).replace(/^\//, '')
  const names = await readdir(folder).catch((): string[] => [])
  if (names.length > MAX_NAMES || names.includes(name)) return ''
  const near = nearest(name, names)
  return near === undefined ? '' : `; did you mean \`${shown(join(folder, near))}\`?`
}

/** At most three letters off, and never more than half of the name without its ending; case counts for nothing. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const most = Math.min(3, Math.floor((name.length - extname(name).length) / 2))
  const off = (other: string): number => distance(name.toLowerCase(), other.toLowerCase())
  const [near] = names
    .filter((other) => Math.abs(other.length - name.length) <= most && off(other) <= most)
    .sort((left, right) => off(left) - off(right) || byText(left, right))
  return near
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
