import type { Family } from '../core/family.ts'
import type { ValueAt } from '../core/value-text.ts'
import type { Configuration } from './configuration.ts'
import { valueSource } from './value-source.ts'
import { valuesIn } from './values-in.ts'

/** Every value that any layer of the configuration names, whether or not it wins; each once. */
export function declaredValues(configuration: Configuration, families: readonly Family[]): readonly ValueAt[] {
  const found = new Map<string, ValueAt>()
  for (const { body, file } of configuration.layers) {
    for (const { value } of valuesIn(body, families)) {
      const at: ValueAt = { source: valueSource(value), declaredIn: file }
      found.set(JSON.stringify(at), at)
    }
  }
  return [...found.values()]
}
