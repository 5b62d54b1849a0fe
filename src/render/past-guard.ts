import { commandLine } from '../core/shell-word.ts'

/** The command line that repeats a run, without the guards that it allows. */
export interface RunAgain {
  /** Flags with their words, such as `--config`, `orgs`. */
  readonly flags: readonly string[]
  /** The saved plan, where there is one. */
  readonly plan?: string
}

/**
 * How to go past a guard.
 * @param flag such as `--allow deletions=18`
 * @param again left out where the command is run elsewhere, as in a report on GitHub
 */
export function pastGuard(flag: string, again: RunAgain = { flags: [] }): string {
  const plan = again.plan === undefined ? [] : [again.plan]
  return `To go past it: ${commandLine(['apply', ...again.flags, ...flag.split(' '), ...plan])}`
}
