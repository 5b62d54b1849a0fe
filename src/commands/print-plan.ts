import type { Plan } from '../core/plan.ts'
import { sha256 } from '../engine/saved-plan.ts'
import { renderHtml } from '../render/html.ts'
import type { HtmlFacts } from '../render/html-header.ts'
import { renderJson } from '../render/json.ts'
import { renderMarkdown } from '../render/markdown.ts'
import { renderText } from '../render/text.ts'
import { viewPlan, type Wording } from '../render/view.ts'
import type { Io } from './io.ts'
import type { PlanFormat } from './plan-formats.ts'

type Printer = Pick<Io, 'stdout' | 'colour' | 'cleaned' | 'page'>

/** Prints a plan as a result. */
export function printPlan(io: Printer, plan: Plan, format: PlanFormat, wording: Wording, facts: HtmlFacts): void {
  if (format === 'json') io.stdout(renderJson(plan))
  if (format === 'markdown') io.stdout(renderMarkdown(viewPlan(plan, wording)))
  if (format === 'text') io.stdout(renderText(viewPlan(plan, wording), { colour: io.colour }))
  if (format === 'html') {
    const { configuration, commit, runUrl } = io.cleaned({ ...facts, base: undefined })
    io.page(renderHtml(io.cleaned(plan), wording, { configuration, commit, runUrl }, sha256))
  }
}
