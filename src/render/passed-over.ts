import { count, note, type Section } from './row.ts'

/**
 * Adds to what a plan left out the archived repositories, for readers who ask for all names: a pattern that should match one
 * of them does not, and nothing else says why.
 * @param archived such as `acme/legacy`
 */
export function withPassedOver(sections: readonly Section[], archived: readonly string[]): readonly Section[] {
  if (archived.length === 0) return sections
  const row = note(
    `${count(archived.length, 'repository', 'repositories')} (archived), which patterns pass over unless a selector has \`archived\``,
    archived,
  )
  const leftOut = sections.find(({ name }) => name === 'left_out')
  const own: Section = { name: 'left_out', title: 'Left out', rows: [...(leftOut?.rows ?? []), row] }
  return [...sections.filter((section) => section !== leftOut), own]
}
