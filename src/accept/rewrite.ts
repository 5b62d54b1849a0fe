import { isAlias } from 'yaml'
import { append } from '../core/append.ts'
import type { Edit } from './edit.ts'
import { gatherEdits } from './gather.ts'
import type { Splice } from './splice.ts'
import { aliasSplice, listSplices, mapSplices, valueSplices } from './splices.ts'
import { openYaml, type YamlText } from './yaml-places.ts'

/**
 * The text of a file after edits. All other text stays as it is, letter by letter: comments, blank lines, quotes,
 * order.
 * @throws CannotTake where an edit cannot be made
 */
export function rewrite(text: string, edits: readonly Edit[]): string {
  return spliced(text, splicesOf(openYaml(text), edits))
}

/** The pieces of text that edits change. @throws CannotTake where an edit cannot be made */
export function splicesOf(yaml: YamlText, edits: readonly Edit[]): readonly Splice[] {
  const { maps, lists, values, aliases } = gatherEdits(yaml, edits)
  const splices: Splice[] = []
  for (const [map, edit] of maps) append(splices, mapSplices(yaml, map, edit))
  for (const [list, edit] of lists) append(splices, listSplices(yaml, list, edit))
  for (const [entry, value] of values) append(splices, valueSplices(yaml, entry, value))
  for (const [entry, added] of aliases) {
    if (isAlias(entry.value)) splices.push(aliasSplice(entry.value, added))
  }
  return splices
}

/** Of insertions at one place the deeper goes first: it belongs to the block that ends there. */
function spliced(text: string, splices: readonly Splice[]): string {
  const sorted = [...splices].sort((left, right) => {
    if (left.from !== right.from) return left.from - right.from
    const inserts = [left, right].map(({ from, to }) => Number(from === to))
    if (inserts[0] !== inserts[1]) return (inserts[1] ?? 0) - (inserts[0] ?? 0)
    return depthOf(right) - depthOf(left)
  })
  let result = ''
  let at = 0
  for (const { from, to, text: inserted } of sorted) {
    if (from < at && (from === to || to <= at)) continue
    result += text.slice(at, Math.max(at, from)) + inserted
    at = Math.max(at, to)
  }
  return result + text.slice(at)
}

function depthOf({ text }: Splice): number {
  return /^\s*/.exec(text)?.[0].length ?? 0
}
