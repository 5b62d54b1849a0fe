import type { Committer } from './commit.ts'
import type { Approval } from './ledger-file.ts'

/** Which approvals of the configuration applies have used up. */
export interface LedgerApprovals {
  spentApprovals(): readonly Approval[]
  spend(approval: Approval): Promise<void>
}

export function ledgerApprovals(committer: Committer): LedgerApprovals {
  return {
    spentApprovals: () => committer.current().approvals,
    spend: (approval) =>
      committer.commit((draft) => {
        if (!draft.approvals.some((spent) => isSameApproval(spent, approval))) draft.approvals.push(approval)
      }),
  }
}

function isSameApproval(left: Approval, right: Approval): boolean {
  const isSameAllow = [...left.allow].sort().join() === [...right.allow].sort().join()
  return left.digest === right.digest && left.reason === right.reason && isSameAllow
}
