import { isDocument, type Json } from '../core/json.ts'

/** The longest line that is written; a longer entry goes on several. */
const WIDTH = 110

/** Text that YAML reads as text in every position, also in `[ ]` and `{ }`. */
const PLAIN = /^[A-Za-z_][\w./@-]*$/

/** Words that some version of YAML does not read as text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i

/** Characters that are invisible, or move visible ones: they are escaped, so that reviewers of the change see them. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu

/** A value on one line, valid in a block and in `[ ]` and `{ }`. */
export function flowText(value: Json): string {
  if (typeof value === 'string') return scalarText(value)
  if (Array.isArray(value)) return `[${value.map((item: Json) => flowText(item)).join(', ')}]`
  if (!isDocument(value)) return String(value)
  const entries = Object.entries(value).map(([key, inner]) => entryText(key, inner))
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

/** `key: value` on one line. */
export function entryText(key: string, value: Json): string {
  return `${scalarText(key)}: ${flowText(value)}`
}

/** A key with its value as lines of a block, without line ends. A short value that is not nested goes on one line. */
export function entryLines(key: string, value: Json, indent: string): readonly string[] {
  const line = `${indent}${entryText(key, value)}`
  if (isFlat(value) && line.length <= WIDTH) return [line]
  if (Array.isArray(value)) {
    return [`${indent}${scalarText(key)}:`, ...value.map((item: Json) => `${indent}  - ${flowText(item)}`)]
  }
  if (!isDocument(value)) return [line]
  const inner = Object.entries(value).flatMap(([name, each]) => entryLines(name, each, `${indent}  `))
  return [`${indent}${scalarText(key)}:`, ...inner]
}

/** A list, or a map that holds no map. */
function isFlat(value: Json): boolean {
  return !isDocument(value) || !Object.values(value).some((inner) => isDocument(inner) && Object.keys(inner).length > 0)
}

function scalarText(text: string): string {
  if (PLAIN.test(text) && !RESERVED.test(text)) return text
  // A job's log takes `##[` for a command at any place.
  const quoted = JSON.stringify(text).replaceAll('##[', '#\\u0023[')
  return quoted.replace(UNSEEN, (character) => {
    const point = character.codePointAt(0) ?? 0
    const digits = point.toString(16)
    return point > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`
  })
}
