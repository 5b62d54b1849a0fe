import type { Family } from '../core/family.ts'
import { type Document, getPath, isDocument, type Json } from '../core/json.ts'
import { secretLeaf } from '../core/leaves.ts'

/** A value that a place of the YAML gives a secret. */
export interface GivenValue {
  readonly family: Family
  /** The secret's name, as the YAML has it. */
  readonly name: string
  /** Dotted path of the field that holds it. */
  readonly leaf: string
  /** As written there, well-formed or not. */
  readonly value: Json
}

/** The values that the families below one place of the YAML name. */
export function valuesIn(body: Document, families: readonly Family[]): readonly GivenValue[] {
  const found: GivenValue[] = []
  for (const family of families) {
    const section = Object.hasOwn(body, family.name) ? body[family.name] : undefined
    if (!isDocument(section)) continue
    const leaf = secretLeaf(family)
    if (leaf === undefined) continue
    for (const [name, member] of Object.entries(section)) {
      const value = isDocument(member) ? getPath(member, leaf) : undefined
      if (value !== undefined) found.push({ family, name, leaf, value })
    }
  }
  return found
}
