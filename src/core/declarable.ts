import type { Family } from './family.ts'
import { shownName } from './github-names.ts'
import { type Document, getPath, withPath } from './json.ts'
import { leafKeys } from './leaf-keys.ts'
import { holdsBraces } from './placeholders.ts'
import { spelt } from './spelling.ts'

/** The state of a member on GitHub in the form of a configuration, and the fields that no configuration may declare. */
export interface Declarable {
  readonly spec: Document
  /** By dotted path of a list, why entries are left out, and the list of the YAML that takes them away. */
  readonly leftOut: readonly { readonly field: string; readonly remove: string; readonly faults: readonly string[] }[]
}

/**
 * GitHub keeps entries that it took before it had a rule, and that `validate` refuses; entries in braces the configuration
 * would take for placeholders. A list with one of these is not given whole: its other entries go under `add_`, which
 * leaves it as it is.
 */
export function declarable(family: Family, live: Document): Declarable {
  let spec = live
  const leftOut: Declarable['leftOut'][number][] = []
  for (const [field, { list, entryFault }] of Object.entries(family.fields)) {
    const entries = list === 'names' ? getPath(live, field) : undefined
    if (!Array.isArray(entries)) continue
    const faultOf = (entry: string): string | undefined => bracesFault(entry) ?? entryFault?.(entry)
    const texts = entries.filter((entry) => typeof entry === 'string')
    const faults = texts.flatMap((entry) => faultOf(entry) ?? [])
    if (faults.length === 0) continue
    const { add, remove } = leafKeys(field)
    const sound = texts.filter((entry) => faultOf(entry) === undefined)
    spec = withPath(withPath(spec, field, undefined), add, sound.length > 0 ? sound : undefined)
    // Braces mean placeholders in `remove_`, too.
    leftOut.push({ field, remove: texts.some(holdsBraces) ? `${field} without it` : remove, faults })
  }
  return { spec: spelt(family.fields, spec), leftOut }
}

function bracesFault(entry: string): string | undefined {
  return holdsBraces(entry) ? `\`${shownName(entry)}\` has braces, which are for placeholders` : undefined
}
