import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { directTransport } from '../../src/github/direct.ts'
import type { Transport } from '../../src/github/transport.ts'
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
  const { transport, isBusy } = countedTransport()
  const clock = simulatedClock(isBusy, from)
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
      const ran = await place.run(args, { clock, transport, ...given, record })
      return { ...ran, told, minutes: Math.round((clock.now() - started) / 600) / 100 }
    },
    seen: () => (sandbox.state() as { limits: ReturnType<TimedWorld['seen']> }).limits,
    logged: async (mark) =>
      (await readFile(log, 'utf8')).split('\n').filter((line) => line.includes(`"${mark}":true`)).length,
    answered: (method, route, status) =>
      sandbox.asked.filter((each) => each.method === method && each.route === route && each.status === status),
  }
}

/** A way to the network, and whether a request is on it: meanwhile the clock stands still. */
function countedTransport(): { readonly transport: Transport; readonly isBusy: () => boolean } {
  const direct = directTransport()
  let onTheirWay = 0
  const transport: Transport = async (departure) => {
    onTheirWay += 1
    try {
      const { body, ...arrival } = await direct(departure)
      const whole = await buffer(body)
      return {
        ...arrival,
        body: (async function* () {
          yield whole
        })(),
      }
    } finally {
      // Until its answer has been taken in.
      setTimeout(() => {
        onTheirWay -= 1
      }, 5)
    }
  }
  return { transport, isBusy: () => onTheirWay > 0 }
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
