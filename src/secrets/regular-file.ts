import { lstat, open } from 'node:fs/promises'
import { SetupError } from '../core/setup-error.ts'

export interface RegularFile {
  /** Its permissions. */
  readonly mode: number
  /** Another one after each write to it, and where another file has its name. */
  readonly stamp: string
  readonly bytes: number
}

/** The file of a path; undefined where there is none. A link is refused: a save would replace it, not its target. */
export async function regularFile(path: string): Promise<RegularFile | undefined> {
  try {
    const stats = await lstat(path, { bigint: true })
    if (!stats.isFile()) throw new SetupError('it is not a regular file; give the path of the file itself')
    const { ino, size, mtimeNs, mode } = stats
    return { mode: Number(mode & 0o777n), stamp: `${ino}-${size}-${mtimeNs}`, bytes: Number(size) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** A new file, and the end of one, are durable once the folder that holds it is synced. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and needs no sync of one.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
