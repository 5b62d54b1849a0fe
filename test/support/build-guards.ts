import type { Approvals } from '../../src/core/approval.ts'
import { BUDGETS, type GuardSettings } from '../../src/core/guards.ts'

/** The guards of a configuration without any, unless `rest` has others. */
export function buildGuards(rest: Partial<GuardSettings> = {}): GuardSettings {
  return { budgets: BUDGETS, neverPublic: [], protect: [], allow: {}, ...rest }
}

/** The approvals of a configuration without any, unless `rest` has others. */
export function buildApprovals(rest: Partial<Approvals> = {}): Approvals {
  return { lines: [], place: { file: 'octoform.yaml', key: undefined }, heldTo: [], spent: [], ...rest }
}
