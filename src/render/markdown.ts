import { ALL_NAMES } from './markdown-rows.ts'
import { foldTitle, isAboveTheFold, rowsParts } from './markdown-section.ts'
import { DETAILS_END, detailsBegin, fenced, fencedLine } from './markdown-text.ts'
import type { PlanView } from './view.ts'

/**
 * A plan as GitHub's markdown, nothing shortened: urgent sections are open, the rest unfolds. Text from GitHub, a file
 * or a command line is always in code, where it is neither markup nor a mention. The last line states the result.
 * @returns parts of whole lines
 */
export function* renderMarkdown(view: PlanView): Iterable<string> {
  const { sections, wording } = view
  for (const section of sections.filter(isAboveTheFold)) {
    yield `### ${section.title}\n\n`
    yield* rowsParts(section.rows, wording, ALL_NAMES)
    yield '\n'
  }
  for (const section of sections.filter((each) => !isAboveTheFold(each))) {
    yield detailsBegin(foldTitle(section))
    yield* rowsParts(section.rows, wording, ALL_NAMES)
    yield `\n${DETAILS_END}\n\n`
  }
  for (const block of factsBlock(view)) yield `${block}\n\n`
  yield `${view.last}\n`
}

/** The facts of the plan as a whole, and why it cannot be applied as it is. */
export function factsBlock({ facts, alarms }: Pick<PlanView, 'facts' | 'alarms'>): readonly string[] {
  const lines = [...facts, ...alarms].map(fencedLine)
  return lines.length === 0 ? [] : [fenced(lines, 'text')]
}
