import { headersIn } from '../../src/github/answer-headers.ts'
import { directTransport } from '../../src/github/direct.ts'
import { NetworkError } from '../../src/github/network-failure.ts'
import type { Departure, Transport } from '../../src/github/transport.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts'
import { atNightElse } from './by-night.ts'

/** The sandboxes of this process that are reached without the network, by their origin. */
const SANDBOXES = new Map<string, Sandbox>()

/** Starts a sandbox that `transportInProcess` reaches without the network. */
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
 * Connections of the program's own, but that requests to a sandbox of this process do not go over the network, which is most
 * of what a request costs; at night they do. What comes of requests, answers, broken connections and time limits is the
 * same: test/support/in-process.test.ts compares the two.
 */
export const transportInProcess: Transport = async (departure) => {
  const sandbox = sandboxBehind(departure.url)
  if (sandbox === undefined) return direct(departure)
  const sent = await sentInProcess(sandbox, departure)
  return {
    status: sent.status,
    headers: headersIn(
      Object.entries(sent.headers)
        .flat()
        .map((each) => Buffer.from(each, 'latin1')),
    ),
    body: bodyOf(sent),
  }
}

/** The sandbox of this process that a request is for, where it is reached without the network. */
export function sandboxBehind(url: URL): Sandbox | undefined {
  return SANDBOXES.get(url.origin.replace('//localhost:', '//127.0.0.1:'))
}

type Sent = NonNullable<Awaited<ReturnType<Sandbox['answer']>>>

/** The answer with all of its headers, of which octoform reads some. */
export async function sentInProcess(
  sandbox: Sandbox,
  { method, url, headers, body, signal }: Departure,
): Promise<Sent> {
  signal.throwIfAborted()
  const arrival = {
    method,
    target: `${url.pathname}${url.search}`,
    headers: { host: url.host, ...headers },
    text: body ?? '',
  }
  const sent = await unlessAborted(sandbox.answer(arrival), signal)
  if (sent === undefined) throw new NetworkError(brokenConnection())
  return sent
}

export function bodyOf(sent: Sent): AsyncIterable<Uint8Array> {
  return sent.bytes ? chunksOf(sent.bytes) : bytesOf(BODYLESS.includes(sent.status) ? '' : sent.text)
}

const direct = directTransport()

/** HTTP itself drops what stands in the body of these. */
const BODYLESS = [204, 205, 304]

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield Buffer.from(text)
}

/** A body that breaks off does so as a connection does. */
async function* chunksOf(bytes: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch {
    throw new NetworkError(brokenConnection())
  }
}

function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
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
