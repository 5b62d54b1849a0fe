import type { Committer } from './commit.ts'
import type { Approval } from './ledger-parts.ts'
import { signApproval } from './ledger-seal.ts'
import type { Proof } from './proof.ts'

/** The configuration's approvals that applies have used up. */
export interface LedgerApprovals {
  /** Not verified: a forged line only takes an approval away. */
  spentApprovals(): readonly Approval[]
  spend(approval: Approval): Promise<void>
}

export function ledgerApprovals(committer: Committer, proof: Proof): LedgerApprovals {
  return {
    spentApprovals: () => committer.current().approvals.map(({ digest, allow, reason }) => ({ digest, allow, reason })),
    spend: (approval) =>
      committer.commit((draft) => {
        if (draft.approvals.some((spent) => isSameApproval(spent, approval))) return
        draft.approvals.push(signApproval(approval, proof))
      }),
  }
}

function isSameApproval(left: Approval, right: Approval): boolean {
  const isSameAllow = [...left.allow].sort().join() === [...right.allow].sort().join()
  return left.digest === right.digest && left.reason === right.reason && isSameAllow
}
