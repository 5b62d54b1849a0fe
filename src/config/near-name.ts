import { readdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { byText } from '../core/address.ts'
import { similarTo } from '../core/similar.ts'

/** A larger folder is not searched for similar names. */
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
  // Endings are often equal: the name before the ending must be similar.
  const near = similarTo(name, names.sort(byText), name.length - extname(name).length)
  return near === undefined ? '' : `; did you mean \`${shown(join(folder, near))}\`?`
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
