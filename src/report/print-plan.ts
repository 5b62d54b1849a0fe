import type { Plan } from '../core/plan.ts'
import type { HtmlFacts } from '../render/html-header.ts'
import { renderMarkdown } from '../render/markdown.ts'
import type { RunAgain } from '../render/past-guard.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { renderText } from '../render/text.ts'
import { viewPlan } from '../render/view.ts'
import type { Wording } from '../render/wording.ts'
import type { Io } from '../run/io.ts'
import { htmlPage } from './html-file.ts'
import type { PlanFormat } from './plan-formats.ts'

type Printer = Pick<Io, 'stdout' | 'json' | 'colour' | 'cleaned' | 'parts'>

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
    Partial<Pick<ReportFacts, 'audience' | 'refused'>> & { readonly again?: RunAgain },
): Promise<void> {
  if (format === 'json') await io.json(plan)
  if (format === 'markdown') io.stdout(renderMarkdown(viewPlan(plan, wording)))
  if (format === 'text') {
    const names = facts.audience === 'counts' ? 'all names' : 'some names'
    io.stdout(renderText(viewPlan(plan, wording, facts.refused, facts.again), { colour: io.colour }, names))
  }
  if (format === 'html') await io.parts(htmlPage(io, plan, wording, { ...facts, audience: 'full' }))
}
