import { BUDGETS, type GuardSettings } from '../../src/core/guards.ts'

/** The guards of a configuration that says nothing of them, unless told otherwise. */
export function buildGuards(rest: Partial<GuardSettings> = {}): GuardSettings {
  return { budgets: BUDGETS, neverPublic: [], protect: [], allow: {}, ...rest }
}
