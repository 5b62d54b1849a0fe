import { NetworkError } from './network-failure.ts'
import { isLoopback } from './origin.ts'
import { ownTimer } from './own-timer.ts'
import type { Arrival, Transport } from './transport.ts'

/** A part of a file that is on its way. */
export interface FilePart {
  /** Where it begins: 0 where the store gave the whole. */
  readonly from: number
  /** Bytes of the whole file, where the store says so. */
  readonly size: number | undefined
  /** The store's mark of this version of the file; a later part must have the same. */
  readonly etag: string | undefined
  readonly bytes: AsyncIterable<Uint8Array>
  /** Ends the connection, where the bytes are not wanted. */
  leave(): Promise<void>
}

/** The store does not give the file: `gone` where its link is too old or the file is not there, which asking again may mend. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly again: 'may help' | 'useless'
  /** Of its answer; undefined where that is no refusal. */
  readonly status: number | undefined
  constructor(message: string, again: 'may help' | 'useless', status?: number) {
    super(message)
    this.again = again
    this.status = status
  }
}

export interface FileRequest {
  readonly transport: Transport
  /** The link of one minute. No credential goes there. */
  readonly url: URL
  readonly userAgent: string
  /** The bytes that are there already. */
  readonly from: number
  /** The mark of the version that they are of. */
  readonly etag: string | undefined
  /** Milliseconds without a byte after which the connection counts as broken. */
  readonly idleMs: number
  /** Ends it with its reason. */
  readonly signal?: AbortSignal | undefined
}

const FOLLOWED = 3

/**
 * Asks a store for a file, or for the rest of one. Without `Authorization`: the link itself lets in, and the store belongs to
 * another than the API. Redirects within the store are followed.
 * @throws StoreError for an answer that is not the file; NetworkError while its bytes are read
 */
export async function fetchFile(request: FileRequest): Promise<FilePart> {
  const idle = idleTimer(request.idleMs)
  const signal = request.signal === undefined ? idle.signal : AbortSignal.any([idle.signal, request.signal])
  const arrival = await arrived({ ...request, signal }, request.url, 0).catch((error: unknown) => {
    idle.end()
    throw error
  })
  const { status, headers, body } = arrival
  const bytes = watched(body, idle)
  if (status === 200 || status === 206) {
    // Of packed content neither length nor mark is that of the bytes that come.
    const isPacked = !['', 'identity'].includes(headers['content-encoding'] ?? '')
    const [from, size] = status === 206 ? rangeOf(headers['content-range']) : [0, numberOf(headers['content-length'])]
    if (from === undefined || (from !== 0 && from !== request.from) || (status === 206 && isPacked)) {
      await left(bytes)
      throw new StoreError('The store gave another part of the file than was asked for.', 'may help', 416)
    }
    const known = isPacked ? { size: undefined, etag: undefined } : { size, etag: headers.etag }
    return { from, ...known, bytes, leave: () => left(bytes) }
  }
  await left(bytes)
  const isPassing = status === 403 || status === 408 || status === 429 || status >= 500 || status === 416
  throw new StoreError(`The store answered ${status}.`, isPassing ? 'may help' : 'useless', status)
}

type Asking = FileRequest & { readonly signal: AbortSignal }

async function arrived(asking: Asking, url: URL, followed: number): Promise<Arrival> {
  const { transport, userAgent, from, etag, signal } = asking
  // With If-Range a store gives the whole file where it is no longer the same.
  const rest = from === 0 ? {} : { range: `bytes=${from}-`, ...(etag === undefined ? {} : { 'if-range': etag }) }
  const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': userAgent, ...rest }
  const arrival = await transport({ method: 'GET', url, headers, body: undefined, signal })
  const { location } = arrival.headers
  if (arrival.status < 300 || arrival.status > 399 || location === undefined) return arrival
  await left(arrival.body)
  const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined
  if (next === undefined || !isSafe(url, next) || followed === FOLLOWED) {
    throw new StoreError('The store points elsewhere.', 'useless')
  }
  return arrived(asking, next, followed + 1)
}

/** Neither in clear text, nor with a credential of the store's choice, nor to this machine from another one. */
function isSafe(from: URL, to: URL): boolean {
  if (to.protocol !== 'https:' && (to.protocol !== 'http:' || from.protocol !== 'http:')) return false
  return to.username === '' && to.password === '' && (isLoopback(from) || !isLoopback(to))
}

/** Reads no more of a body: begun and left, it frees its connection. */
async function left(body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of body) break
  } catch {
    // It may break off, since it is not wanted.
  }
}

interface IdleTimer {
  readonly signal: AbortSignal
  again(): void
  end(): void
}

function idleTimer(ms: number): IdleTimer {
  const controller = new AbortController()
  const late = (): void => controller.abort(new NetworkError(new Error(`no byte came for ${ms / 1000} s`)))
  let timer = ownTimer(ms, late)
  return {
    signal: controller.signal,
    again() {
      timer.stop()
      timer = ownTimer(ms, late)
    },
    end: () => void timer.stop(),
  }
}

async function* watched(bytes: AsyncIterable<Uint8Array>, idle: IdleTimer): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) {
      idle.again()
      yield chunk
    }
  } finally {
    idle.end()
  }
}

/** `bytes 100-199/200` as where it begins and how long the whole is. https://www.rfc-editor.org/rfc/rfc9110#field.content-range */
function rangeOf(header: string | undefined): readonly [number | undefined, number | undefined] {
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header ?? '') ?? []
  return [numberOf(from), numberOf(size)]
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
