import type { Failure } from '../core/failure.ts'

/** The exit codes of a command; the contract that scripts rely on. */
export const EXIT = {
  ok: 0,
  /** Bad configuration, a write that GitHub refused, a partial apply, a bug. */
  failed: 1,
  /**
   * Changes or drift (`plan --detailed-exitcode`, `drift`); `apply` made all possible changes, and others are held
   * back.
   */
  changes: 2,
  /** A guard refused. */
  guarded: 3,
  /** The plan that was reviewed does not hold any more. */
  stale: 4,
  /** Something could not be read. */
  unread: 5,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The failure of a plan by its exit code. */
export const FAILURES = {
  [EXIT.failed]: 'invalid_configuration',
  [EXIT.changes]: 'changes',
  [EXIT.guarded]: 'guard_refused',
  [EXIT.stale]: 'plan_changed',
  [EXIT.unread]: 'unread',
} as const satisfies Record<Exclude<ExitCode, 0>, Failure>

/** The code of several results: 1, else the highest. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  if (codes.includes(EXIT.failed)) return EXIT.failed
  return codes.reduce<ExitCode>((highest, code) => (code > highest ? code : highest), EXIT.ok)
}
