import { constants } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { whyUnreadable } from '../core/unreadable.ts'
import { whyReserved } from './reserved.ts'

/** A value, or why it is not at hand; the reason is a clause whose subject is the source. */
export type ValueRead =
  | {
      readonly ok: true
      readonly text: string
      /** Of a file that links lead to: its path from the folder down, with forward slashes. */
      readonly linked?: string
    }
  | { readonly ok: false; readonly reason: string; readonly tooLong?: true }

/** GitHub's limit for one secret, in bytes (https://docs.github.com/en/actions/reference/security/secrets). */
const MAX_BYTES = 48 * 1024
/** A larger file is refused unread: the excess cannot all be line ends. */
const MAX_FILE_BYTES = 1024 * 1024

/** Reads a variable. It counts as missing when it holds nothing but line ends; otherwise it is taken as it is. */
export function readVariable(name: string, env: Readonly<Record<string, string | undefined>>): ValueRead {
  const reserved = whyReserved(name)
  if (reserved !== undefined) return refuse(`is refused: ${reserved}`)
  const text = Object.hasOwn(env, name) ? env[name] : undefined
  if (text === undefined) return refuse('is not set; set this environment variable')
  if (withoutLineEnds(text) === '') return refuse('is empty, which counts as missing; set this environment variable')
  return limit(text)
}

/**
 * Reads a file whose real path stays under `folder` and outside every `.git`. Trailing line ends are dropped, as in `gh
 * secret set`.
 * @param path as the YAML has it
 * @param folder absolute
 */
export async function readValueFile(path: string, folder: string): Promise<ValueRead> {
  const wanted = resolve(folder, path)
  try {
    const root = await realpath(folder)
    const real = await realpath(resolve(root, path))
    const outside = whyOutside(root, real)
    if (outside !== undefined) return refuse(outside)
    const bytes = await readRegular(real)
    if (!Buffer.isBuffer(bytes)) return bytes
    const value = decodeValue(bytes)
    return value.ok && real !== resolve(root, path) ? { ...value, linked: belowOf(root, real) } : value
  } catch (error) {
    return refuse(`cannot be read (${whyUnreadable(error)}); it was looked for at ${wanted}`)
  }
}

/**
 * The folder of the files that a YAML file names: that which it lies in, links resolved, if it is not given.
 * @param given of `--values`, relative to `cwd`
 */
export function valueFolder(cwd: string, declaredIn: string, given: string | undefined): Promise<string> {
  if (given !== undefined) return Promise.resolve(resolve(cwd, given))
  const path = resolve(cwd, declaredIn)
  return realpath(path).then(dirname, () => dirname(path))
}

/**
 * The place that links lead to from a file's path, though the path itself stays in its folder: `outside`, `git` for a
 * `.git` folder, else the path from the folder down; undefined where no link is on the way, or there is no file. The
 * file is not read.
 */
export async function linkedFrom(
  path: string,
  folder: string,
): Promise<'outside' | 'git' | { readonly to: string } | undefined> {
  try {
    const root = await realpath(folder)
    const real = await realpath(resolve(root, path))
    if (real === resolve(root, path)) return undefined
    return placeOf(root, real) ?? { to: belowOf(root, real) }
  } catch {
    return undefined
  }
}

function belowOf(root: string, real: string): string {
  return relative(root, real).split(sep).join('/')
}

function whyOutside(root: string, real: string): string | undefined {
  const place = placeOf(root, real)
  if (place === 'outside') return `leaves its folder: it must stay, links followed, under ${root}`
  return place && 'lies in a .git folder, which may hold credentials; keep the value elsewhere'
}

/** The reason why a real path is refused. */
function placeOf(root: string, real: string): 'outside' | 'git' | undefined {
  const below = relative(root, real)
  if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return 'outside'
  // Case is ignored: on some file systems `.GIT` is the same folder.
  return real.split(sep).some((segment) => segment.toLowerCase() === '.git') ? 'git' : undefined
}

/** The content of a regular file, or why it is not taken. */
async function readRegular(real: string): Promise<Buffer | ValueRead> {
  // Asked before opening, because opening a device can already do something.
  const kind = await stat(real)
  if (kind.isDirectory()) return refuse('is a folder; name a file')
  if (!kind.isFile()) return refuse('is not a regular file')
  // The path may be exchanged after the check: a link is then not followed and a FIFO does not block.
  const file = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  try {
    const opened = await file.stat()
    if (!opened.isFile()) return refuse('is not a regular file')
    if (opened.size > MAX_FILE_BYTES) return tooLong(opened.size)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/** The bytes of a file as a value. */
export function decodeValue(bytes: Buffer): ValueRead {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // A workflow gets a secret as text: other bytes would arrive altered.
    return refuse('is not UTF-8 text; encode a binary value first, for example in base64')
  }
  const value = withoutLineEnds(text)
  if (value === '') return refuse('is empty, which counts as missing')
  return limit(value)
}

function limit(text: string): ValueRead {
  const bytes = Buffer.byteLength(text)
  return bytes > MAX_BYTES ? tooLong(bytes) : { ok: true, text }
}

function tooLong(bytes: number): ValueRead {
  return { ok: false, reason: `has ${bytes} bytes; GitHub takes at most ${MAX_BYTES} (48 KB)`, tooLong: true }
}

function withoutLineEnds(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1
  return text.slice(0, end)
}

function refuse(reason: string): ValueRead {
  return { ok: false, reason }
}
