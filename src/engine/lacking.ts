import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import { alternativesOf, hasSome } from '../core/routes.ts'
import type { Support } from '../core/support.ts'

/**
 * Explains why a section cannot be planned on a product at all: it has no such resource, or it takes writes of it and neither
 * shows its state nor lets the ledger know it, so that a run could not say that nothing is to do. Undefined where it can be
 * planned. It is about the section, for every member that `--target` names, so that it has no address of its own.
 */
export function lacking(
  family: Family,
  section: DesiredSection,
  product: Support,
  productName: string,
): Diagnostic | undefined {
  const { scope, source } = section
  const entry = at(family, scope)
  const isThere = entry !== undefined && hasSome(product, entry.presence)
  const cannot = entry?.unreadable?.(product)
  // The ledger compares settings that cannot be read, and members of which it has the ids.
  if (isThere && (cannot === undefined || family.shape === 'settings' || entry.byId)) return undefined
  if (entry?.writes.flatMap(alternativesOf).some((route) => !route.startsWith('GET ') && product.has(route))) {
    const why = cannot === undefined ? '' : ` (${cannot})`
    const message = `${productName} has no ${family.name} at the ${scope.type} level that it shows${why}: nothing can be planned there`
    return { severity: 'error', message, source }
  }
  const others = entry && product.elsewhere?.(entry.presence)
  const message = `${productName} has no ${family.name} at the ${scope.type} level${others === undefined ? '' : `; ${others}`}`
  return { severity: 'error', message, source }
}
