import { isDocument } from '../core/json.ts'
import { GitHubError } from '../github/errors.ts'
import { type Marker, parseMarker } from '../render/marker.ts'

/** A text for GitHub, which can be made shorter where GitHub finds it too long. */
export interface WrittenText {
  readonly body: string
  /** The same in at most so many bytes. */
  shorter?(bytes: number): string
}

/** A length that GitHub certainly accepts: half of the documented one. */
const SHORT_BYTES = 30_000

/** The marker in the first line of a comment or an issue. Nothing is taken from the rest of the text. */
export function markerOf(item: object): Marker | undefined {
  const body = isDocument(item) ? item.body : undefined
  return typeof body === 'string' ? parseMarker(body.split('\n', 1)[0]?.trimEnd() ?? '') : undefined
}

/** Whether GitHub has the text already. It may have other line ends, and no blanks at the end. */
export function isSameText(item: object, text: string): boolean {
  const body = isDocument(item) ? item.body : undefined
  return typeof body === 'string' && normal(body) === normal(text)
}

/**
 * Sends a text, and once more a shorter one where GitHub finds it too long.
 * @throws GitHubError
 */
export async function sendText<T>(text: WrittenText, send: (body: string) => Promise<T>): Promise<T> {
  try {
    return await send(text.body)
  } catch (error) {
    if (text.shorter === undefined || !isTooLong(error)) throw error
    return send(text.shorter(SHORT_BYTES))
  }
}

function isTooLong(error: unknown): boolean {
  if (!(error instanceof GitHubError) || error.status !== 422) return false
  return /too long/i.test(`${error.message} ${JSON.stringify(error.body ?? '')}`)
}

function normal(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd()
}
