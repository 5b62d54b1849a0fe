import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import { alternativesOf, hasSome } from '../core/routes.ts'
import type { Support } from '../core/support.ts'
import { sectionAddress } from './known.ts'

/**
 * Explains why a section cannot be planned on a product at all: it has no such resource (an error), or it takes writes
 * of it but cannot show its state (a warning). Undefined where it can be read. It is about the section, for every
 * member that `--target` names, so that it has no address of its own.
 */
export function lacking(
  family: Family,
  section: DesiredSection,
  product: Support,
  productName: string,
): Diagnostic | undefined {
  const { scope, source } = section
  const entry = at(family, scope)
  const address = sectionAddress(section)
  const isThere = entry !== undefined && hasSome(product, entry.presence)
  const cannot = entry?.unreadable?.(product)
  // What cannot be read is compared with the ledger, which has the ids of members.
  if (isThere && (cannot === undefined || family.shape === 'settings' || entry.byId)) return undefined
  if (entry?.writes.flatMap(alternativesOf).some((route) => !route.startsWith('GET ') && product.has(route))) {
    const why = cannot === undefined ? ` on ${productName}` : `: ${cannot}`
    const nothing = cannot === undefined ? ': nothing is planned there' : '; nothing is planned there'
    const message = `${address} cannot be read back${why}${nothing}`
    return { severity: 'warning', message, source }
  }
  const others = entry && product.elsewhere?.(entry.presence)
  const message = `${productName} has no ${family.name} at the ${scope.type} level${others === undefined ? '' : `; ${others}`}`
  return { severity: 'error', message, source }
}
