import { encodeName, pathOf } from '../core/address.ts'
import type { Change } from '../core/plan.ts'
import { fold } from './fold.ts'
import { diffSign } from './markdown-rows.ts'
import { byteLength, fencedLine } from './markdown-text.ts'
import { SYMBOLS } from './symbols.ts'
import { wrap } from './wrap.ts'

/** A line, and how many changes it names. */
export interface NamedLine {
  readonly text: string
  readonly names: number
}

/**
 * Changes by their names alone: many scopes with the same key, and many keys in one scope, are one line. Changes that
 * give access to public repositories come first.
 * @param owner whose repositories go by their bare names; undefined where there are several
 */
export function compactLines(changes: readonly Change[], owner: string | undefined): readonly NamedLine[] {
  const shared = owner === undefined ? undefined : `${pathOf('repository', [encodeName(owner.toLowerCase())])}/`
  const bare = (name: string): string => (shared && name.startsWith(shared) ? name.slice(shared.length) : name)
  const opens = ({ access }: Change): boolean => access.gains.some(({ visibility }) => visibility === 'public')
  const folded = [changes.filter(opens), changes.filter((change) => !opens(change))].flatMap((some) =>
    fold(some, ({ action }) => action),
  )
  return folded.flatMap(({ subject, items: [first] }): readonly NamedLine[] => {
    const sign = diffSign({ symbol: SYMBOLS[first.action] })
    const head = fencedLine(`${sign} ${subject.text}`)
    if (subject.names.length === 0) return [{ text: head, names: 1 }]
    return [{ text: `${head}:`, names: 0 }, ...nameLines(subject.names.map(bare), `${sign}     `)]
  })
}

/** Names in lines, each with the number of its names. */
function nameLines(names: readonly string[], indent: string): readonly NamedLine[] {
  // A name may hold a comma, so that the pieces of a line are no count of its names.
  const lines: NamedLine[] = []
  for (const name of names.map(fencedLine)) {
    const last = lines.at(-1)
    const joined = last && `${last.text}, ${name}`
    if (last && joined && wrap(joined, '').length === 1)
      lines[lines.length - 1] = { text: joined, names: last.names + 1 }
    else lines.push({ text: `${indent}${name}`, names: 1 })
  }
  return lines
}

/** The lines that fit into so many bytes with their line ends, tried in their order. */
export function linesWithin(lines: readonly NamedLine[], bytes: number): readonly NamedLine[] {
  const taken: NamedLine[] = []
  let left = bytes
  for (const line of lines) {
    const size = byteLength(line.text) + 1
    if (size > left) continue
    taken.push(line)
    left -= size
  }
  return taken
}

/** How many changes lines name. */
export function countNames(lines: readonly NamedLine[]): number {
  let found = 0
  for (const { names } of lines) found += names
  return found
}
