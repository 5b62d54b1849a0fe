import { type Alias, isCollection, type ParsedNode } from 'yaml'
import type { Json } from '../core/json.ts'
import { CannotTake } from './cannot-take.ts'
import { flowSplices } from './flow-splices.ts'
import type { ListEdit, ListNode, MapEdit } from './gather.ts'
import { afterColon, endOfEntry, endOfNode, indentAt, lineStart, nextLine, startsLine } from './spans.ts'
import type { Splice } from './splice.ts'
import type { Entry, MapNode, YamlText } from './yaml-places.ts'
import { entryLines, entryText, flowText } from './yaml-text.ts'

/** The pieces of text that change a map. */
export function mapSplices(yaml: YamlText, map: MapNode, { holder, removed, added }: MapEdit): readonly Splice[] {
  const entries = map.items as readonly Entry[]
  if (map.flow) {
    const spans = entries.map((entry) => ({
      from: entry.key.range[0],
      to: endOfEntry(entry),
      removed: removed.has(entry),
    }))
    return flowSplices(
      yaml,
      map,
      spans,
      [...added].map(([key, value]) => entryText(key, value)),
      ' ',
    )
  }
  const [first] = entries
  if (first === undefined) throw new CannotTake('its place in the file cannot be rewritten')
  const indent = indentAt(yaml.text, first.key.range[0])
  const lines = [...added].flatMap(([key, value]) => entryLines(key, value, indent))
  const spans = entries
    .filter((entry) => removed.has(entry))
    .map((entry) => ({ from: entry.key.range[0], to: endOfEntry(entry) }))
  const emptied = removed.size === entries.length && lines.length === 0
  return [
    ...deletedLines(yaml, spans),
    ...addedLines(yaml, endOfNode(map), lines),
    ...(emptied ? [emptiedSplice(yaml, holder, '{}')] : []),
  ]
}

/** The pieces of text that change a list. */
export function listSplices(yaml: YamlText, list: ListNode, { holder, removed, added }: ListEdit): readonly Splice[] {
  const items = list.items as readonly ParsedNode[]
  const texts = added.map(flowText)
  const spans = items.map((item, index) => ({ from: item.range[0], to: endOfNode(item), removed: removed.has(index) }))
  if (list.flow) return flowSplices(yaml, list, spans, texts, '')
  const [first] = spans
  if (first === undefined) throw new CannotTake('its place in the file cannot be rewritten')
  const dash = yaml.text.lastIndexOf('-', first.from - 1)
  const lines = texts.map((text) => `${indentAt(yaml.text, dash)}- ${text}`)
  const dashed = spans
    .filter((span) => span.removed)
    .map(({ from, to }) => ({ from: yaml.text.lastIndexOf('-', from - 1), to }))
  const emptied = removed.size === items.length && lines.length === 0
  return [
    ...deletedLines(yaml, dashed),
    ...addedLines(yaml, endOfNode(list), lines),
    ...(emptied ? [emptiedSplice(yaml, holder, '[]')] : []),
  ]
}

/** The pieces of text that give an entry another value. */
export function valueSplices(yaml: YamlText, entry: Entry, value: Json): readonly Splice[] {
  const { text } = yaml
  const { value: node } = entry
  const isBlock = isCollection(node) && !node.flow
  if (node !== null && !isBlock && node.range[1] > node.range[0]) {
    const isLines = text[node.range[1] - 1] === '\n'
    return [{ from: node.range[0], to: node.range[1], text: flowText(value) + (isLines ? yaml.eol : '') }]
  }
  const inserted = emptiedSplice(yaml, entry, flowText(value))
  if (node === null || !isBlock) return [inserted]
  return [inserted, { from: lineStart(text, firstOf(node)), to: nextLine(text, endOfNode(node)), text: '' }]
}

/** An alias becomes a map that merges it. */
export function aliasSplice(alias: Alias.Parsed, added: ReadonlyMap<string, Json>): Splice {
  const entries = [`<<: *${alias.source}`, ...[...added].map(([key, value]) => entryText(key, value))]
  return { from: alias.range[0], to: alias.range[1], text: `{ ${entries.join(', ')} }` }
}

/** Puts a value behind the key of a block that was removed. */
function emptiedSplice({ text }: YamlText, holder: Entry | undefined, value: string): Splice {
  const carries = holder?.value !== null && holder !== undefined && 'anchor' in holder.value && holder.value.anchor
  if (holder === undefined || carries) throw new CannotTake('its place in the file cannot be rewritten')
  const at = afterColon(text, holder)
  return { from: at, to: at, text: ` ${value}` }
}

function deletedLines({ text }: YamlText, spans: readonly { from: number; to: number }[]): readonly Splice[] {
  return spans.map(({ from, to }) => {
    if (!startsLine(text, from)) throw new CannotTake('its place in the file cannot be rewritten')
    return { from: lineStart(text, from), to: nextLine(text, to), text: '' }
  })
}

function addedLines({ text, eol }: YamlText, after: number, lines: readonly string[]): readonly Splice[] {
  if (lines.length === 0) return []
  const at = nextLine(text, after)
  const open = at > 0 && text[at - 1] !== '\n'
  const inserted = open ? lines.map((line) => eol + line).join('') : lines.map((line) => line + eol).join('')
  return [{ from: at, to: at, text: inserted }]
}

function firstOf(node: ParsedNode): number {
  const [first] = isCollection(node) ? (node.items as readonly (Entry | ParsedNode)[]) : []
  if (first === undefined) return node.range[0]
  return 'key' in first ? first.key.range[0] : first.range[0]
}
