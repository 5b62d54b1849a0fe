import { isGlob } from '../core/glob.ts'
import { isDocument, type Json } from '../core/json.ts'
import type { KnownNames, NameFact } from '../core/known-names.ts'
import { alternatives, belowOwner } from './names-in.ts'

/** An entry of a list, or of a set's `match`, whose name changed hands. */
export interface KnownEntry {
  /** Its place in the list. */
  readonly index: number
  /** Without its owner and `!`, as the YAML has it. */
  readonly written: string
  readonly negated: boolean
  readonly fact: NameFact
}

export type KnownEntries = readonly KnownEntry[]

/** The entries whose names, written out, mean a repository that is called otherwise, is another's, or is not theirs any more. */
export function knownEntries(
  entries: readonly Json[],
  { owner, names }: { readonly owner: string; readonly names?: KnownNames | undefined },
): KnownEntries {
  if (names === undefined) return []
  return entries.flatMap((entry, index) => {
    const texts = isDocument(entry) ? alternatives(entry.name) : typeof entry === 'string' ? [entry] : []
    return texts.flatMap((text): KnownEntries => {
      const negated = text.startsWith('!')
      const written = belowOwner(negated ? text.slice(1) : text, owner)
      const fact = written === undefined || isGlob(written) ? undefined : names.fact(written.toLowerCase())
      return written === undefined || fact === undefined ? [] : [{ index, written, negated, fact }]
    })
  })
}
