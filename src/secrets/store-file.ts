import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, lstat, mkdir, open, readdir, readFile, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { withLock } from './lock-file.ts'
import type { LedgerStore } from './store.ts'

const ABSENT = 'absent'
/** A new ledger is as readable as the files beside it: it is meant to be committed, and holds nothing secret. */
const MODE = 0o644

/**
 * A ledger in a file; its version is the hash of its content. The folder is made where it is missing.
 * A save writes a file beside it and renames that, so that a reader, and a crash, find the old text or the new one.
 * @param path absolute, or relative to the working directory
 * @param below the folder that no link may lead it out of
 */
export function fileStore(path: string, below: string = dirname(resolve(path))): LedgerStore {
  const file = resolve(path)

  async function load(): Promise<{ text: string | undefined; version: string }> {
    await stayBelow(below, file)
    if ((await modeOf(file)) === undefined) return { text: undefined, version: ABSENT }
    const text = await readFile(file, 'utf8')
    return { text, version: versionOf(text) }
  }

  async function save(text: string, expected: string): Promise<{ ok: true; version: string } | { ok: false }> {
    await makeFolder(dirname(file))
    return withLock(`${file}.lock`, async (stillMine) => {
      if ((await load()).version !== expected) return { ok: false }
      await replace(file, text, stillMine)
      await clearAway(file)
      return { ok: true, version: versionOf(text) }
    })
  }

  return { name: path, load: () => named(path, 'read', load()), save: (...args) => named(path, 'write', save(...args)) }
}

async function replace(file: string, text: string, stillMine: () => Promise<boolean>): Promise<void> {
  const folder = dirname(file)
  const temporary = join(folder, `.${basename(file)}.${randomUUID()}.tmp`)
  try {
    const handle = await open(temporary, 'wx', 0o600)
    await fill(handle, text, (await modeOf(file)) ?? MODE)
    if (!(await stillMine()))
      throw new SetupError('another process took over the lock, because this one held it for too long')
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

/** Removes the unfinished saves of killed processes: under the lock no other process saves. */
async function clearAway(file: string): Promise<void> {
  const start = `.${basename(file)}.`
  for (const name of await readdir(dirname(file))) {
    if (!name.startsWith(start) || !UNFINISHED.test(name.slice(start.length))) continue
    await rm(join(dirname(file), name), { force: true })
  }
}

const UNFINISHED = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/

/** Refuses a path with a link out of the folder, which could redirect reads and writes to any place. */
async function stayBelow(below: string, file: string): Promise<void> {
  const [folder, top] = await Promise.all([realFolder(dirname(file)), realFolder(resolve(below))])
  const inner = relative(top, folder)
  if (inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner)) return
  throw new SetupError('a link on its way leads out of the folder of the YAML that names it')
}

/** With links resolved, as far as it is there. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch (error) {
    const above = dirname(folder)
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT') || above === folder) throw error
    return join(await realFolder(above), basename(folder))
  }
}

/** The file's permissions; undefined where there is none. A link is refused: a save would replace it, not its target. */
async function modeOf(file: string): Promise<number | undefined> {
  try {
    const stats = await lstat(file)
    if (!stats.isFile()) throw new SetupError('it is not a regular file; give the path of the file itself')
    return stats.mode & 0o777
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** A folder is durable once the folder that holds it is synced. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and needs no sync of one.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

async function named<T>(path: string, verb: 'read' | 'write', work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const isOurs = error instanceof SetupError || !(error instanceof Error && 'code' in error)
    const cause = isOurs ? (error as Error).message : whyUnreadable(error)
    throw new SetupError(`cannot ${verb} the ledger ${path}: ${cause}`, { cause: error })
  }
}
