import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { whyUnreadable } from '../core/unreadable.ts'

/** No file of a configuration is larger, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024

/** A file of the configuration, read. */
export interface TextFile {
  /** Relative to the working folder (absolute where it was given so and lies outside), with forward slashes. */
  readonly name: string
  /** Absolute, as it was written or found. */
  readonly path: string
  /** Absolute, links resolved: paths in the file are relative to this. */
  readonly real: string
  /** The real path of each folder on the way to `path`, from the root down. */
  readonly folders: readonly string[]
  readonly text: string
}

/** A text, or the problem of the file: words that follow its name. */
export type TextRead =
  | { readonly text: string }
  | {
      readonly problem: string
      /** `unfit`: no text of a size that a configuration can have. */
      readonly kind: 'unfit' | 'unreadable'
    }

/**
 * The text of a regular file of at most 16 MiB. It is read at once: for ten thousand small files the ways to another
 * thread and back would take longer than all reading.
 */
export function readText(path: string): TextRead {
  try {
    const found = statSync(path)
    if (!found.isFile()) return unfit(found.isDirectory() ? 'is a folder' : 'is not a regular file')
    if (found.size > MAX_BYTES) return unfit(`is larger than ${MAX_BYTES / 1024 / 1024} MiB`)
    return readWhole(path, found.size)
  } catch (error) {
    if (error instanceof TypeError && !('code' in error && error.code === 'ERR_INVALID_ARG_VALUE')) {
      return unfit('is not UTF-8 text')
    }
    return { problem: `cannot be read (${whyUnreadable(error)})`, kind: 'unreadable' }
  }
}

function readWhole(path: string, size: number): TextRead {
  const file = openSync(path, 'r')
  try {
    // One byte more than allowed, so that a file that grows meanwhile is noticed, and not read whole.
    const bytes = Buffer.alloc(size + 1)
    const bytesRead = readSync(file, bytes, 0, size + 1, 0)
    if (bytesRead > size) return { problem: 'changed while it was read', kind: 'unreadable' }
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytesRead)) }
  } finally {
    closeSync(file)
  }
}

function unfit(problem: string): TextRead {
  return { problem, kind: 'unfit' }
}
