import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { decodedText, type FileSource, MOST_BYTES, NO_FOLDER, TOO_LARGE } from './file-source.ts'

/**
 * The files of a checkout. A link that leads out of the folder is not followed.
 * @throws SetupError where the folder is not there
 */
export async function checkoutSource(folder: string): Promise<FileSource> {
  let root: string
  try {
    root = await realpath(folder)
  } catch {
    throw new SetupError(`--checkout ${folder}: there is no such folder.`)
  }
  /** The real path of a place below the root; undefined where there is none. */
  const inside = async (path: string): Promise<string | undefined> => {
    try {
      const real = await realpath(join(root, path))
      return real === root || real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`) ? real : undefined
    } catch {
      return undefined
    }
  }
  return {
    async list(path) {
      const real = await inside(path)
      if (real === undefined) return []
      if (!(await stat(real)).isDirectory()) return { reason: NO_FOLDER }
      const entries = await readdir(real, { withFileTypes: true })
      return entries
        .filter((entry) => entry.isFile() || entry.isSymbolicLink())
        .map(({ name }) => `${path}/${name}`)
        .sort()
    },
    async read(path) {
      const real = await inside(path)
      if (real === undefined) return { absent: true }
      const facts = await stat(real)
      if (!facts.isFile()) return { reason: 'it is a folder, or no regular file' }
      if (facts.size > MOST_BYTES) return { reason: TOO_LARGE }
      return decodedText(await readFile(real))
    },
  }
}
