import type { Family } from '../core/family.ts'
import { isDocument } from '../core/json.ts'
import { secretLeaf } from '../core/leaves.ts'
import type { ValueAt } from '../core/work.ts'
import type { Configuration } from './configuration.ts'
import { valueSource } from './value-source.ts'

/** Every value that any layer of the configuration names, whether or not it wins; each once. */
export function declaredValues(configuration: Configuration, families: readonly Family[]): readonly ValueAt[] {
  const found = new Map<string, ValueAt>()
  for (const { body, file } of configuration.layers) {
    for (const family of families) {
      const leaf = secretLeaf(family)
      const section = Object.hasOwn(body, family.name) ? body[family.name] : undefined
      if (leaf === undefined || !isDocument(section)) continue
      for (const member of Object.values(section)) {
        const value = isDocument(member) ? member[leaf] : undefined
        if (value === undefined) continue
        const at: ValueAt = { source: valueSource(value), declaredIn: file }
        found.set(JSON.stringify(at), at)
      }
    }
  }
  return [...found.values()]
}
