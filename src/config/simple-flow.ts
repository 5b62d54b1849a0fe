import { weightOf } from './lexemes.ts'
import { type Cursor, endsLine, readKey, readScalar, skipSpaces, typed, type YamlStyle } from './simple-scalars.ts'
import { entryTree, leaf, listTree, mapTree, type Tree, type TreeEntry } from './value-tree.ts'

/** A configuration nests about ten deep; deeper texts are left to the parser, which reports what is too deep. */
export const MAX_SIMPLE_DEPTH = 24

/**
 * Reads a scalar, or a list or map in brackets, which may reach over several lines. Undefined where it has more to it.
 * @param indent the column of the block around it
 */
export function readFlow(cursor: Cursor, style: YamlStyle, indent: number, depth: number): Tree | undefined {
  if (cursor.weight > cursor.most) return undefined
  const sign = cursor.text[cursor.at]
  if (sign === '{' || sign === '[') {
    if (depth > MAX_SIMPLE_DEPTH) return undefined
    const read = sign === '{' ? readFlowMap : readFlowList
    return read(cursor, style === 'block', indent, depth + 1)
  }
  const scalar = readScalar(cursor, style)
  const value = scalar && typed(scalar)
  return scalar === undefined || value === undefined ? undefined : leaf(scalar.at, value)
}

function readFlowMap(cursor: Cursor, isOutermost: boolean, indent: number, depth: number): Tree | undefined {
  const { at } = cursor
  const entries = new Map<string, TreeEntry>()
  let more = opens(cursor, isOutermost, indent)
  while (more && cursor.text[cursor.at] !== '}') {
    const key = readKey(cursor, 'flow')
    if (key === undefined || entries.has(key.text) || skipSpaces(cursor) === 0) return undefined
    const tree = readFlow(cursor, 'flow', indent, depth)
    if (tree === undefined) return undefined
    entries.set(key.text, entryTree(key.at, tree))
    more = continues(cursor, '}', isOutermost, indent)
  }
  return more && closes(cursor) ? mapTree(at, entries) : undefined
}

function readFlowList(cursor: Cursor, isOutermost: boolean, indent: number, depth: number): Tree | undefined {
  const { at } = cursor
  const items: Tree[] = []
  let more = opens(cursor, isOutermost, indent)
  while (more && cursor.text[cursor.at] !== ']') {
    const tree = readFlow(cursor, 'flow', indent, depth)
    if (tree === undefined) return undefined
    items.push(tree)
    more = continues(cursor, ']', isOutermost, indent)
  }
  return more && closes(cursor) ? listTree(at, items) : undefined
}

function opens(cursor: Cursor, isOutermost: boolean, indent: number): boolean {
  cursor.weight += weightOf('[')
  cursor.at += 1
  return skipBlanks(cursor, isOutermost, indent)
}

function closes(cursor: Cursor): true {
  cursor.weight += weightOf(']')
  cursor.at += 1
  return true
}

/** Moves from the end of an entry to the next one, or to the bracket that closes. @returns false where neither follows */
function continues(cursor: Cursor, bracket: ']' | '}', isOutermost: boolean, indent: number): boolean {
  if (!skipBlanks(cursor, isOutermost, indent)) return false
  const sign = cursor.text[cursor.at]
  if (sign === bracket) return true
  if (sign !== ',') return false
  cursor.weight += weightOf(',')
  cursor.at += 1
  return skipBlanks(cursor, isOutermost, indent)
}

/**
 * Moves behind spaces, comments and ends of lines.
 * @returns false where a line does not reach deeper than the block around; the outermost bracket may close at its column
 */
function skipBlanks(cursor: Cursor, isOutermost: boolean, indent: number): boolean {
  let spaces = skipSpaces(cursor)
  let isFirst = true
  for (;;) {
    const sign = cursor.text[cursor.at]
    if (sign === '#' && isFirst && spaces === 0) return false
    if (sign !== '#' && sign !== '\n') {
      const isClosing = isOutermost && spaces === indent && (sign === ']' || sign === '}')
      return isFirst || spaces > indent || isClosing
    }
    if (!endsLine(cursor)) return false
    spaces = skipSpaces(cursor)
    isFirst = false
  }
}
