import { Document, type Scalar, visit } from 'yaml'
import { printable, replaceUnseen } from './printable.ts'

/**
 * Data as YAML of which every line shows its full content: invisible characters, those that move a cursor and commands
 * to GitHub's runner are escaped in double quotes, and parse to the same. Names come from others.
 * https://yaml.org/spec/1.2.2/#57-escaped-characters
 */
export function printableYaml(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, scalar) => {
      if (mustBeQuoted(scalar)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  const yaml = document.toString({ lineWidth: 0, doubleQuotedAsJSON: true })
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
