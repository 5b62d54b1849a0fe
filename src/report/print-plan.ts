import type { Plan } from '../core/plan.ts'
import type { HtmlFacts } from '../render/html-header.ts'
import { renderMarkdown } from '../render/markdown.ts'
import type { RunAgain } from '../render/past-guard.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { type TextDetail, textParts } from '../render/text.ts'
import type { TextPart } from '../render/text-part.ts'
import { viewPlan } from '../render/view.ts'
import type { Wording } from '../render/wording.ts'
import type { Io } from '../run/io.ts'
import { htmlPage } from './html-file.ts'
import type { PlanFormat } from './plan-formats.ts'

type Printer = Pick<Io, 'group' | 'json' | 'colour' | 'columns' | 'cleaned' | 'parts' | 'lines'>

/** How much is printed, by the flags that ask for more or less than the usual. */
export function detailOf({ verbose, quiet }: { verbose?: boolean; quiet?: boolean }): TextDetail | undefined {
  if (verbose) return 'all names'
  return quiet ? 'end' : undefined
}

/**
 * Prints a plan as a result, with all names: where reports leave names out, this alone has them.
 * @param facts.audience of the reports
 */
export async function printPlan(
  io: Printer,
  plan: Plan,
  format: PlanFormat,
  wording: Wording,
  facts: Omit<HtmlFacts, 'audience'> &
    Partial<Pick<ReportFacts, 'audience' | 'refused'>> & {
      readonly again?: RunAgain
      readonly detail?: TextDetail | undefined
    },
): Promise<void> {
  if (format === 'json') await io.json(plan)
  if (format === 'markdown') await io.lines(renderMarkdown(viewPlan(plan, wording)))
  if (format === 'text') {
    const detail = facts.detail ?? (facts.audience === 'counts' ? 'all names' : 'usual')
    const style = { colour: io.colour, width: io.columns }
    const view = viewPlan(plan, wording, facts.refused, facts.again)
    await printParts(io, textParts(view, style, detail))
  }
  if (format === 'html') await io.parts(htmlPage(io, plan, wording, { ...facts, audience: 'full' }))
}

/** Prints text of which a job's log folds the long parts. */
export async function printParts(io: Pick<Io, 'lines' | 'group'>, parts: readonly TextPart[]): Promise<void> {
  for (const { lines, folds } of parts) {
    if (folds === undefined) await io.lines(lines)
    else await io.group(folds, lines)
  }
}
