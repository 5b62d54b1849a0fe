import { createHash } from 'node:crypto'
import { readFile, realpath, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import type { SharedText } from '../core/shared-text.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { appendToFile } from './append-to-file.ts'
import { withLock } from './lock-file.ts'
import { regularFile } from './regular-file.ts'
import { clearAway, makeFolder, replaceFile } from './replace-file.ts'
import type { LedgerStore } from './store.ts'

const ABSENT = 'absent'

type Saved = Awaited<ReturnType<SharedText['save']>>

/**
 * A ledger in a file, and its journal in another beside it, whose name ends in `.journal`. Its version is the hash of its
 * content, with what tells one state of the journal from another. The folder is made where it is missing.
 * @param path absolute, or relative to the working directory
 * @param below the folder that no link may lead it out of
 */
export function fileStore(path: string, below: string = dirname(resolve(path))): LedgerStore {
  const file = resolve(path)
  const journalFile = `${file}.journal`
  /** The file of the ledger when it was read or written: one that has the same stamp need not be read again. */
  let seen: { readonly version: string; readonly stamp: string | undefined; readonly text: string } | undefined

  async function load(): ReturnType<LedgerStore['load']> {
    await stayBelow(below, file)
    // In this order a journal that is removed meanwhile does not fit the ledger that is read.
    const noted = await regularFile(journalFile)
    const journal = noted && (await unlessGone(readFile(journalFile, 'utf8')))
    const kept = await regularFile(file)
    const text = kept && (await readFile(file, 'utf8'))
    const hash = text === undefined ? ABSENT : versionOf(text)
    const version = versionWith(hash, noted?.stamp)
    seen = { version, stamp: kept?.stamp, text: hash }
    return { text, version, journal }
  }

  async function save(text: string, expected: string): Promise<Saved> {
    await makeFolder(dirname(file))
    return withLock(`${file}.lock`, async (stillMine) => {
      const { version, journal } = await load()
      if (version !== expected) return { ok: false }
      await replaceFile(file, text, stillMine)
      if (journal !== undefined) await rm(journalFile, { force: true })
      await clearAway(file)
      const hash = versionOf(text)
      seen = { version: hash, stamp: (await regularFile(file))?.stamp, text: hash }
      return { ok: true, version: hash }
    })
  }

  async function append(text: string, at: number, expected: string): Promise<Saved> {
    return withLock(`${file}.lock`, async (stillMine) => {
      const [kept, noted] = await Promise.all([regularFile(file), regularFile(journalFile)])
      const known = seen
      if (known === undefined || kept === undefined || kept.stamp !== known.stamp) return { ok: false }
      if (known.version !== expected || versionWith(known.text, noted?.stamp) !== expected) return { ok: false }
      const stamp = await appendToFile(journalFile, { text, at, before: noted, mode: kept.mode, stillMine })
      const version = versionWith(known.text, stamp)
      seen = { ...known, version }
      return { ok: true, version }
    })
  }

  return {
    name: path,
    load: () => named(path, 'read', load()),
    save: (...args) => named(path, 'write', save(...args)),
    append: (...args) => named(path, 'write', append(...args)),
  }
}

function versionWith(hash: string, journal: string | undefined): string {
  return journal === undefined ? hash : `${hash} ${journal}`
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

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
