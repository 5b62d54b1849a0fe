import { createHash, type Hash } from 'node:crypto'
import { fetchFile, StoreError } from '../github/fetch-file.ts'
import { NetworkError } from '../github/network-failure.ts'
import type { Transport } from '../github/transport.ts'
import { type PartFile, partFile } from './part-file.ts'
import { writeWhole } from './write-whole.ts'

/** A fault that ends a download; the target is as it was. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
}

export interface FileToSave {
  readonly transport: Transport
  readonly userAgent: string
  /** Asks for a fresh link: each lasts a minute. */
  readonly locate: () => Promise<URL>
  /** The whole path of the file. It must not be there. */
  readonly target: string
  /** GitHub's hash of the bytes, as `sha256:` and digits; not checked where left out, or of another kind. */
  readonly digest?: string | undefined
  /** The pauses before the file, or its rest, is asked for again, in milliseconds. */
  readonly pausesMs: readonly number[]
  readonly pause: (ms: number) => Promise<void>
  readonly idleMs: number
  readonly progress: (done: number, size: number | undefined) => void
  /** Ends the download. */
  readonly signal?: AbortSignal | undefined
}

/** The part that is there already. */
interface SavedPart {
  done: number
  etag: string | undefined
  size: number | undefined
  hash: Hash
}

/** A connection that broke after so many new bytes does not count among the failures: a large file may break often. */
const PROGRESS_BYTES = 1_000_000

/**
 * Streams a file beside its target, in the memory of one piece, and gives it its name when it is whole, of the size that the store
 * said, and of the hash that GitHub has. A connection that breaks off is made again with a new link, for the rest alone where the
 * store gives parts of the same version.
 * @returns its bytes
 * @throws DownloadError where the store does not give it; GitHubError where GitHub gives no link; an error of the file system
 */
export async function saveFile(file: FileToSave): Promise<number> {
  const part = await partFile(file.target)
  try {
    const { done, hash } = await takeAll(file, part)
    const [, wanted] = /^sha256:([\da-f]{64})$/.exec(file.digest ?? '') ?? []
    if (wanted !== undefined && hash.digest('hex') !== wanted) {
      throw new DownloadError(`The ${done} bytes that came are not those of GitHub's hash, ${file.digest}.`)
    }
    if ((await part.finish()) === 'taken') throw new DownloadError('Meanwhile there is a file of that name.')
    return done
  } catch (error) {
    await part.drop()
    throw error
  }
}

async function takeAll(file: FileToSave, { handle }: PartFile): Promise<SavedPart> {
  const state: SavedPart = { done: 0, etag: undefined, size: undefined, hash: createHash('sha256') }
  let failures = 0
  let furthest = 0
  for (;;) {
    const fault = await take(file, handle, state)
    if (fault === undefined) return state
    if (fault instanceof StoreError && fault.again === 'useless') throw new DownloadError(fault.message)
    if (state.done - furthest >= PROGRESS_BYTES) failures = 0
    furthest = Math.max(furthest, state.done)
    const pause = file.pausesMs[failures]
    if (pause === undefined) throw new DownloadError(`${told(fault)} ${state.done} bytes had come.`)
    failures += 1
    await file.pause(pause)
  }
}

/** Takes what the store gives. @returns the fault after which the rest is asked for again */
async function take(file: FileToSave, handle: PartFile['handle'], state: SavedPart): Promise<Error | undefined> {
  const { transport, userAgent, idleMs, signal } = file
  signal?.throwIfAborted()
  const url = await file.locate()
  // Bytes of two versions make no file, and a weak mark does not tell them apart.
  // https://www.rfc-editor.org/rfc/rfc9110#name-if-range
  if (!state.etag?.startsWith('"')) await beginAnew(handle, state)
  try {
    const part = await fetchFile({ transport, url, userAgent, from: state.done, etag: state.etag, idleMs, signal })
    if (part.from === 0) await beginAnew(handle, state)
    else if (part.etag !== state.etag || part.size !== state.size) {
      await part.leave()
      await beginAnew(handle, state)
      return new StoreError('The file is another one than when its download began.', 'may help')
    }
    state.size = part.size
    state.etag = part.etag
    for await (const chunk of part.bytes) {
      await writeWhole(handle, chunk, state.done)
      state.hash.update(chunk)
      state.done += chunk.byteLength
      file.progress(state.done, state.size)
    }
    if (state.size === undefined || state.done === state.size) return undefined
    return new NetworkError(new Error(`the file ended after ${state.done} of ${state.size} bytes`))
  } catch (error) {
    // A part beyond the end is none of this file.
    if (error instanceof StoreError && error.status === 416) await beginAnew(handle, state)
    if (error instanceof StoreError || error instanceof NetworkError) return error
    throw error
  }
}

async function beginAnew(handle: PartFile['handle'], state: SavedPart): Promise<void> {
  if (state.done === 0) return
  await handle.truncate(0)
  Object.assign(state, { done: 0, etag: undefined, size: undefined, hash: createHash('sha256') })
}

function told(error: Error): string {
  if (error instanceof StoreError) return error.message
  return `The connection to the store broke (${error.cause instanceof Error ? error.cause.message : error.message}).`
}
