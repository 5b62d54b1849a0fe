import type { Change } from '../core/plan.ts'
import { compactLines, countNames, linesWithin, type NamedLine } from './compact.ts'
import { type Form, type Forms, lacking, whole } from './fit.ts'
import { byteLength, details, fenced } from './markdown-text.ts'
import { count } from './row.ts'

/** Changes of one kind, as a report names them. */
export interface Named {
  /** As a title, such as `Deletes`. */
  readonly title: string
  /** One of them and many, such as `deletion`. */
  readonly words: readonly [string, string]
  readonly changes: readonly Change[]
  /** The same changes as the view has them, in full; empty where there are none. */
  readonly full: string
  /** Whose repositories go by their bare names. */
  readonly owner: string
}

/** Bytes that lists of the less important changes may still take, the most first. */
const CUTS = [24_000, 12_000, 6_000] as const

/** Open changes: with their fields, or by their names. */
export function openForms({ title, words, changes, full, owner }: Named): Forms {
  if (full === '') return [whole('')]
  const names = `### ${title} (${changes.length})\n\n${fencedNames(compactLines(changes, owner))}`
  return [whole(full), lacking(names, `the fields of each ${words[0]}`)]
}

/** Changes that a reader unfolds: with their fields, by their names, by the first names, by their number. */
export function foldedForms(named: Named): Forms {
  return lesserForms(named, details)
}

/** The same in a part that is unfolded already. */
export function unfoldedForms(named: Named): Forms {
  return lesserForms(named, (title, body) => `### ${title}\n\n${body}`)
}

function lesserForms(
  { title, words, changes, full, owner }: Named,
  block: (title: string, body: string) => string,
): Forms {
  if (full === '') return [whole('')]
  // For changes named above, this part unfolds their other effects.
  if (changes.length === 0) return [whole(full), lacking('', 'what the changes named above do besides')]
  const all = count(changes.length, ...words)
  const lines = compactLines(changes, owner)
  const few = CUTS.map((bytes) => {
    const taken = linesWithin(lines, bytes)
    const known = countNames(taken)
    const lacks = `the names of ${changes.length - known} of ${all}`
    return lacking(block(`${title}: the names of ${known} of ${changes.length}`, fencedNames(taken)), lacks)
  })
  return [
    whole(full),
    lacking(block(`${title} (${changes.length}), by name`, fencedNames(lines)), `the fields of ${all}`),
    ...few,
    lacking(`And ${all}.`, `the names of ${all}`),
  ]
}

/** The form with as many names as fit into so many bytes, the most urgent first. */
export function cutForm(named: Named, bytes: number): Form {
  const { title, words, changes, owner } = named
  const taken = linesWithin(compactLines(changes, owner), bytes)
  const missing = changes.length - countNames(taken)
  const head = `### ${title}: the names of ${changes.length - missing} of ${changes.length}`
  const lacks = `the names of ${missing} of ${count(changes.length, ...words)}`
  const text = taken.length === 0 ? head : `${head}\n\n${fencedNames(taken)}`
  return missing === 0 ? lacking(text, `the fields of each ${words[0]}`) : lacking(text, lacks, 'first')
}

/** How many bytes all the names take. */
export function bytesOfNames({ changes, owner }: Named): number {
  let bytes = 0
  for (const { text } of compactLines(changes, owner)) bytes += byteLength(text) + 1
  return bytes
}

function fencedNames(lines: readonly NamedLine[]): string {
  return fenced(
    lines.map(({ text }) => text),
    'diff',
  )
}
