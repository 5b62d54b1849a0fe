import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type RegularFile, regularFile, syncFolder } from './regular-file.ts'
import { lockLost } from './replace-file.ts'

interface Appending {
  readonly text: string
  /** How many of its bytes stay; what follows them is cut off. */
  readonly at: number
  /** The file as it is; undefined where it is to be made. */
  readonly before: RegularFile | undefined
  /** The permissions of a new one. */
  readonly mode: number
  stillMine(): Promise<boolean>
}

/**
 * Puts text at the end of a file, and returns once it would survive a power failure. A crash may leave a part of the text.
 * @returns the stamp of the file with it
 */
export async function appendToFile(path: string, appending: Appending): Promise<string> {
  const { text, at, before, mode, stillMine } = appending
  if (!(await stillMine())) throw lockLost()
  const handle = await open(path, 'a', 0o600)
  try {
    if (before === undefined) await handle.chmod(mode)
    if (before !== undefined && before.bytes > at) await handle.truncate(at)
    await handle.appendFile(text)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  if (before === undefined) await syncFolder(dirname(path))
  const after = await regularFile(path)
  // The line of another process stands before this one, which therefore does not follow it.
  if (after?.bytes !== at + Buffer.byteLength(text)) throw lockLost()
  return after.stamp
}
