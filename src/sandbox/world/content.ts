import { createHash } from 'node:crypto'
import { type Entry, entry, idAt, join, SeedError, textAt } from './seed-reader.ts'

/** The bytes of a log or an artifact: those of a text, or so many of a pattern, which are made as they are read. */
export type Content = { readonly text: string } | { readonly size: number }

/** More than GitHub's largest artifact has not been tried. */
const LARGEST = 4 * 1024 ** 3

/** The content that `text` or `size` of an entry gives; undefined where neither stands there. @throws SeedError */
export function contentAt(given: Entry): Content | undefined {
  const text = textAt(given, 'text')
  const size = given.fields.size === 0 ? 0 : idAt(given, 'size')
  if (text !== undefined && size !== undefined) throw new SeedError(given.path, 'has either a text or a size.')
  if (size !== undefined && size > LARGEST) throw new SeedError(given.path, `has a size above ${LARGEST} bytes.`)
  if (text !== undefined) return { text }
  return size === undefined ? undefined : { size }
}

/** The same under a key of an entry, where a text or a number of bytes stand for themselves. @throws SeedError */
export function contentUnder(given: Entry, key: string): Content | undefined {
  const value = given.fields[key]
  const map = typeof value === 'string' ? { text: value } : typeof value === 'number' ? { size: value } : value
  return map === undefined ? undefined : contentAt(entry(map, join(given.path, key), ['text', 'size']))
}

/** In bytes. */
export function sizeOf(content: Content): number {
  return 'text' in content ? Buffer.byteLength(content.text) : content.size
}

/** A chunk, in bytes: the most of a content that is held in memory. */
const CHUNK = 256 * 1024

/** Not a power of two, so that a client which resumes a few bytes beside the place gets other bytes. */
const PERIOD = 65_521

/** The bytes from `from` to before `to`. */
export function* bytesOf(content: Content, from = 0, to = sizeOf(content)): Generator<Uint8Array> {
  if ('text' in content) {
    if (to > from) yield Buffer.from(content.text).subarray(from, to)
    return
  }
  // One chunk and a period long, so that each chunk of every place is a view into it.
  const pattern = patternOf(CHUNK + PERIOD)
  for (let at = from; at < to; at += CHUNK) {
    const start = at % PERIOD
    yield pattern.subarray(start, start + Math.min(CHUNK, to - at))
  }
}

/** Byte `i` is always the same, and the same as byte `i + PERIOD`. */
function patternOf(length: number): Buffer {
  const period = Buffer.alloc(PERIOD)
  for (let at = 0; at < PERIOD; at += 32) {
    createHash('sha256').update(`pattern ${at}`).digest().copy(period, at)
  }
  return Buffer.alloc(length, period)
}
