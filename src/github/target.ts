import { segmentFault } from '../core/github-names.ts'
import type { Route } from '../core/routes.ts'
import type { Params } from '../core/send.ts'
import { SetupError } from '../core/setup-error.ts'
import { basePath } from './origin.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Methods whose parameters are in the body; of the others, parameters that the path does not take become the query. */
const WITH_BODY: readonly Method[] = ['POST', 'PUT', 'PATCH']

/**
 * The method and URL of a route: parameters are percent-encoded into its path, the remaining ones become the query, sorted.
 * @throws where a parameter is missing, or cannot be written into a path
 */
export function target(base: URL, route: Route, params: Params): { readonly method: Method; readonly url: URL } {
  const space = route.indexOf(' ')
  const method = route.slice(0, space) as Method
  const used = new Set<string>()
  const path = route.slice(space + 1).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === '') throw new Error(`Bug: ${route} without a value for {${name}}.`)
    used.add(name)
    return segment(route, name, String(value))
  })
  const left = Object.keys(params).filter((name) => !used.has(name))
  if (WITH_BODY.includes(method) && left.length > 0) {
    throw new Error(`Bug: ${route} takes no ${left.join(', ')} in its path.`)
  }
  return { method, url: new URL(base.origin + basePath(base) + path + queryOf(params, left.sort())) }
}

/** Written at once: `searchParams` of a URL takes as long as all the rest. */
function queryOf(params: Params, names: readonly string[]): string {
  if (names.length === 0) return ''
  const pairs = names.map((name): [string, string] => [name, String(params[name])])
  const isPlain = pairs.every(([name, value]) => PLAIN.test(name) && PLAIN.test(value))
  return `?${isPlain ? pairs.map((pair) => pair.join('=')).join('&') : new URLSearchParams(pairs)}`
}

/** Texts that stand in a query as they are. */
const PLAIN = /^[\w.-]*$/

function segment(route: Route, name: string, value: string): string {
  if (segmentFault(value) !== undefined) {
    throw new SetupError(`${route}: ${JSON.stringify(value)} cannot stand in a URL as ${name}.`)
  }
  return encodeURIComponent(value)
}
