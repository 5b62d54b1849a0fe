import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { fetchFile, StoreError } from '../github/fetch-file.ts'
import { NetworkError } from '../github/network-failure.ts'
import type { Transport } from '../github/transport.ts'

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
  /** The pauses before the file, or its rest, is asked for again, in milliseconds. */
  readonly pausesMs: readonly number[]
  readonly pause: (ms: number) => Promise<void>
  readonly idleMs: number
  readonly progress: (done: number, size: number | undefined) => void
}

/** The part that is there already. */
interface SavedPart {
  done: number
  etag: string | undefined
  size: number | undefined
}

/**
 * Streams a file beside its target, in the memory of one piece, and renames it when it is whole and of the size that the store
 * said. A connection that breaks off is made again with a new link, for the rest alone where the store gives parts.
 * @returns its bytes
 * @throws DownloadError where the store does not give it; GitHubError where GitHub gives no link
 */
export async function saveFile(file: FileToSave): Promise<number> {
  const beside = `${file.target}.part`
  // Made anew: of an earlier attempt it may be readable by others, or a link that leads elsewhere.
  await rm(beside, { force: true })
  const handle = await open(beside, 'wx', 0o600)
  const state: SavedPart = { done: 0, etag: undefined, size: undefined }
  try {
    for (const [tries, pause] of [0, ...file.pausesMs].entries()) {
      if (pause > 0) await file.pause(pause)
      const fault = await take(file, handle, state)
      if (fault === undefined) break
      if (fault instanceof StoreError && fault.again === 'useless') throw new DownloadError(fault.message)
      if (tries === file.pausesMs.length) throw new DownloadError(`${told(fault)} ${state.done} bytes had come.`)
    }
    await handle.sync()
    await handle.close()
    await rename(beside, file.target)
    return state.done
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(beside, { force: true })
    throw error
  }
}

/** Takes what the store gives. @returns the fault after which the rest is asked for again */
async function take(file: FileToSave, handle: FileHandle, state: SavedPart): Promise<Error | undefined> {
  const url = await file.locate()
  try {
    const { transport, userAgent, idleMs } = file
    const part = await fetchFile({ transport, url, userAgent, from: state.done, etag: state.etag, idleMs })
    if (part.from === 0 && state.done > 0) {
      await handle.truncate(0)
      state.done = 0
    }
    state.size = part.size
    state.etag = part.etag
    for await (const chunk of part.bytes) {
      await handle.write(chunk, 0, chunk.byteLength, state.done)
      state.done += chunk.byteLength
      file.progress(state.done, state.size)
    }
    if (state.size === undefined || state.done === state.size) return undefined
    return new NetworkError(new Error(`the file ended after ${state.done} of ${state.size} bytes`))
  } catch (error) {
    if (error instanceof StoreError || error instanceof NetworkError) return error
    throw error
  }
}

function told(error: Error): string {
  if (error instanceof StoreError) return error.message
  return `The connection to the store broke (${error.cause instanceof Error ? error.cause.message : error.message}).`
}
