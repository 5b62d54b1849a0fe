import type { Guards } from '../config/configuration.ts'
import type { GuardSettings } from '../core/guards.ts'
import type { OwnRun } from '../core/own-run.ts'
import type { Allowed } from './flags.ts'

/** The guards of a run: the configuration's, those that flags add or go past, and the run's own resources. */
export function guardSettings(
  guards: Guards,
  protect: readonly string[],
  allow: Allowed,
  self: OwnRun | undefined,
): GuardSettings {
  const { incomplete: _, fork: __, cleanup: ___, 'cleanup-recent': ____, ...allowed } = allow
  return {
    budgets: guards,
    neverPublic: guards.never_public,
    protect: [...guards.protect, ...protect],
    allow: allowed,
    ...(self ? { self } : {}),
  }
}
