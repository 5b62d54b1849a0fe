import type { Route } from './call.ts'
import { hasSince, isWithin, type Product } from './products.ts'

/** A route that fits a request, and the parameters that stand in its path. */
export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/**
 * Finds the route of a request: a fixed segment wins over a parameter, so `secrets/public-key` is no secret, and
 * `commits/main/pulls` is no branch `main/pulls`.
 */
export function findRoute(
  routes: readonly Route[],
  product: Product,
  method: string,
  segments: readonly string[],
): Match | undefined {
  let best: Match | undefined
  for (const route of routes) {
    if (route.method !== method || !isServed(route, product)) continue
    const params = matchTemplate(route.template, segments)
    if (params && (!best || looseness(route.template) < looseness(best.route.template))) best = { route, params }
  }
  return best
}

function isServed({ since, except }: Route, product: Product): boolean {
  return (since === undefined || hasSince(product, since)) && (except === undefined || !isWithin(product, except))
}

/** How much a template leaves open: each parameter, and more than any the one that may hold slashes. */
function looseness(template: string): number {
  return template.split('{').length + (SPANNING.test(template) ? 100 : 0)
}

/** The decoded segments of a path; undefined for what no route has: an empty segment, such as a trailing slash makes. */
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
  const parts = template.split('/').slice(1)
  const segments = SPANNING.test(template) ? joinedFrom(given, parts.length - 1) : given
  if (parts.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment
    else if (part !== segment) return undefined
  }
  return params
}

/** The segments with all that stand from that index on in one. */
function joinedFrom(segments: readonly string[], index: number): readonly string[] {
  return segments.length <= index ? segments : [...segments.slice(0, index), segments.slice(index).join('/')]
}
