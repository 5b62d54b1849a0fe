import { countLines, type Lexemes, OPENED, weightOf } from './lexemes.ts'
import { type Lines, startLines } from './lines.ts'
import { MAX_SIMPLE_DEPTH, readFlow } from './simple-flow.ts'
import { type Cursor, endsLine, isColon, readKey, skipSpaces } from './simple-scalars.ts'
import { entryTree, leaf, listTree, mapTree, type Tree, type TreeEntry } from './value-tree.ts'

/** A simple file. */
export interface SimpleYaml {
  readonly tree: Tree
  readonly lines: Lines
}

/** A file with which the configuration is too much. */
interface TooMuch {
  /** The offset of the text up to which it was read. */
  readonly over: number
  readonly lines: Lines
}

/** Tabs, carriage returns, NUL, the byte order mark, and the beginning of an expression of workflows. */
const NEVER_SIMPLE = /[\t\r\0\uFEFF]|\$\{\{/

const HASH = 35
const DASH = 45

/** Where reading has come to in block style. */
interface Block extends Cursor {
  /** The column of the first sign of the line that is to be read next; -1 at the end of the text. */
  indent: number
}

/**
 * Reads a file of the YAML that nearly every configuration is written in: maps and lists by indentation or in brackets,
 * texts on one line, comments. Gives the tree, the lines and the weight that the parser would give, in a tenth of
 * its time. Undefined for all else, and for all that is wrong: the parser then reads the same text and reports it.
 * @param lexemes how much may still be read; less, once a file was read
 * @returns the offset with which it is more, where it is so; nothing may be read any more then
 */
export function readSimpleYaml(text: string, lexemes: Lexemes): SimpleYaml | TooMuch | undefined {
  const count = countLines(text)
  if (count > lexemes.lines || NEVER_SIMPLE.test(text)) return undefined
  // The parser counts the beginning of a document as a sign.
  const lines: Block = { text, most: lexemes.weight, at: 0, weight: 1, indent: 0 }
  toNextLine(lines)
  if (lines.indent !== 0) return undefined
  const tree = readMap(lines, 0, 1)
  if (lines.weight <= lines.most && (tree === undefined || lines.at < text.length)) return undefined
  lexemes.lines -= count
  lexemes.weight -= lines.weight
  if (tree === undefined || lexemes.weight < 0) return { over: lines.at, lines: linesOf(text) }
  return { tree, lines: linesOf(text) }
}

function linesOf(text: string): Lines {
  const lines = startLines()
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
  return lines
}

/** Moves from the beginning of a line to the first sign that is no comment. */
function toNextLine(lines: Block): void {
  for (;;) {
    const indent = skipSpaces(lines)
    if (!endsLine(lines)) {
      lines.indent = lines.at < lines.text.length ? indent : -1
      return
    }
  }
}

/** Moves from the end of a value to the next line. @returns false where more stands on this one */
function finishLine(lines: Block): boolean {
  const spaces = skipSpaces(lines)
  if (lines.text.charCodeAt(lines.at) === HASH && spaces === 0) return false
  if (!endsLine(lines) && lines.at < lines.text.length) return false
  toNextLine(lines)
  return true
}

/** Whether a `-` stands here that begins an entry. */
function isDash({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === DASH && text.charCodeAt(at + 1) === 32
}

/** Reads a map in block style, from its first key. */
function readMap(lines: Block, indent: number, depth: number): Tree | undefined {
  if (depth > MAX_SIMPLE_DEPTH) return undefined
  const { at } = lines
  const entries = new Map<string, TreeEntry>()
  do {
    const key = readKey(lines, 'block')
    if (key === undefined || entries.has(key.text)) return undefined
    const tree = readValue(lines, indent, depth, key.at)
    if (tree === undefined || lines.indent > indent) return undefined
    entries.set(key.text, entryTree(key.at, tree))
  } while (lines.indent === indent && !isDash(lines))
  return mapTree(at, entries)
}

/** Reads what stands behind a key, and moves to the next line. */
function readValue(lines: Block, indent: number, depth: number, keyAt: number): Tree | undefined {
  skipSpaces(lines)
  const isOpen = endsLine(lines)
  if (isOpen || lines.at === lines.text.length) {
    if (isOpen) lines.weight += OPENED
    toNextLine(lines)
    if (isDash(lines) && lines.indent >= indent) return readList(lines, lines.indent, depth + 1)
    return lines.indent > indent ? readMap(lines, lines.indent, depth + 1) : leaf(keyAt, null)
  }
  const tree = readFlow(lines, 'block', indent, depth)
  return tree !== undefined && finishLine(lines) ? tree : undefined
}

/** Reads a list in block style, from its first `-`. */
function readList(lines: Block, indent: number, depth: number): Tree | undefined {
  if (depth > MAX_SIMPLE_DEPTH) return undefined
  const { at } = lines
  const items: Tree[] = []
  while (lines.indent === indent && isDash(lines)) {
    const start = lines.at
    lines.at += 1
    lines.weight += weightOf('-')
    skipSpaces(lines)
    const column = indent + lines.at - start
    const tree = readItem(lines, indent, column, depth)
    if (tree === undefined || lines.indent > indent) return undefined
    items.push(tree)
  }
  return listTree(at, items)
}

/** Reads an entry of a list, which is a map where a `:` follows its first text, and moves to the next line. */
function readItem(lines: Block, indent: number, column: number, depth: number): Tree | undefined {
  const { at, weight } = lines
  const tree = readFlow(lines, 'block', indent, depth)
  if (tree === undefined) return undefined
  if (!isColon(lines)) return finishLine(lines) ? tree : undefined
  lines.at = at
  lines.weight = weight
  lines.indent = column
  return readMap(lines, column, depth + 1)
}
