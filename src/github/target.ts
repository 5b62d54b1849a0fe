import { segmentFault } from '../core/github-names.ts'
import type { Route } from '../core/routes.ts'
import type { Params } from '../core/send.ts'
import { SetupError } from '../core/setup-error.ts'
import { basePath } from './origin.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Methods whose parameters are in the body; of the others, parameters that the path does not take become the query. */
const WITH_BODY: readonly Method[] = ['POST', 'PUT', 'PATCH']

/** The method and URL of a request. */
export interface Target {
  readonly method: Method
  readonly url: URL
}

/** A route taken apart: the texts of its path around its parameters. */
interface Template {
  readonly method: Method
  readonly texts: readonly string[]
  readonly names: readonly string[]
}

/**
 * Makes the method and URL of routes: parameters are percent-encoded into the path, the remaining ones become the query, sorted.
 * Each route is taken apart once.
 * @returns a function that throws where a parameter is missing, or cannot be written into a path
 */
export function openTargets(base: URL): (route: Route, params: Params) => Target {
  const root = base.origin + basePath(base)
  const known = new Map<Route, Template>()
  return (route, params) => {
    const found = known.get(route)
    const template = found ?? templateOf(root, route)
    if (found === undefined) known.set(route, template)
    const { method, texts, names } = template
    let [href = ''] = texts
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] ?? ''
      href += segment(route, name, params[name]) + texts[index + 1]
    }
    const given = Object.keys(params)
    // Each name of the path was among them.
    if (given.length === names.length) return { method, url: new URL(href) }
    const left = given.filter((name) => !names.includes(name))
    if (WITH_BODY.includes(method) && left.length > 0) {
      throw new Error(`Bug: ${route} takes no ${left.join(', ')} in its path.`)
    }
    return { method, url: new URL(href + queryOf(params, left.sort())) }
  }
}

function templateOf(root: string, route: Route): Template {
  const space = route.indexOf(' ')
  const parts = (root + route.slice(space + 1)).split(/\{(\w+)\}/)
  const texts = parts.filter((_, index) => index % 2 === 0)
  const names = parts.filter((_, index) => index % 2 === 1)
  return { method: route.slice(0, space) as Method, texts, names }
}

/** Written at once: `searchParams` of a URL takes as long as all the rest. */
function queryOf(params: Params, names: readonly string[]): string {
  let query = ''
  for (const name of names) {
    const value = String(params[name])
    if (!PLAIN.test(name) || !PLAIN.test(value)) {
      return `?${new URLSearchParams(names.map((each): [string, string] => [each, String(params[each])]))}`
    }
    query += `${query === '' ? '?' : '&'}${name}=${value}`
  }
  return query
}

/** Texts that stand in a query as they are. */
const PLAIN = /^[\w.-]*$/

function segment(route: Route, name: string, value: string | number | undefined): string {
  if (value === undefined || value === '') throw new Error(`Bug: ${route} without a value for {${name}}.`)
  const text = String(value)
  if (segmentFault(text) !== undefined) {
    throw new SetupError(`${route}: ${JSON.stringify(text)} cannot stand in a URL as ${name}.`)
  }
  return encodeURIComponent(text)
}
