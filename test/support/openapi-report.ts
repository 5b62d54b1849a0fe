import type { Product } from '../../src/github/endpoints.ts'
import type { Deviation } from '../descriptions/deviations.ts'
import type { Description } from './openapi-description.ts'
import { OUTSIDE } from './openapi-outside.ts'
import type { Note } from './openapi-record.ts'

export interface Report {
  readonly lines: readonly string[]
  /** The failures of the run; only a full run has any. */
  readonly failures: readonly string[]
}

/** Operations that show that a test runs the product, beyond reading its version. */
function isOfFamily(route: string): boolean {
  return route.includes('/actions/')
}

/**
 * Sums up a run: operations per product, deviations, and in a full run the operations that no test has exercised on any
 * product of the cloud, or on any release of Enterprise Server. The contract test takes each through all of them at night.
 */
export function reportOf(
  notes: readonly Note[],
  descriptions: readonly Description[],
  deviations: readonly Deviation[],
  extent: 'full' | 'filtered',
): Report {
  const all = notes.filter((note) => 'operation' in note)
  const operations = all.filter(({ operation }) => !(operation in OUTSIDE))
  const outside = all.filter(({ operation }) => operation in OUTSIDE)
  const used = new Set(notes.filter((note) => 'deviation' in note).map((note) => note.deviation))
  const lines: string[] = []
  const failures: string[] = []
  const kinds = new Map<string, { readonly described: Set<string>; readonly exercised: Set<string> }>()
  for (const { product, operations: described } of descriptions) {
    const by = (who: string) => distinct(operations, product, who)
    const exercised = new Set([...distinct(operations, product), ...distinct(outside, product)])
    const validated = distinct(operations, product).size
    if (validated === 0) continue
    const total = Object.keys(described).length
    lines.push(
      `OpenAPI ${product}: ${validated} of ${total} operations validated (octoform ${by('octoform').size}, tests ${by('test').size})`,
    )
    const kind = product.startsWith('ghes-') ? 'release of GHES' : 'product of the cloud'
    const known = kinds.get(kind) ?? { described: new Set(), exercised: new Set() }
    kinds.set(kind, known)
    for (const route of [...Object.keys(described), ...Object.keys(OUTSIDE)]) known.described.add(route)
    for (const route of exercised) known.exercised.add(route)
  }
  for (const [kind, { described, exercised }] of kinds) {
    if (![...exercised].some(isOfFamily)) continue
    for (const route of described) {
      if (!exercised.has(route)) failures.push(`no test exercises ${route} on any ${kind}`)
    }
  }
  for (const route of Object.keys(OUTSIDE)) {
    const products = new Set(outside.filter(({ operation }) => operation === route).map(({ product }) => product))
    lines.push(`Outside OpenAPI: ${route} checked on ${products.size} products`)
  }
  lines.push(`OpenAPI deviations used: ${used.size} of ${deviations.length}`)
  if (operations.length === 0) failures.push('no test has sent an exchange through the OpenAPI check')
  for (const { id } of deviations) {
    if (!used.has(id)) failures.push(`the deviation ${id} (test/descriptions/deviations.ts) is not used`)
  }
  return { lines, failures: extent === 'full' ? failures : [] }
}

function distinct(
  notes: readonly { operation: string; product: Product; by: string }[],
  product: Product,
  by?: string,
): Set<string> {
  const own = notes.filter((note) => note.product === product && (by === undefined || note.by === by))
  return new Set(own.map((note) => note.operation))
}
