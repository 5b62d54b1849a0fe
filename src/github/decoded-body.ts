import { pipeline, type Readable, type Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, gunzipSync } from 'node:zlib'
import { NetworkError, thrownInstead } from './network-failure.ts'

/** The codings that an answer may have; GitHub packs lists to a tenth. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br'

/** A server has no reason for more than one. */
const MOST_CODINGS = 5

/** A cut off end is no error of the coding: the connection's own error says more. */
const LENIENT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(LENIENT),
  'x-gzip': () => createGunzip(LENIENT),
  deflate: () => createInflate(LENIENT),
  br: () => createBrotliDecompress(),
}

/**
 * The bytes of an answer, unpacked piece by piece as they are read.
 * @param coding the header `Content-Encoding`
 * @throws while it is read: NetworkError where it breaks off or is not what its coding says; the signal's reason
 */
export async function* decodedBody(
  raw: Readable,
  coding: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  // Without a listener the error of a connection that breaks between two reads would end the process.
  raw.on('error', () => undefined)
  let stream = raw
  try {
    stream = unpacked(raw, coding)
    for (;;) {
      const bytes: Uint8Array | null = stream.read()
      if (bytes !== null) yield bytes
      else if (stream.readableEnded) return
      else await comes(stream)
    }
  } catch (error) {
    throw thrownInstead(error, signal)
  } finally {
    if (!stream.readableEnded) stream.destroy()
  }
}

/** Unpacked, a body this long is read piece by piece. */
const MOST_AT_ONCE_BYTES = 2 ** 20

/**
 * A body that came whole, unpacked without a stream.
 * @returns undefined where only {@link decodedBody} unpacks it: it is long, or its coding is a rare one
 * @throws where it is not what its coding says
 */
export function decodedAtOnce(pieces: readonly Uint8Array[], coding: string | undefined): Uint8Array | undefined {
  if (coding !== undefined && coding !== 'gzip') return undefined
  const [only] = pieces
  const bytes = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces)
  if (coding === undefined) return bytes
  try {
    return gunzipSync(bytes, { ...LENIENT, maxOutputLength: MOST_AT_ONCE_BYTES })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const EVENTS = ['readable', 'error', 'end', 'close'] as const

/**
 * Resolves once one of the events has come. Lighter than the iterator of Node's streams, whose care for all kinds of streams
 * takes more than the rest of a short answer.
 * @throws the stream's error
 */
function comes(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      for (const event of EVENTS) stream.off(event, settle)
      if (stream.readableEnded || !stream.destroyed) resolve()
      else reject(stream.errored ?? new Error('it broke off'))
    }
    if (stream.destroyed) settle()
    else for (const event of EVENTS) stream.on(event, settle)
  })
}

function unpacked(raw: Readable, coding: string | undefined): Readable {
  const codings = (coding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const packed = codings.filter((name) => name !== '' && name !== 'identity').reverse()
  if (packed.length === 0) return raw
  if (packed.length > MOST_CODINGS) {
    raw.destroy()
    throw new NetworkError(new Error(`its content is packed ${packed.length} times`))
  }
  return packed.reduce<Readable>((from, name) => {
    const decoder = DECODERS[name]
    if (decoder !== undefined) return pipeline(from, decoder(), () => undefined) as Transform
    raw.destroy()
    throw new NetworkError(new Error(`it has the coding ${JSON.stringify(name.slice(0, 20))}, which nobody asked for`))
  }, raw)
}
