import type { BodyRoom } from './body-room.ts'
import type { Arrival } from './transport.ts'
import type { Patience } from './watch.ts'

/** How much of an answer is read; no answer of GitHub's comes near to it. */
export interface BodyLimits {
  /** Bytes of one answer, after `Content-Encoding` was undone. */
  readonly answerBytes: number
  /** Of an answer of 4xx or 5xx, whose status is enough. */
  readonly errorBytes: number
  /** Values in the JSON of one answer, of which each takes many times its bytes once it is parsed. */
  readonly values: number
}

/** https://docs.github.com/rest/repos/contents#get-repository-content leaves the content out from 1 MB on. */
export const BODY_LIMITS: BodyLimits = { answerBytes: 32 * 2 ** 20, errorBytes: 2 ** 20, values: 1_000_000 }

/** The text of a body, or the limit that it exceeded. */
export type Body = { readonly text: string } | { readonly over: string }

/**
 * Reads a body to its end or to its limit. Bytes are counted after decompression, as they come, so that a small answer
 * cannot unfold into a large one.
 */
export function readBody(
  { status, body, whole }: Arrival,
  limits: BodyLimits,
  room: BodyRoom,
  time: Patience,
): Body | Promise<Body> {
  const most = status >= 400 ? limits.errorBytes : limits.answerBytes
  if (whole !== undefined && whole.byteLength <= Math.min(most, SMALL)) return { text: UTF8.decode(whole) }
  return gathered(body, { most, values: limits.values }, room, time)
}

async function gathered(
  body: Arrival['body'],
  { most, values }: { readonly most: number; readonly values: number },
  room: BodyRoom,
  time: Patience,
): Promise<Body> {
  const share = room.enter()
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.byteLength
      if (size > most) return { over: `is larger than ${shownBytes(most)}` }
      if (!share.take(chunk.byteLength)) await time.without(() => share.wait(chunk.byteLength))
      chunks.push(chunk)
    }
    const [first = NO_BYTES] = chunks
    const whole = chunks.length > 1 ? Buffer.concat(chunks) : first
    chunks.length = 0
    if (size > SMALL && valuesIn(whole) > values) return { over: `holds more than ${values} values` }
    return { text: UTF8.decode(whole) }
  } finally {
    share.leave()
  }
}

const NO_BYTES = new Uint8Array()
const UTF8 = new TextDecoder()

/** Below this, there is no room for too many values. */
const SMALL = 2 ** 20

/** Each value but the first of a list or an object comes after a comma. */
function valuesIn(json: Uint8Array): number {
  let count = 0
  for (const byte of json) if (byte === COMMA || byte === LIST || byte === OBJECT) count += 1
  return count
}

const [COMMA, LIST, OBJECT] = [0x2c, 0x5b, 0x7b]

function shownBytes(bytes: number): string {
  return bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20} MiB` : `${bytes} bytes`
}
