import { formatSource } from '../core/diagnostic.ts'
import type { PassedOver } from '../core/passed-over.ts'
import { count, type NoteRow, note, type Section } from './row.ts'

/**
 * Adds to what a plan left out the archived repositories, for readers who ask for all names: a pattern that should match one
 * of them does not, and nothing else says why.
 */
export function withPassedOver(
  sections: readonly Section[],
  passedOver: readonly PassedOver[] = [],
): readonly Section[] {
  if (passedOver.length === 0) return sections
  const leftOut = sections.find(({ name }) => name === 'left_out')
  const rows = [...(leftOut?.rows ?? []), ...passedOver.map(rowOf), note(WHY)]
  const own: Section = { name: 'left_out', title: 'Left out', rows }
  return [...sections.filter((section) => section !== leftOut), own]
}

const WHY = 'Patterns pass over archived repositories, unless a selector has `archived`.'

function rowOf({ pattern, source, places, repositories }: PassedOver): NoteRow {
  const more = places > 1 ? ` and ${count(places - 1, 'other place')}` : ''
  const passed = `passes over ${count(repositories.length, 'repository', 'repositories')} (archived)`
  return note(`${formatSource(source)}${more}: ${pattern} ${passed}`, repositories)
}
