import { text as textOf } from 'node:stream/consumers'
import sodium from 'libsodium-wrappers'
import { request } from 'undici'
import { onTestFinished } from 'vitest'
import { joinedHeaders } from '../../src/github/joined-headers.ts'
import type { Method } from '../../src/github/target.ts'
import type { Departure } from '../../src/github/transport.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts'
import { bodyOf, sandboxBehind, sentInProcess, startInProcess } from './in-process.ts'
import { exchangeCheck } from './openapi.ts'

/** An answer of the sandbox; the body parsed where it is JSON, else as text, undefined when there is none. */
interface Reply {
  readonly status: number
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface TestSandboxOptions extends SandboxOptions {
  /** In this process where left out, which is the cheaper; see `transportInProcess`. */
  readonly reached?: 'by the network'
}

export interface TestSandbox extends Sandbox {
  /**
   * Sends one request: to the API for a path such as `/orgs/acme`, to the sandbox itself for one under `/_sandbox`, or
   * to a whole address. A body that is text is sent as it is, an empty token as none. Redirects are not followed.
   */
  call(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>
}

/**
 * Starts a sandbox that stops with the test. Each of its answers, and each request of octoform, is held against GitHub's
 * description of the product, and the test fails where one does not fit.
 */
export async function withSandbox(options: TestSandboxOptions = {}): Promise<TestSandbox> {
  const check = exchangeCheck()
  const start = options.reached === 'by the network' ? startSandbox : startInProcess
  const sandbox = await start({
    ...options,
    onExchange(exchange) {
      check.onExchange(exchange)
      options.onExchange?.(exchange)
    },
  })
  onTestFinished(async () => {
    await sandbox.close()
    check.verify()
  })
  return { ...sandbox, call: (...request) => send(sandbox, ...request) }
}

/** The body of a PUT of a secret: the value sealed with the present public key below the path. */
export async function sealed(
  sandbox: TestSandbox,
  secretsPath: string,
  value: string,
): Promise<{ encrypted_value: string; key_id: string }> {
  await sodium.ready
  const { body } = await sandbox.call('GET', `${secretsPath}/public-key`)
  const { key, key_id } = body as { key: string; key_id: string }
  const publicKey = sodium.from_base64(key, sodium.base64_variants.ORIGINAL)
  const box = sodium.crypto_box_seal(sodium.from_string(value), publicKey)
  return { encrypted_value: sodium.to_base64(box, sodium.base64_variants.ORIGINAL), key_id }
}

async function send(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  token = 'owner',
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const base = path.startsWith('/_sandbox') ? sandbox.origin : sandbox.url
  const departure = {
    // The sandbox answers others than those that octoform sends, too.
    method: method as Method,
    url: new URL(path.startsWith('/') ? base + path : path),
    headers: {
      'user-agent': 'sandbox-test',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    signal: new AbortController().signal,
  }
  const { status, headers: given, text } = await answered(departure)
  return { status, headers: given, body: text === '' ? undefined : parsed(text) }
}

/** The answer with all of its headers. */
async function answered(departure: Departure) {
  const { url, method, headers, body } = departure
  const sandbox = sandboxBehind(url)
  if (sandbox !== undefined) {
    const sent = await sentInProcess(sandbox, departure)
    const named = Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value] as const)
    return { status: sent.status, headers: Object.fromEntries(named), text: await textOf(bodyOf(sent)) }
  }
  const answer = await request(url, { method, headers, body: body ?? null })
  return { status: answer.statusCode, headers: joinedHeaders(answer.headers), text: await answer.body.text() }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
