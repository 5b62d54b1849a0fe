import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { OutputFacts } from '../../src/run/io.ts'
import type { SandboxOptions } from '../../src/sandbox/server.ts'
import { type Ran, type Workplace, workplace } from '../support/octoform.ts'
import { type SimulatedClock, simulatedClock } from '../support/simulated-clock.ts'
import { type Asked, type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

/** A finished command, with its results for the action. */
export interface TimedRun extends Ran {
  readonly told: OutputFacts
  /** By the simulated clock. */
  readonly minutes: number
}

/** octoform and a limited GitHub by one clock, which jumps over waits. */
export interface TimedWorld {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  readonly clock: SimulatedClock
  run(
    args: readonly string[],
    options?: { env?: Readonly<Record<string, string>>; answer?: string; clock?: SimulatedClock },
  ): Promise<TimedRun>
  /** The sandbox's count of limits. */
  seen(): { readonly refused: number; readonly sent_while_told_to_wait: number }
  /** Lines of the sandbox's log that are marked so. */
  logged(mark: 'limited' | 'told_to_wait'): Promise<number>
  /** The requests to a route, answered by this status. */
  answered(method: string, route: string, status: number): readonly Asked[]
}

export async function timedWorld(
  yaml: string,
  seed: object,
  {
    env = {},
    from,
    ...options
  }: Partial<SandboxOptions> & { readonly env?: Readonly<Record<string, string>>; readonly from?: number } = {},
): Promise<TimedWorld> {
  const clock = simulatedClock(countRequests(), from)
  const home = await workplace({ url: '' }, {})
  const log = join(home.folder, 'requests.jsonl')
  const sandbox = await watchedSandbox({
    seed,
    limits: 'github',
    clock: clock.now,
    log,
    reached: 'by the network',
    ...options,
  })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml }, env)
  return {
    sandbox,
    place,
    clock,
    async run(args, given = {}) {
      const started = clock.now()
      let told: OutputFacts = {}
      const record = (more: OutputFacts): void => {
        told = { ...told, ...more }
      }
      const ran = await place.run(args, { clock, ...given, record })
      return { ...ran, told, minutes: Math.round((clock.now() - started) / 600) / 100 }
    },
    seen: () => (sandbox.state() as { limits: ReturnType<TimedWorld['seen']> }).limits,
    logged: async (mark) =>
      (await readFile(log, 'utf8')).split('\n').filter((line) => line.includes(`"${mark}":true`)).length,
    answered: (method, route, status) =>
      sandbox.asked.filter((each) => each.method === method && each.route === route && each.status === status),
  }
}

/** Whether a request is on its way: meanwhile the clock stands still. */
function countRequests(): () => boolean {
  const { fetch } = globalThis
  let onTheirWay = 0
  globalThis.fetch = async (...request) => {
    onTheirWay += 1
    try {
      const response = await fetch(...request)
      const body = await response.arrayBuffer()
      const { status, statusText, headers } = response
      return new Response([204, 304].includes(status) ? null : body, { status, statusText, headers })
    } finally {
      // Until its answer has been taken in.
      setTimeout(() => {
        onTheirWay -= 1
      }, 5)
    }
  }
  onTestFinished(() => {
    globalThis.fetch = fetch
  })
  return () => onTheirWay > 0
}

/** So many secrets of an organization, whose values are in the environment. */
export function manySecrets(count: number): { readonly yaml: string; readonly env: Readonly<Record<string, string>> } {
  const names = Array.from({ length: count }, (_, index) => `SECRET_${index}`)
  const lines = names.map((name) => `      ${name}: { visibility: all, value: { env: VALUE } }`)
  return {
    yaml: `version: 1\nledger: { path: ledger.json }\norganizations:\n  acme:\n    secrets:\n${lines.join('\n')}\n`,
    env: { VALUE: 'planted-value-of-the-limits' },
  }
}
