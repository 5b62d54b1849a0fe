import type { ApprovalLine } from '../core/approval.ts'
import { linesInForce } from '../core/approvals.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import type { Run } from '../run/run.ts'

/**
 * The lines that an apply uses up: none where no ledger is kept that could record it, or where there is nothing to
 * approve.
 */
export function underApproval({ input, planned }: Pick<Run, 'input' | 'planned'>): readonly ApprovalLine[] {
  const { approvals } = input
  if (approvals.spent === undefined) return []
  const { changes, digest } = planned.plan
  return linesInForce(approvals, digest).filter((line) => changes.length > 0 || approvals.heldTo.includes(line.digest))
}

/** Notes which approvals an apply has used up; after one that did not do all it could, its rest is still under them. */
export async function spendApprovals(run: Run, code: ExitCode): Promise<void> {
  if (code !== EXIT.ok && code !== EXIT.changes) return
  for (const { digest, allow, reason } of underApproval(run)) await run.ledger.spend({ digest, allow, reason })
}
