import { type Allowance, joinAllowances, parseAllowance } from './allowance.ts'
import type { Approval, ApprovalLine, Approvals } from './approval.ts'
import { approvalLines } from './approval-lines.ts'
import type { Diagnostic } from './diagnostic.ts'
import { type GuardSettings, trippedGuards } from './guards.ts'
import type { Plan, PlanFlags } from './plan.ts'
import type { Work } from './work.ts'

/** The plan that is judged. */
export interface Judged extends Pick<Plan, 'digest' | 'complete'> {
  readonly works: readonly Work[]
  readonly flags: PlanFlags
  /** Places that the run leaves out. */
  readonly leftOut: readonly string[]
  /** Whether the plan has errors, so that changes may be missing in it. */
  readonly hasErrors: boolean
}

/** The guards that stop an apply, those that lines of the configuration approve, and the messages about these lines. */
export interface Judgement extends Pick<Plan, 'tripped' | 'approved' | 'lasting_approvals' | 'approve'> {
  readonly diagnostics: readonly Diagnostic[]
}

/** Checks a plan against the guards, and their refusals against the approvals. */
export function judge(judged: Judged, guards: GuardSettings, approvals: Approvals): Judgement {
  const { works, digest, complete, hasErrors } = judged
  const { lines, spent } = approvals
  const force = linesInForce(approvals, digest)
  const all = trippedGuards(works, guards)
  const tripped = trippedGuards(works, { ...guards, approved: joinAllowances(force.map(allowanceOf)) })
  const approved = all
    .filter(({ guard }) => !tripped.some((left) => left.guard === guard))
    .map(({ flag: _, ...approval }) => {
      const by = force.filter((line) => {
        const left = trippedGuards(works, { ...guards, approved: allowanceOf(line) })
        return !left.some(({ guard }) => guard === approval.guard)
      })
      return { ...approval, by: by.map(({ source, reason }) => ({ source, reason })) }
    })
  const lasting = spent === undefined ? lines.map(({ source }) => source) : []
  return {
    tripped,
    diagnostics: removable(judged, approvals),
    ...(approved.length > 0 ? { approved } : {}),
    ...(lasting.length > 0 ? { lasting_approvals: lasting } : {}),
    // Of a plan that lacks something the digest is another one once it is whole.
    ...(tripped.length > 0 && complete && !hasErrors ? { approve: approvalLines(judged, tripped, approvals) } : {}),
  }
}

/** The lines in force for a run: of its own plan, or of the one that it is held to, and not used up. */
export function linesInForce(
  { lines, heldTo, spent = [] }: Pick<Approvals, 'lines' | 'heldTo' | 'spent'>,
  digest: string,
): readonly ApprovalLine[] {
  const digests = new Set([digest, ...heldTo])
  return lines.filter((line) => digests.has(line.digest) && !isSpent(line, spent))
}

function isSpent(line: Approval, spent: readonly Approval[]): boolean {
  return spent.some((other) => isSameApproval(other, line))
}

/** Whether two lines are one: the order of `allow` makes no difference, another reason does. */
function isSameApproval(left: Approval, right: Approval): boolean {
  const words = ({ allow }: Approval): string => [...new Set(allow)].sort().join()
  return left.digest === right.digest && left.reason === right.reason && words(left) === words(right)
}

function allowanceOf({ allow }: Approval): Allowance {
  return joinAllowances(allow.flatMap((word) => parseAllowance(word) ?? []))
}

/** Warnings about the lines without effect. A run that sees or covers only a part cannot decide which ones fit. */
function removable(judged: Judged, { lines, heldTo, spent = [] }: Approvals): readonly Diagnostic[] {
  const { digest, complete, hasErrors, flags, leftOut } = judged
  const isLimited = leftOut.length > 0 || Object.values(flags).some((given: readonly string[]) => given.length > 0)
  const isWhole = complete && !hasErrors && !isLimited
  return lines.flatMap((line): Diagnostic[] => {
    const { source } = line
    if (isSpent(line, spent)) {
      const message = 'this approval is spent and may be removed; the same plan again takes another `reason`'
      return [{ severity: 'warning', message, source }]
    }
    if (!isWhole || line.digest === digest || heldTo.includes(line.digest)) return []
    const message = 'this approval fits no plan: it may be removed, unless an apply under it was interrupted'
    return [{ severity: 'warning', message, source }]
  })
}
