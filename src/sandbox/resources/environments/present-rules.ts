import type { Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import type { Environment, Repository } from '../../world/store.ts'
import { nodeId } from '../accounts/present-owner.ts'
import { protectionOf } from './protection.ts'
import { presentReviewer } from './reviewers.ts'

/** A rule for each protection that there is, as in the answers of GitHub. */
export function presentRules(call: Call, { owner }: Repository, environment: Environment): object[] {
  const { waitTimer, branchPolicy, reviewers, preventSelfReview } = protectionOf(call.world, environment)
  const rule = (index: number, type: string): object => {
    const id = environment.id * 10 + index
    return { id, node_id: nodeId('GateType', id), type }
  }
  const shown = hasSince(call.product, [3, 11]) ? { prevent_self_review: preventSelfReview } : {}
  const present = reviewers.flatMap((each) => presentReviewer(call, owner, each))
  return [
    ...(waitTimer > 0 ? [{ ...rule(1, 'wait_timer'), wait_timer: waitTimer }] : []),
    ...(present.length > 0 ? [{ ...rule(3, 'required_reviewers'), ...shown, reviewers: present }] : []),
    ...(branchPolicy ? [rule(2, 'branch_policy')] : []),
  ]
}
