import type { Json } from '../core/json.ts'
import { weightOf } from './lexemes.ts'

/** A place in a text that is being read, and the weight of the words and signs before it, as tokens.ts has it. */
export interface Cursor {
  readonly text: string
  /** The largest weight: reading gives up beyond it, before more values than that take memory. */
  readonly most: number
  at: number
  weight: number
}

/** A text that a scalar holds, before it is known which type it has. */
export interface Scalar {
  readonly at: number
  readonly text: string
  readonly isQuoted: boolean
}

const LINE_END = 10
const SPACE = 32
const DOUBLE_QUOTE = 34
const HASH = 35
const SINGLE_QUOTE = 39
const COLON = 58
const BACKSLASH = 92

/** Signs that the parser's keys may not exceed 1,024 of. */
const MAX_KEY = 1000

/** Where a text without quotes stands: in brackets, more signs end it. */
export type YamlStyle = 'block' | 'flow'

/** Reads a scalar on one line. Undefined where it has more to it: several lines, an escape, an anchor, a tag. */
export function readScalar(cursor: Cursor, style: YamlStyle): Scalar | undefined {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === DOUBLE_QUOTE) return readDoubleQuoted(cursor)
  if (code === SINGLE_QUOTE) return readSingleQuoted(cursor)
  return isPlainStart(code) ? readPlain(cursor, style) : undefined
}

/** Reads a key and the `:` behind it. Undefined where another form of key stands here, or none. */
export function readKey(cursor: Cursor, style: YamlStyle): Scalar | undefined {
  if (cursor.weight > cursor.most) return undefined
  const key = readScalar(cursor, style)
  if (key === undefined || key.text.length > MAX_KEY || !isColon(cursor)) return undefined
  // The line `...` ends a document.
  if (!key.isQuoted && key.text.startsWith('.')) return undefined
  cursor.at += 1
  cursor.weight += 1
  return key
}

/** Whether a `:` stands here that ends a key. */
export function isColon({ text, at }: Cursor): boolean {
  if (text.charCodeAt(at) !== COLON) return false
  const next = text.charCodeAt(at + 1)
  return next === SPACE || next === LINE_END || Number.isNaN(next)
}

/** Moves behind spaces. @returns how many */
export function skipSpaces(cursor: Cursor): number {
  const start = cursor.at
  while (cursor.text.charCodeAt(cursor.at) === SPACE) cursor.at += 1
  if (cursor.at > start) cursor.weight += 1
  return cursor.at - start
}

/** Moves behind a comment and the end of the line, if they stand here. */
export function endsLine(cursor: Cursor): boolean {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === HASH) {
    const end = cursor.text.indexOf('\n', cursor.at)
    cursor.at = end === -1 ? cursor.text.length : end
    cursor.weight += 1
  } else if (code !== LINE_END) {
    return false
  }
  if (cursor.at === cursor.text.length) return false
  cursor.at += 1
  cursor.weight += 1
  return true
}

/** Letters and digits of ASCII, and `_ . / ~ $ ( +`: what a text without quotes nearly always starts with. */
function isPlainStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 46 && code <= 57) ||
    code === 95 ||
    code === 126 ||
    code === 36 ||
    code === 40 ||
    code === 43
  )
}

function readPlain(cursor: Cursor, style: YamlStyle): Scalar | undefined {
  const { text, at } = cursor
  const inFlow = style === 'flow'
  let end = at
  for (let index = at; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === LINE_END) break
    if (code === COLON) {
      const next = text.charCodeAt(index + 1)
      if (next === SPACE || next === LINE_END || Number.isNaN(next)) break
      if (inFlow && isFlowSign(next)) return undefined
      end = index + 1
    } else if (code === SPACE) {
      if (text.charCodeAt(index + 1) === HASH) break
    } else {
      if (inFlow && isFlowSign(code)) break
      end = index + 1
    }
  }
  cursor.at = end
  cursor.weight += 2
  return { at, text: text.slice(at, end), isQuoted: false }
}

/** `,`, `[`, `]`, `{` or `}`. */
function isFlowSign(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125
}

function readDoubleQuoted(cursor: Cursor): Scalar | undefined {
  const { text, at } = cursor
  for (let index = at + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === LINE_END || code === BACKSLASH) return undefined
    if (code !== DOUBLE_QUOTE) continue
    cursor.at = index + 1
    cursor.weight += weightOf(text.slice(at, index + 1))
    return { at, text: text.slice(at + 1, index), isQuoted: true }
  }
  return undefined
}

function readSingleQuoted(cursor: Cursor): Scalar | undefined {
  const { text, at } = cursor
  const end = text.indexOf("'", at + 1)
  if (end === -1 || text.charCodeAt(end + 1) === SINGLE_QUOTE) return undefined
  const inner = text.slice(at + 1, end)
  if (inner.includes('\n')) return undefined
  cursor.at = end + 1
  cursor.weight += weightOf("'")
  return { at, text: inner, isQuoted: true }
}

/** Every form of a number in YAML's core schema. */
const NUMBER =
  /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

/** Every number of so many digits is exact. */
const INTEGER = /^\d{1,15}$/

const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...['null', 'Null', 'NULL', '~'].map((word): [string, Json] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, Json] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, Json] => [word, false]),
])

/** The value of a scalar by YAML's core schema; undefined for numbers of a rare form. */
export function typed({ text, isQuoted }: Scalar): Json | undefined {
  if (isQuoted) return text
  const word = WORDS.get(text)
  if (word !== undefined) return word
  const code = text.charCodeAt(0)
  // Only these start a number: `+`, `.` and digits.
  if (code !== 43 && code !== 46 && !(code >= 48 && code <= 57)) return text
  if (INTEGER.test(text)) return Number(text)
  return NUMBER.test(text) ? undefined : text
}
