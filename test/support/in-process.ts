import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts'
import { atNightElse } from './by-night.ts'

/** The sandboxes of this process that are reached without the network, by their origin. */
const SANDBOXES = new Map<string, Sandbox>()

/** Starts a sandbox that `fetchInProcess` reaches without the network. */
export async function startInProcess(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options)
  if (!atNightElse(true, false)) SANDBOXES.set(sandbox.origin, sandbox)
  return {
    ...sandbox,
    close() {
      SANDBOXES.delete(sandbox.origin)
      return sandbox.close()
    },
  }
}

/**
 * Node's fetch, but that requests to a sandbox of this process do not go over the network, which is most of what a request
 * costs; at night they do. What comes of requests, answers, broken connections and time limits is the same:
 * test/support/in-process.test.ts compares the two.
 */
export const fetchInProcess: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  const sandbox = SANDBOXES.get(url.origin)
  return sandbox === undefined || init?.redirect !== 'manual' ? fetch(input, init) : askedOf(sandbox, url, init)
}

async function askedOf(
  sandbox: Sandbox,
  url: URL,
  { method = 'GET', headers, body, signal }: RequestInit,
): Promise<Response> {
  signal?.throwIfAborted()
  const text = typeof body === 'string' ? body : ''
  const type = text === '' ? {} : { 'content-type': 'text/plain;charset=UTF-8' }
  const arrival = {
    method,
    target: `${url.pathname}${url.search}`,
    headers: { host: url.host, accept: '*/*', ...type, ...Object.fromEntries(new Headers(headers)) },
    text,
  }
  const sent = await unlessAborted(sandbox.answer(arrival), signal)
  if (sent === undefined) throw new TypeError('fetch failed', { cause: brokenConnection() })
  const { status } = sent
  return new Response(BODYLESS.includes(status) ? null : sent.text, { status, headers: sent.headers })
}

const BODYLESS = [204, 205, 304]

function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return answer
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** The error of undici where the server closes the connection before it answers. */
function brokenConnection(): Error {
  return Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
}
