import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { headersIn } from './answer-headers.ts'
import { decodedAtOnce, decodedBody } from './decoded-body.ts'
import { thrownInstead } from './network-failure.ts'
import type { Arrival } from './transport.ts'

interface ArrivalReading {
  /** Ends the request, and the reading of its answer. */
  readonly signal: AbortSignal
  resolve(arrival: Arrival): void
  reject(error: unknown): void
  /** The connection is free for another request, for which it is made anew where it broke. */
  done(): void
}

/** Most answers are shorter: they are given whole, since a stream takes as much CPU time as the rest of a request. */
const SHORT_BYTES = 64 * 2 ** 10

/**
 * Reads one answer: a short one to its end before it is given, any other as it comes. The handler has undici's older form, of which
 * nothing is made for an answer but what is read of it.
 */
export function arrivalReader({ signal, resolve, reject, done }: ArrivalReading): Dispatcher.DispatchHandler {
  const control: Control = { abort: () => undefined, resume: () => undefined }
  let status = 0
  let headers: Arrival['headers'] = {}
  let pieces: Buffer[] = []
  let size = 0
  let stream: Readable | undefined
  const abort = (): void => control.abort(signal.reason)
  const end = (): void => {
    signal.removeEventListener('abort', abort)
    done()
  }
  const begin = (): Readable => {
    const begun = streamOf(control)
    stream = begun
    resolve({ status, headers, body: decodedBody(begun, headers['content-encoding'], signal) })
    for (const piece of pieces) begun.push(piece)
    pieces = []
    return begun
  }
  const give = (): void => {
    try {
      const whole = decodedAtOnce(pieces, headers['content-encoding'])
      if (whole === undefined) begin().push(null)
      else resolve({ status, headers, body: pieceOf(whole), whole })
    } catch (error) {
      reject(thrownInstead(error, signal))
    }
  }
  return {
    onConnect(given) {
      control.abort = given
      if (signal.aborted) abort()
      else signal.addEventListener('abort', abort)
    },
    onHeaders(code, raw, resume) {
      // Informational answers come before the one that counts.
      if (code < 200) return true
      control.resume = resume
      status = code
      headers = headersIn(raw)
      if (!isShort(status, headers)) begin()
      return true
    },
    onData(piece) {
      if (stream !== undefined) return stream.push(piece)
      size += piece.length
      pieces.push(piece)
      if (size > SHORT_BYTES) begin()
      return true
    },
    onComplete() {
      end()
      if (stream === undefined) give()
      else stream.push(null)
    },
    onError(error) {
      end()
      if (status === 0) return reject(thrownInstead(error, signal))
      // Status and headers are valid, and may be all that counts of it.
      const broken = stream ?? begin()
      broken.destroy(error)
    },
  }
}

/** Of the connection that an answer comes over. */
interface Control {
  abort: (reason?: Error) => void
  resume: () => void
}

/** Whether an answer may be expected to be short: JSON may, of which the length is often not said. */
function isShort(status: number, headers: Arrival['headers']): boolean {
  if (status === 204 || JSON_TYPE.test(headers['content-type'] ?? '')) return true
  return Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) <= SHORT_BYTES
}

const JSON_TYPE = /^application\/json\b/

/** The bytes as they come, no faster than they are read; one that is given up breaks the connection. */
function streamOf(control: Control): Readable {
  const stream = new Readable({
    read: () => control.resume(),
    destroy(error, closed) {
      if (!stream.readableEnded) control.abort(error ?? new Error('it was not read to its end'))
      closed(error)
    },
  })
  // Without a listener the error of a connection that breaks before it is read would end the process.
  return stream.on('error', () => undefined)
}

async function* pieceOf(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  yield whole
}
