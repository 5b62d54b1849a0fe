import { differsOnAe } from '../world/github-ae.ts'
import { hasSince, isUntil, isWithin, type Product } from '../world/products.ts'
import type { Route } from './call.ts'

/** A route that fits a request, and the parameters in its path. */
export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** A template, parsed once: it is matched against many requests. */
interface Template {
  readonly parts: readonly string[]
  /** Whether the last parameter may hold slashes. */
  readonly spans: boolean
}

/** Routes by their method, those that leave least open first. */
export type RouteIndex = ReadonlyMap<string, readonly (Template & { readonly route: Route })[]>

/** The routes as {@link findRoute} looks them up. */
export function indexRoutes(routes: readonly Route[]): RouteIndex {
  const index = new Map<string, (Template & { readonly route: Route })[]>()
  const tightest = routes.toSorted((left, right) => looseness(left.template) - looseness(right.template))
  for (const route of tightest) {
    index.set(route.method, [...(index.get(route.method) ?? []), { route, ...readTemplate(route.template) }])
  }
  return index
}

/**
 * Finds the route of a request: a fixed segment wins over a parameter, so `secrets/public-key` is no secret, and
 * `commits/main/pulls` is no branch `main/pulls`.
 */
export function findRoute(
  index: RouteIndex,
  product: Product,
  method: string,
  segments: readonly string[],
): Match | undefined {
  for (const candidate of index.get(method) ?? []) {
    const params = paramsOf(candidate, segments)
    if (params !== undefined && isServed(candidate.route, product)) return { route: candidate.route, params }
  }
  return undefined
}

function isServed({ method, template, since, until, except, notOn }: Route, product: Product): boolean {
  const differs = product.ae && differsOnAe(product.ae, method, template)
  if (differs !== undefined) return differs === 'has'
  if (notOn?.includes(product.kind) || (until && !isUntil(product, until))) return false
  return (since === undefined || hasSince(product, since)) && (except === undefined || !isWithin(product, except))
}

/** How much a template leaves open: each parameter, and more than any the one that may hold slashes. */
function looseness(template: string): number {
  return template.split('{').length + (SPANNING.test(template) ? 100 : 0)
}

/**
 * The decoded segments of a path; undefined for a path that no route has: one with an empty segment, such as a trailing
 * slash makes.
 */
export function segmentsOf(path: string): string[] | undefined {
  const segments = path.split('/').slice(1)
  if (segments.includes('')) return undefined
  try {
    return segments.map((segment) => decodeURIComponent(segment))
  } catch {
    return undefined
  }
}

/** The templates whose last parameter may hold slashes. */
const SPANNING = /\/(?:contents\/\{path\}|git\/ref\/\{ref\}|branches\/\{branch\}|commits\/\{ref\})$/

/** The parameters that make the template this path; undefined when it cannot be. */
export function matchTemplate(
  template: string,
  given: readonly string[],
): Readonly<Record<string, string>> | undefined {
  return paramsOf(readTemplate(template), given)
}

function readTemplate(template: string): Template {
  return { parts: template.split('/').slice(1), spans: SPANNING.test(template) }
}

function paramsOf({ parts, spans }: Template, given: readonly string[]): Match['params'] | undefined {
  if (spans ? given.length < parts.length : given.length !== parts.length) return undefined
  const segments = spans ? joinedFrom(given, parts.length - 1) : given
  for (const [index, part] of parts.entries()) if (!part.startsWith('{') && part !== segments[index]) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    if (part.startsWith('{')) params[part.slice(1, -1)] = segments[index] ?? ''
  }
  return params
}

/** The segments with all from that index on in one. */
function joinedFrom(segments: readonly string[], index: number): readonly string[] {
  return segments.length <= index ? segments : [...segments.slice(0, index), segments.slice(index).join('/')]
}
