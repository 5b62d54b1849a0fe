import { type TestSandbox, type TestSandboxOptions, withSandbox } from './sandbox.ts'

/** A request that octoform sent; those of the test itself are not among them. */
export interface Asked {
  readonly method: string
  /** GitHub's template, such as `/orgs/{org}/actions/secrets`. */
  readonly route: string
  readonly path: string
  readonly status: number
  readonly body: unknown
}

export interface WatchedSandbox extends TestSandbox {
  /** The requests of octoform, in order. */
  readonly asked: readonly Asked[]
  /** `METHOD path` of everything but GET. */
  writes(): readonly string[]
  /** Scripts a fault of GitHub, in the form of `POST /_sandbox/faults`. */
  fault(fault: object): Promise<void>
}

/** A sandbox that keeps octoform's requests. */
export async function watchedSandbox(options: TestSandboxOptions = {}): Promise<WatchedSandbox> {
  const asked: Asked[] = []
  const sandbox = await withSandbox({
    ...options,
    onExchange(exchange) {
      options.onExchange?.(exchange)
      if (!exchange.requestHeaders['user-agent']?.startsWith('octoform/')) return
      const { method, route = '', path, status, requestBody: body } = exchange
      asked.push({ method, route, path, status, body })
    },
  })
  return {
    ...sandbox,
    asked,
    writes: () => asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`),
    async fault(fault) {
      const { status, body } = await sandbox.call('POST', '/_sandbox/faults', fault)
      if (status !== 204) throw new Error(`the sandbox refuses this fault: ${JSON.stringify(body)}`)
    },
  }
}
