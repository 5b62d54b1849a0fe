import { randomBytes } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises'
import { property } from '../github/shape.ts'

/** A file beside its target, which takes that name once it is whole. */
export interface PartFile {
  readonly handle: FileHandle
  /**
   * Closes it and gives it the name of its target.
   * @returns `taken` where something has that name meanwhile, which is left as it is
   */
  finish(): Promise<'named' | 'taken'>
  /** Closes and removes it. */
  drop(): Promise<void>
}

/**
 * Makes a file beside a target, which its owner alone may read. Its name is of its own: another download of the same file may be
 * on its way, and a file that is there is another's.
 * @throws an error of the file system
 */
export async function partFile(target: string): Promise<PartFile> {
  const path = `${target}.${randomBytes(4).toString('hex')}.part`
  const handle = await open(path, 'wx', 0o600)
  return {
    handle,
    async finish() {
      await handle.sync()
      await handle.close()
      return (await named(path, target)) ? 'named' : 'taken'
    },
    async drop() {
      await handle.close().catch(() => undefined)
      await rm(path, { force: true })
    },
  }
}

/** A second name is never given over a file that is there, which a renaming would replace. */
async function named(path: string, target: string): Promise<boolean> {
  try {
    await link(path, target)
  } catch (error) {
    if (property(error, 'code') === 'EEXIST') return false
    // Not every file system has second names.
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return false
    await rename(path, target)
    return true
  }
  await rm(path)
  return true
}
