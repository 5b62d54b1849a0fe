import { isMap, isSeq, type ParsedNode } from 'yaml'
import type { Entry } from './yaml-places.ts'

/** The end of an entry's content, without the comment and the blanks after it. */
export function endOfEntry(entry: Entry): number {
  return entry.value === null ? entry.key.range[1] : Math.max(entry.key.range[1], endOfNode(entry.value))
}

/**
 * The end of a node's content. A block's range reaches to the token that follows it, so the end of its last entry
 * counts.
 */
export function endOfNode(node: ParsedNode): number {
  if (isMap<ParsedNode, ParsedNode | null>(node) && !node.flow) {
    const last = node.items.at(-1)
    return last === undefined ? node.range[1] : endOfEntry(last)
  }
  if (isSeq<ParsedNode>(node) && !node.flow) {
    const last = node.items.at(-1)
    return last === undefined ? node.range[1] : endOfNode(last)
  }
  return node.range[1]
}

/** Right after the colon of an entry's key. */
export function afterColon(text: string, entry: Entry): number {
  return text.indexOf(':', entry.key.range[1]) + 1
}

/** The beginning of a place's line. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

/** The beginning of the line after a place, or the end of the text. */
export function nextLine(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

/** Whether the line is blank before the place. */
export function startsLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === ''
}

/** Whether the rest of the line after the place is blank or a comment. */
export function endsLine(text: string, at: number): boolean {
  return /^[ \t]*(?:[ \t]#.*)?\r?$/.test(text.slice(at, nextLine(text, at)).replace(/\r?\n$/, ''))
}

/** The place after the comma that follows, comments skipped; undefined where none does. */
export function afterComma(text: string, from: number): number | undefined {
  let at = from
  while (at < text.length) {
    if (text[at] === ',') return at + 1
    if (text[at] === '#' && /\s/.test(text[at - 1] ?? '')) at = nextLine(text, at)
    else if (/\s/.test(text[at] ?? '')) at += 1
    else return undefined
  }
  return undefined
}

/** The blanks at the beginning of the line, if the place follows them; else as many as its column. */
export function indentAt(text: string, at: number): string {
  const before = text.slice(lineStart(text, at), at)
  return before.trim() === '' ? before : ' '.repeat(before.length)
}
