import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { regularFile, syncFolder } from './regular-file.ts'

/** A new ledger is as readable as the files beside it: it is meant to be committed, and holds nothing secret. */
const MODE = 0o644

/**
 * Writes a file beside the one of this path and renames it, so that a reader, and a crash, find the old text or the new one.
 * @param stillMine asked last, whether the lock is still held
 */
export async function replaceFile(file: string, text: string, stillMine: () => Promise<boolean>): Promise<void> {
  const folder = dirname(file)
  const temporary = join(folder, `.${basename(file)}.${randomUUID()}.tmp`)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    await fill(handle, text, (await regularFile(file))?.mode ?? MODE)
    if (!(await stillMine())) throw lockLost()
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(folder)
}

async function fill(handle: FileHandle, text: string, mode: number): Promise<void> {
  try {
    await handle.writeFile(text)
    await handle.chmod(mode)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A process that was stopped for long must not write over the work of the one that took its lock. */
export function lockLost(): SetupError {
  return new SetupError('another process took over the lock, because this one held it for too long')
}

/** Removes the unfinished saves of killed processes: under the lock no other process saves. */
export async function clearAway(file: string): Promise<void> {
  const start = `.${basename(file)}.`
  for (const name of await readdir(dirname(file))) {
    if (!name.startsWith(start) || !UNFINISHED.test(name.slice(start.length))) continue
    await rm(join(dirname(file), name), { force: true })
  }
}

const UNFINISHED = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/

/** A folder is durable once the folder that holds it is synced. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}
