import { ALL_NAMES } from './markdown-rows.ts'
import { foldedBlock, isAboveTheFold, sectionBlock } from './markdown-section.ts'
import { fenced, fencedLine } from './markdown-text.ts'
import type { PlanView } from './view.ts'

/**
 * A plan as GitHub's markdown, nothing shortened: urgent sections are open, the rest unfolds. Text from GitHub, a file
 * or a command line is always in code, where it is neither markup nor a mention. The last line states the result.
 */
export function renderMarkdown(view: PlanView): string {
  const { sections, wording } = view
  const open = sections.filter(isAboveTheFold).map((section) => sectionBlock(section, wording, ALL_NAMES))
  const folded = sections
    .filter((section) => !isAboveTheFold(section))
    .map((section) => foldedBlock(section, wording, ALL_NAMES))
  return `${[...open, ...folded, ...factsBlock(view), view.last].join('\n\n')}\n`
}

/** The facts of the plan as a whole, and why it cannot be applied as it is. */
export function factsBlock({ facts, alarms }: Pick<PlanView, 'facts' | 'alarms'>): readonly string[] {
  const lines = [...facts, ...alarms].map(fencedLine)
  return lines.length === 0 ? [] : [fenced(lines, 'text')]
}
