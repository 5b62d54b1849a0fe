import { formatDiagnostic } from '../../src/core/diagnostic.ts'
import type { Family, Get } from '../../src/core/family.ts'
import type { Route } from '../../src/core/routes.ts'
import type { Params } from '../../src/core/send.ts'
import type { Support } from '../../src/core/support.ts'
import type { Client } from '../../src/github/client.ts'
import { GitHubError } from '../../src/github/errors.ts'
import { apply, load, planOf } from './levels.ts'

/** A request as a person would write it down. */
type Asked = readonly [request: string, body?: unknown]

/** The answer 422 to a GET: GitHub has no such setting there. */
export const NONE_HERE = Symbol('422')

/**
 * A GitHub that answers each GET from a table by path, and takes every write. An answer may be a function of how often it
 * was asked for; what the table lacks is a 404.
 */
function answering(answers: Readonly<Record<string, unknown>>) {
  const asked: Asked[] = []
  const ask = (route: Route, params: Params, body?: unknown): unknown => {
    const path = route.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
    asked.push(body === undefined ? [path] : [path, body])
    const known = answers[path.replace('GET ', '')]
    const nth = asked.filter(([request]) => request === path).length
    const answer = typeof known === 'function' ? known(nth) : known
    if (route.startsWith('GET ') && answer === undefined) {
      throw new GitHubError(`${path}: 404`, { kind: 'forbidden', route, status: 404 })
    }
    return answer
  }
  const get: Get = {
    one: async <T>(route: Route, params: Params) => ask(route, params) as T,
    oneIfAny: async <T>(route: Route, params: Params) => {
      const answer = ask(route, params)
      return answer === NONE_HERE ? undefined : (answer as T)
    },
    list: async <T>(route: Route, params: Params) => ask(route, params) as readonly T[],
    listIfShown: async <T>(route: Route, params: Params) => ask(route, params) as readonly T[],
  }
  const client: Client = {
    request: async (route, params, body) => {
      return { status: 200, headers: {}, body: ask(route, params, body), date: undefined }
    },
    paginate: async <T>(route: Route, params: Params) => ask(route, params) as T[],
    locate: () => Promise.reject(new Error('no file is fetched')),
    graphql: async () => {
      throw new Error('no family asks for GraphQL')
    },
  }
  return { get, client, asked }
}

/** The reads, plan and writes of a configuration by one family alone: the pure parts and the engine, without a network. */
export async function planAndApply(
  family: Family,
  yaml: string,
  answers: Readonly<Record<string, unknown>>,
  product?: Support,
) {
  const { configuration, problems } = load({ 'octoform.yaml': yaml }, [family])
  if (configuration === undefined) throw new Error(problems.join('\n'))
  const github = answering(answers)
  const { planned, diagnostics, notRead } = await planOf(configuration, github.get, [family], product)
  const reads = github.asked.map(([request]) => request)
  const outcome = await apply(planned, github.client, [family])
  return {
    reads,
    changes: planned.plan.changes.map(({ action, address, widens, access }) => {
      const gains = access.gains.map(({ repository }) => repository)
      return [
        `${action} ${address}`,
        ...(widens.length > 0 ? [`widens ${widens}`] : []),
        ...(gains.length > 0 ? [`for ${gains}`] : []),
      ].join(', ')
    }),
    told: [...new Set([...diagnostics, ...planned.plan.diagnostics].map(formatDiagnostic))],
    heldBack: planned.plan.held_back.map(({ address, field, reason }) => `${address} ${field}: ${reason}`),
    notRead,
    statuses: outcome.changes.map(({ address, status }) => `${address} ${status}`),
    requests: github.asked.slice(reads.length),
  }
}
