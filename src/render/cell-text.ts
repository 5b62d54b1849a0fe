import type { AccessTo } from '../core/plan.ts'
import { code, partsAtBars } from './markdown-text.ts'
import { printable } from './printable.ts'

/** On a phone a column of two shows about so many characters in one piece; text that has the width alone, twice as many. */
const PIECE = 17
const LONG_PIECE = 34

/**
 * A text of others as code that a narrow column can break: a long name is several code spans with a place to break
 * between them, because in a code span a browser breaks at blanks and behind dashes alone.
 * @param place `alone` where the text has the whole width
 */
export function breakable(text: string, place: 'column' | 'alone' = 'column'): string {
  const most = place === 'column' ? PIECE : LONG_PIECE
  const parts: string[] = []
  let current = ''
  for (const run of printable(text).split(/(?<= )(?=\S)|(?<=-)(?=[^-])/)) {
    const [first = '', ...more] = piecesOf(run, most)
    current += first
    for (const part of more) {
      parts.push(current)
      current = part
    }
  }
  return [...parts, current].flatMap(partsAtBars).map(code).join('<wbr>')
}

/** A run that a browser does not break, in pieces that end, where they can, behind a sign that parts a name. */
function piecesOf(run: string, most: number): readonly string[] {
  const letters = [...run]
  const pieces: string[] = []
  while (letters.length > most) {
    const sign = letters.slice(0, most).findLastIndex((letter) => /[_./:,@=]/.test(letter))
    pieces.push(letters.splice(0, sign < most / 3 ? most : sign + 1).join(''))
  }
  return [...pieces, letters.join('')]
}

/** The first names in code, and how many more there are. */
export function fewNames(names: readonly string[], most: number, place: 'column' | 'alone' = 'column'): string {
  return withMore(
    names.slice(0, most).map((name) => breakable(name, place)),
    names.length,
  )
}

/**
 * The public repositories of a list, bold, as far as there is room; the others beside them only where all can be named.
 */
export function openRepositories(list: readonly AccessTo[], most: number): string {
  const open = list.filter(({ visibility }) => visibility === 'public')
  const shown = open.slice(0, most).map(({ repository }) => `**${breakable(repository)}**`)
  const others = list.filter(({ visibility }) => visibility !== 'public')
  if (open.length + others.length > FEW) return withMore(shown, open.length)
  return [...shown, ...others.map(({ repository }) => breakable(repository))].join(', ')
}

/** So few repositories are all named. */
export const FEW = 3

function withMore(shown: readonly string[], all: number): string {
  const more = all - shown.length
  return more > 0 ? [...shown, `${more} more`].join(', ') : shown.join(', ')
}
