import type { AnswerHeaders } from './answer-headers.ts'
import type { Method } from './target.ts'

/** One request as it goes to the network: nothing is added to it but `Host`, the length of its body and, unless it names them, the codings. */
export interface Departure {
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** Ends the request, and the reading of its answer, with the signal's reason. */
  readonly signal: AbortSignal
}

/** The beginning of an answer. */
export interface Arrival {
  readonly status: number
  readonly headers: AnswerHeaders
  /** Its bytes after `Content-Encoding` was undone. A reader that leaves off before the end breaks the connection. */
  readonly body: AsyncIterable<Uint8Array>
  /** The same bytes, where they all came with its beginning: a short answer, of less than a MiB. */
  readonly whole?: Uint8Array
}

/**
 * A way to the network. It follows no redirect, and sends nothing twice.
 * @throws NetworkError where no answer came, also while its body is read; the signal's reason where that ended it
 */
export type Transport = (departure: Departure) => Promise<Arrival>
