import { openPace, type Pace } from '../../../src/github/pace.ts'
import { type ModelRules, type ModelServer, modelServer } from './model-server.ts'
import { type Simulation, simulation } from './simulation.ts'

export const READ = ['GET', '/repos/{owner}/{repo}/actions/secrets'] as const
export const WRITE = ['PUT', '/repos/{owner}/{repo}/actions/secrets/{secret_name}'] as const
export const CONTENT = ['POST', '/repos/{owner}/{repo}/issues/{issue_number}/comments'] as const
export const MUTATION = ['POST', '/graphql'] as const
export type Kind = readonly [method: string, path: string]

const FIRST = 'one'

/** A pace before a server that has GitHub's limits, by a clock that jumps over all waits. */
export interface LimitedWorld {
  readonly clock: Simulation
  readonly pace: Pace
  readonly server: ModelServer
  /** The limits of an account of that name. */
  serverOf(account: string): ModelServer
  readonly told: string[]
  /** Ends with its answer. */
  send(kind: Kind, account?: string): Promise<void>
  /** Sends all, and gives the milliseconds until the last is answered. */
  run(kinds: readonly Kind[]): Promise<number>
}

export function limitedWorld(rules: ModelRules, atOnce = 99): LimitedWorld {
  const clock = simulation()
  const told: string[] = []
  const pace = openPace({ clock, tell: (line) => told.push(line) })
  pace.allow({ atOnce, maxWaitMs: Number.POSITIVE_INFINITY })
  const servers = new Map<string, ModelServer>()
  const serverOf = (account: string): ModelServer => {
    const server = servers.get(account) ?? modelServer(clock, rules)
    servers.set(account, server)
    return server
  }
  const send = async ([method, path]: Kind, account = FIRST): Promise<void> => {
    const route = `${method} ${path}`
    const turn = { account, from: 'A_TOKEN', method, route, what: () => route, kind: 'plain' } as const
    await pace.send(turn, async (mayGo) => (mayGo() ? serverOf(account).ask({ method, route }) : 'not sent'))
  }
  return {
    clock,
    pace,
    server: serverOf(FIRST),
    serverOf,
    told,
    send,
    async run(kinds) {
      const from = clock.now()
      await clock.finish(Promise.all(kinds.map((kind) => send(kind))))
      return clock.now() - from
    },
  }
}

/** Numbers from 0 to 1. */
export function numbers(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

export function randomWays(seed: number, mostMs: number): ModelRules['ways'] {
  const random = numbers(seed)
  return () => [1 + random() * mostMs, 1 + random() * mostMs]
}
