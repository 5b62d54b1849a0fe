import type { Family } from './family.ts'
import { type Document, getPath, withPath } from './json.ts'
import { leafKeys } from './leaf-keys.ts'
import { spelt } from './spelling.ts'

/** The state of a member on GitHub in the form of a configuration, and the fields that no configuration may declare. */
export interface Declarable {
  readonly spec: Document
  /** By dotted path of a list, why entries are left out, and the list of the YAML that takes them away. */
  readonly leftOut: readonly { readonly field: string; readonly remove: string; readonly faults: readonly string[] }[]
}

/**
 * GitHub keeps entries that it took before it had a rule, and that `validate` refuses. A list with one of these is not given
 * whole: its other entries go under `add_`, which leaves it as it is.
 */
export function declarable(family: Family, live: Document): Declarable {
  let spec = live
  const leftOut: Declarable['leftOut'][number][] = []
  for (const [field, { list, entryFault }] of Object.entries(family.fields)) {
    const entries = list === 'names' ? getPath(live, field) : undefined
    if (!Array.isArray(entries)) continue
    const texts = entries.filter((entry) => typeof entry === 'string')
    const faults = texts.flatMap((entry) => entryFault?.(entry) ?? [])
    if (faults.length === 0) continue
    const { add, remove } = leafKeys(field)
    const sound = texts.filter((entry) => entryFault?.(entry) === undefined)
    spec = withPath(withPath(spec, field, undefined), add, sound.length > 0 ? sound : undefined)
    leftOut.push({ field, remove, faults })
  }
  return { spec: spelt(family.fields, spec), leftOut }
}
