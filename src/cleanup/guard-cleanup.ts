import { compileAddressGlob } from '../core/glob.ts'
import type { CleanupPlan } from './cleanup-plan.ts'
import { objectCount } from './cleanup-plan.ts'
import type { RuleKind } from './policy.ts'

export interface CleanupGuards {
  /** The most objects of one run. */
  readonly most: number
  /** Whether runs and logs, which are evidence, may be deleted. */
  readonly logs: boolean
  /** Address globs of which nothing is deleted. */
  readonly protect: readonly string[]
}

const EVIDENCE: readonly RuleKind[] = ['runs', 'logs']

/** Why a run of cleanup must not delete this: sentences, each with what goes past the guard. */
export function cleanupRefusals(plan: CleanupPlan, guards: CleanupGuards): readonly string[] {
  const count = objectCount(plan)
  const guarded = guards.protect.map((glob) => compileAddressGlob(glob))
  const held = plan.entries.filter(({ ids }) => ids.length > 0)
  const isProtected = held.filter(({ address }) => guarded.some((matches) => matches(address)))
  const evidence = held.filter(({ kind }) => EVIDENCE.includes(kind))
  return [
    ...(count > guards.most
      ? [
          `${count} objects would be deleted, and at most ${guards.most} are allowed: --allow cleanup=${count} goes past it.`,
        ]
      : []),
    ...(isProtected.length > 0
      ? [`${isProtected.map(({ address }) => address).join(', ')} is protected: --allow protected goes past it.`]
      : []),
    ...(evidence.length > 0 && !guards.logs
      ? [
          `${evidence[0]?.address} deletes runs or logs, which are evidence: it needs \`guards: { cleanup_logs: true }\` in the configuration.`,
        ]
      : []),
  ]
}
