import { html, NOTHING } from '../render/html-escape.ts'
import { plainPage, plainTable } from '../render/plain-page.ts'
import type { CleanupPlan } from './cleanup-plan.ts'
import { cleanupLastLine, HEADS, rowsOf } from './cleanup-text.ts'

/** One page that needs nothing beside it: counts and bytes of each repository and rule. */
export function cleanupHtml(plan: CleanupPlan): string {
  const unread = plan.not_read.map(({ scope, reason }) => html`<li>${scope}: ${reason}</li>`)
  const body = html`<p>${cleanupLastLine(plan)}</p>
${plainTable(HEADS, rowsOf(plan))}
${unread.length === 0 ? NOTHING : html`<h2>Not read</h2><ul>${unread}</ul>`}`
  return plainPage('octoform cleanup', body)
}
