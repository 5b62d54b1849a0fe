import { Document, isMap, isPair, isScalar, type Scalar, visit } from 'yaml'
import { printable, replaceUnseen } from './printable.ts'

/** The comment of a map. */
export type CommentAt = (path: readonly string[]) => string | undefined

/**
 * Data as YAML of which every line shows its full content: invisible characters, those that move a cursor and commands
 * to GitHub's runner are escaped in double quotes, and parse to the same. Names come from others.
 * https://yaml.org/spec/1.2.2/#57-escaped-characters
 * @param commentAt the comment at the end of a map, by the keys that lead to it; it must be printable
 */
export function printableYaml(value: object, commentAt: CommentAt = () => undefined): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, scalar) => {
      if (mustBeQuoted(scalar)) scalar.type = 'QUOTE_DOUBLE'
    },
    Pair: (_, pair, ancestors) => {
      if (!isMap(pair.value)) return
      const pairs = [...ancestors.filter((each) => isPair(each)), pair]
      const comment = commentAt(pairs.map(({ key }) => String(isScalar(key) ? key.value : key)))
      if (comment !== undefined) pair.value.comment = ` ${comment}`
    },
  })
  const text = document.toString({ lineWidth: 0, doubleQuotedAsJSON: true })
  // The library puts an empty map with a comment on lines of its own.
  const yaml = text.replace(/:\n +\{\}\n +(# )/g, ': {} $1')
  // Nothing of these is left outside of double quotes.
  return replaceUnseen(yaml, (character) => (character === '\n' ? character : escaped(character))).replaceAll(
    '##[',
    '#\\x23[',
  )
}

function mustBeQuoted({ value }: Scalar): boolean {
  if (typeof value !== 'string') return false
  // Written plain, `<<` would be a merge key when it is read, and `::` at the start of a line a command.
  return value === '<<' || value.startsWith('::') || printable(value) !== value
}

function escaped(character: string): string {
  const point = character.codePointAt(0) ?? 0
  return point > 0xffff ? `\\U${point.toString(16).padStart(8, '0')}` : `\\u${point.toString(16).padStart(4, '0')}`
}
