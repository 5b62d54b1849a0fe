import { type Diagnostic, formatSource, type Source } from '../core/diagnostic.ts'
import type { Field } from '../core/field.ts'
import { isGlob } from '../core/glob.ts'
import { isDocument, type Json } from '../core/json.ts'
import { entryTexts } from '../core/spelling.ts'
import type { Given } from './given.ts'
import { alternatives, belowOwner } from './names-in.ts'
import { rival } from './ranks.ts'

/**
 * An error for each name that one `add_` list writes out and a `remove_` list of the same rank too. A name that a glob adds, or
 * that a set adds to many, is an exception from it where it is taken away by name.
 */
export function contradictions(
  adds: readonly Given[],
  removes: readonly Given[],
  field: Field,
  owner: string,
): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  for (const add of adds) {
    const added = new Map<string, Written>()
    for (const written of writtenIn(add, field, owner)) added.set(written.name, written)
    for (const remove of removes) {
      if (add.layer !== remove.layer && !rival(add.layer, remove.layer)) continue
      for (const { name, text, source } of writtenIn(remove, field, owner)) {
        const other = added.get(name)
        if (other === undefined) continue
        const message = `\`${text}\` is taken away here and added at ${formatSource(other.source)}: keep one of them`
        found.push({ severity: 'error', message, source })
      }
    }
  }
  return found
}

/** A name that a list writes out. */
interface Written {
  /** As GitHub compares it. */
  readonly name: string
  readonly text: string
  readonly source: Source
}

function writtenIn({ value, layer, path }: Given, field: Field, owner: string): readonly Written[] {
  const entries = Array.isArray(value) ? value : []
  return entries.flatMap((entry, index) =>
    (field.list === 'names' ? entryTexts(field, [entry]) : textsOf(entry)).flatMap((text): Written[] => {
      const source = layer.place([...path, index])
      if (field.list === 'names') return [{ name: text, text, source }]
      const name = text.startsWith('!') || isGlob(text) ? undefined : belowOwner(text, owner)
      return name === undefined ? [] : [{ name: name.toLowerCase(), text, source }]
    }),
  )
}

/** A selector that has nothing but a name is that name. */
function textsOf(entry: Json): readonly string[] {
  if (typeof entry === 'string') return [entry]
  return isDocument(entry) && Object.keys(entry).join() === 'name' ? alternatives(entry.name) : []
}
