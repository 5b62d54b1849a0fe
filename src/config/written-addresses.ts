import { byText, formatAddress, formatScope } from '../core/address.ts'
import { isDocument } from '../core/json.ts'
import type { Configuration, Layer } from './configuration.ts'
import { scopeOfLayer } from './layers.ts'

/**
 * The addresses that a configuration writes out, and the scopes that they are in, sorted, each once. What only sets and
 * patterns reach is not among them: that needs GitHub's listing.
 */
export function writtenAddresses({ layers, families }: Pick<Configuration, 'layers' | 'families'>): readonly string[] {
  const found = new Set<string>()
  for (const layer of layers.filter(({ match }) => match === undefined)) {
    const scope = scopeOfLayer(layer)
    found.add(formatScope(scope))
    for (const family of families) {
      for (const key of keysOf(layer, family.name, family.shape)) {
        found.add(formatAddress(scope, family.name, key === '' ? '' : family.fold(key)))
      }
    }
  }
  return [...found].sort(byText)
}

/** The members that a layer has of a family; an empty key for the family's settings as a whole. */
function keysOf({ body }: Layer, family: string, shape: 'settings' | 'members'): readonly string[] {
  if (!Object.hasOwn(body, family)) return []
  const said = body[family]
  return shape === 'settings' ? [''] : isDocument(said) ? Object.keys(said) : []
}
