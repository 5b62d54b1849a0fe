import type { Family } from './family.ts'
import type { Field } from './field.ts'
import { type Document, getPath, withPath } from './json.ts'
import { leafKeys } from './leaf-keys.ts'
import { spelt } from './spelling.ts'

/** Why a configuration cannot hold a text that GitHub has, as the end of a sentence about it; undefined where it can. */
export type WhyUnsaid = (text: string) => string | undefined

/** The state of a member on GitHub in the form of a configuration, and the fields that no configuration may declare. */
export interface Declarable {
  readonly spec: Document
  /** By dotted path, why entries of a list are left out, and the list of the YAML that takes them away; or why all of it is. */
  readonly leftOut: readonly { readonly field: string; readonly remove?: string; readonly faults: readonly string[] }[]
}

/**
 * GitHub keeps entries that it took before it had a rule, and that `validate` refuses, and texts that a configuration cannot
 * hold. A list with one of these is not given whole: its other entries go under `add_`, which leaves it as it is.
 */
export function declarable(family: Family, live: Document, whyUnsaid: WhyUnsaid = () => undefined): Declarable {
  let spec = live
  const leftOut: Declarable['leftOut'][number][] = []
  for (const [field, known] of Object.entries(family.fields)) {
    const value = getPath(live, field)
    const faults = faultsIn(known, value, whyUnsaid)
    if (faults.length === 0) continue
    spec = withPath(spec, field, undefined)
    if (!Array.isArray(value)) {
      leftOut.push({ field, faults })
      continue
    }
    const { add, remove } = leafKeys(field)
    const sound = value.filter((entry) => faultsIn(known, [entry], whyUnsaid).length === 0)
    if (known.list !== undefined) spec = withPath(spec, add, sound.length > 0 ? sound : undefined)
    leftOut.push({ field, faults, ...(known.list === undefined ? {} : { remove }) })
  }
  return { spec: spelt(family.fields, spec), leftOut }
}

/** The faults of a text, or of the texts in a list. */
function faultsIn({ list, entryFault }: Field, value: unknown, whyUnsaid: WhyUnsaid): readonly string[] {
  const texts = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
  const faults = texts.flatMap((text) => {
    const fault = list === 'names' ? entryFault?.(text) : undefined
    if (fault !== undefined) return [fault]
    const why = whyUnsaid(text)
    return why === undefined ? [] : [`what GitHub has ${why}`]
  })
  return [...new Set(faults)]
}
