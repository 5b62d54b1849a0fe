import { afterComma, endsLine, indentAt, lineStart, nextLine, startsLine } from './spans.ts'
import type { Splice } from './splice.ts'
import type { YamlText } from './yaml-places.ts'

/** An entry of `[ ]` or `{ }`. */
interface Span {
  readonly from: number
  readonly to: number
  readonly removed: boolean
}

/**
 * The pieces of text that change the content of `[ ]` or `{ }`, on one line or with comments on many.
 * @param padding the blanks inside the brackets where it is written anew
 */
export function flowSplices(
  yaml: YamlText,
  collection: { readonly range: readonly [number, number, number] },
  spans: readonly Span[],
  added: readonly string[],
  padding: string,
): readonly Splice[] {
  const { text } = yaml
  const [open, close] = [collection.range[0] + 1, collection.range[1] - 1]
  const kept = spans.filter(({ removed }) => !removed)
  if (kept.length === 0 && !text.slice(open, close).includes('#')) {
    const inner = added.length === 0 ? '' : `${padding}${added.join(', ')}${padding}`
    return [{ from: open, to: close, text: inner }]
  }
  const removals = spans.flatMap((span, index) => (span.removed ? [removal(text, spans, index)] : []))
  const last = kept.at(-1)
  if (added.length === 0) return removals
  if (last === undefined) return [...removals, { from: open, to: open, text: ` ${added.join(', ')},` }]
  return [...removals, ...additions(yaml, last, added)]
}

/** One entry with its comma. One that has its lines to itself goes with them, and its comment with it. */
function removal(text: string, spans: readonly Span[], index: number): Splice {
  const { from, to } = spans[index] as Span
  const comma = afterComma(text, to)
  const end = comma ?? to
  if (startsLine(text, from) && endsLine(text, end)) {
    return { from: lineStart(text, from), to: nextLine(text, end), text: '' }
  }
  const next = spans[index + 1]
  if (next !== undefined && comma !== undefined) {
    const between = /^[ \t]*/.exec(text.slice(comma))?.[0].length ?? 0
    return { from, to: comma + between, text: '' }
  }
  const before = spans.slice(0, index).findLast(({ removed }) => !removed)
  const isBare = before !== undefined && !text.slice(before.to, from).includes('#')
  return { from: isBare ? before.to : from, to: end, text: '' }
}

/** After the last entry that stays: on lines of their own where that has its line to itself. */
function additions({ text, eol }: YamlText, last: Span, added: readonly string[]): readonly Splice[] {
  const comma = afterComma(text, last.to)
  const end = comma ?? last.to
  if (!startsLine(text, last.from) || !endsLine(text, end)) {
    return [{ from: last.to, to: last.to, text: added.map((each) => `, ${each}`).join('') }]
  }
  const indent = indentAt(text, last.from)
  const at = nextLine(text, end)
  const lines = added.map((each, index) => {
    return `${indent}${each}${comma === undefined && index === added.length - 1 ? '' : ','}${eol}`
  })
  const behind = comma === undefined ? [{ from: last.to, to: last.to, text: ',' }] : []
  return [...behind, { from: at, to: at, text: lines.join('') }]
}
