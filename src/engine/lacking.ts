import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family, Support } from '../core/family.ts'
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
  const routes = family.scopes[scope.type]
  const address = sectionAddress(section)
  const cannot = family.unreadable?.(scope, product)
  if (cannot !== undefined) {
    const message = `${address} cannot be read back: ${cannot}; nothing is planned there`
    return { severity: 'warning', message, source }
  }
  const [first] = routes?.reads ?? []
  if (first !== undefined && product.has(first)) return undefined
  if (routes?.writes.some((route) => !route.startsWith('GET ') && product.has(route))) {
    const message = `${address} cannot be read back on ${productName}: nothing is planned there`
    return { severity: 'warning', message, source }
  }
  const others = first === undefined ? undefined : product.elsewhere?.(first)
  const message = `${productName} has no ${family.name} at the ${scope.type} level${others === undefined ? '' : `; ${others}`}`
  return { severity: 'error', message, source }
}
