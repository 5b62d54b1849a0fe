import { makePlan } from '../core/make-plan.ts'
import type { Run } from './run.ts'

/** The same run, held to the reviewed plan: an approval of that covers its remaining changes. */
export function heldTo(run: Run, digests: readonly string[]): Run {
  if (run.input.approvals.lines.length === 0 || digests.length === 0) return run
  const input = { ...run.input, approvals: { ...run.input.approvals, heldTo: digests } }
  return { ...run, input, planned: makePlan(input) }
}
