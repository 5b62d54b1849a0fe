import { appendFile, mkdir, readFile, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { isDocument } from '../core/json.ts'
import { SetupError } from '../core/setup-error.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import type { ReadRepository } from '../engine/read-each.ts'

/** The subject of an import: another one does not go on with its repositories. */
export interface JournalOf {
  readonly host: string
  readonly owner: string
  readonly families: readonly string[]
}

/** The repositories that an import has read so far, in a file beside its results, until it is done. */
export interface ImportJournal {
  readonly path: string
  /** Whether no earlier run began the same import. */
  readonly isNew: boolean
  /** Those of an earlier run, by id. */
  readonly known: ReadonlyMap<number, ReadRepository>
  /** The ids of those that an earlier run asked for, and could not read. */
  readonly missed: ReadonlySet<number>
  miss(ids: readonly number[]): Promise<void>
  keep(read: readonly ReadRepository[]): Promise<void>
  /** Takes the file away. */
  end(): Promise<void>
}

/**
 * Opens the journal of an import; its name begins with a dot, so that no configuration takes it for its own. One line for each
 * repository; a line that was cut off counts as unread.
 * @param path relative to `cwd`
 * @throws SetupError where it cannot be read or written
 */
export async function openJournal(cwd: string, path: string, of: JournalOf): Promise<ImportJournal> {
  const file = resolve(cwd, path)
  const head = JSON.stringify({ version: 1, ...of })
  const lines = (await textOf(file, path)).split('\n')
  const goesOn = lines[0] === head
  if (!goesOn) await rm(file, { force: true })
  const kept = goesOn ? lines.slice(1).flatMap((line) => parse(line) ?? []) : []
  const read = kept.filter((each) => 'name' in each)
  const add = async (text: string): Promise<void> => {
    try {
      await mkdir(dirname(file), { recursive: true })
      await appendFile(file, text)
    } catch (error) {
      throw new SetupError(`${path} cannot be written (${whyUnreadable(error)}).`, { cause: error })
    }
  }
  if (!goesOn) await add(`${head}\n`)
  // After a line that was cut off the next one begins anew.
  else if (lines.at(-1) !== '') await add('\n')
  return {
    path,
    isNew: !goesOn,
    known: new Map(read.map((each) => [each.id, each])),
    missed: new Set(kept.flatMap((each) => ('missed' in each ? [each.missed] : []))),
    keep: (found) => add(linesOf(found)),
    miss: (ids) => add(linesOf(ids.map((missed): Missed => ({ missed })))),
    end: () => rm(file, { force: true }),
  }
}

async function textOf(file: string, path: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw new SetupError(`${path} cannot be read (${whyUnreadable(error)}).`, { cause: error })
  }
}

interface Missed {
  readonly missed: number
}

function linesOf(all: readonly object[]): string {
  return all.map((each) => `${JSON.stringify(each)}\n`).join('')
}

function parse(line: string): ReadRepository | Missed | undefined {
  try {
    const read: unknown = JSON.parse(line)
    if (isDocument(read) && typeof read.missed === 'number') return { missed: read.missed }
    if (!isDocument(read) || typeof read.id !== 'number' || typeof read.name !== 'string') return undefined
    const lists = [read.partsNotRead, read.leftOut]
    const isNamed = Object.values(isDocument(read.shown) ? read.shown : {}).every((name) => typeof name === 'string')
    const isWhole = Array.isArray(read.scopes) && read.scopes.every(isBody) && lists.every(Array.isArray) && isNamed
    return isWhole ? (read as unknown as ReadRepository) : undefined
  } catch {
    return undefined
  }
}

function isBody(value: unknown): boolean {
  return isDocument(value) && isDocument(value.scope) && isDocument(value.body)
}
