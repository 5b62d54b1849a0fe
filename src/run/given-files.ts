import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { inPieces } from './in-pieces.ts'

/** More than a person would write; a seed of ten thousand repositories has some MiB. */
const MAX_BYTES = 64 * 1024 * 1024

/**
 * Reads a file that a flag names. Only regular files: a device or a FIFO could have no end, or none yet.
 * @param most bytes
 * @throws SetupError
 */
export async function readGiven(cwd: string, given: string, most: number = MAX_BYTES): Promise<string> {
  const path = resolve(cwd, given)
  return whereGiven(given, 'read', async () => {
    const found = await stat(path)
    if (!found.isFile() && !found.isDirectory()) throw new SetupError(`${given} is not a regular file.`)
    if (found.size > most) throw new SetupError(`${given} is larger than ${most / 1024 / 1024} MiB.`)
    return readFile(path, 'utf8')
  })
}

/**
 * Writes a file that a flag names.
 * @param text whole, or in parts
 * @param how `over` overwrites a file in an existing folder; `anew` makes the folder, and so does `if missing`
 * @throws SetupError
 */
export async function writeGiven(
  cwd: string,
  given: string,
  text: string | Iterable<string>,
  how: 'over' | 'anew' | 'if missing' = 'over',
): Promise<void> {
  const path = resolve(cwd, given)
  await whereGiven(given, 'written', async () => {
    if (how !== 'over') await mkdir(dirname(path), { recursive: true })
    const whole = typeof text === 'string' ? text : inPieces(text)
    await (how === 'if missing' ? writeNew(path, whole) : writeFile(path, whole))
  })
}

/**
 * Writes a file that is not there yet, whole or not at all: the half that a killed process leaves would stand in the way of the
 * next one.
 */
async function writeNew(path: string, text: string | Iterable<string>): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.part`)
  await rm(beside, { force: true })
  try {
    await writeFile(beside, text, { flag: 'wx' })
    await link(beside, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && WITHOUT_LINKS.includes(String(error.code)))) throw error
    await writeFile(path, text, { flag: 'wx' })
  } finally {
    await rm(beside, { force: true })
  }
}

/** Of file systems such as FAT. */
const WITHOUT_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']

/** Whether a file was not written because there is one already. */
export function isThere(error: unknown): boolean {
  return (
    error instanceof SetupError &&
    error.cause instanceof Error &&
    'code' in error.cause &&
    error.cause.code === 'EEXIST'
  )
}

/** Names the file as the person wrote it, with the reason in octoform's words. */
async function whereGiven<T>(given: string, verb: 'read' | 'written', work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SetupError) throw error
    const isFolderMissing = verb === 'written' && error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const why = isFolderMissing ? 'there is no such folder' : whyUnreadable(error)
    throw new SetupError(`${given} cannot be ${verb} (${why}).`, { cause: error })
  }
}
