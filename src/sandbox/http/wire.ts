import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './call.ts'

/**
 * Whether a request comes from a page in a browser, or under a name that is not this machine's: the sandbox answers
 * neither, so that no web page can reach it.
 */
export function isForeign(request: IncomingMessage): boolean {
  const isLoopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(request.headers.host ?? '')
  return !isLoopback || request.headers.origin !== undefined
}

/** The headers of a request, each as one line. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

export async function bodyText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** An answer as it goes over the wire. */
export interface Sent {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** In place of the text. */
  readonly bytes?: Iterable<Uint8Array>
}

/** The form in which an answer is sent: text that begins with `<` as HTML, anything else as JSON. */
export function sentForm(answer: Answer): Sent {
  const isHtml = typeof answer.body === 'string' && answer.body.startsWith('<')
  const text =
    answer.text ?? (answer.body === undefined ? '' : isHtml ? String(answer.body) : JSON.stringify(answer.body))
  const type = isHtml ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
  const headers = {
    ...(text === '' ? {} : { 'Content-Type': type }),
    ...(answer.status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(text)) }),
    ...answer.headers,
  }
  return { status: answer.status, headers, text, ...(answer.bytes ? { bytes: answer.bytes } : {}) }
}

export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  const { status, headers, text, bytes } = sentForm(answer)
  response.writeHead(status, headers)
  if (bytes) await pour(response, bytes)
  else response.end(text)
}

/** Each chunk once the one before has gone, so that no more than one is in memory. */
async function pour(response: ServerResponse, bytes: Iterable<Uint8Array>): Promise<void> {
  try {
    for (const chunk of bytes) {
      await new Promise<void>((resolve, reject) => {
        response.write(chunk, (error) => (error ? reject(error) : resolve()))
      })
    }
    response.end()
  } catch {
    response.destroy()
  }
}
