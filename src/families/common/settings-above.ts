import type { Known, Wanted } from '../../core/family.ts'
import type { From } from '../../core/need.ts'

/** A settings document of the level above, at the three times that matter below it. */
export interface SettingsAbove<Spec extends object> {
  /** As GitHub has it; undefined where it was not read. */
  readonly now: Spec | undefined
  /** As the YAML wants it: no wish below may contradict that, also where another run writes it. */
  readonly desired: Wanted<Spec> | undefined
  /** Whether this run writes it. */
  readonly isWritten: boolean
  /** Whether it is written once this run is: else GitHub's present state bounds what the run can have below. */
  readonly isInForce: boolean
  /**
   * The desired fields that the level has only where it follows the one above it, which this run changes: until then GitHub
   * shows what that one allows, and nothing of the level's own.
   */
  readonly following: readonly string[]
}

/** The document of a family in the level above, or in the one above that. */
export function settingsAbove<Spec extends object>(
  known: Known,
  family: string,
  from: Exclude<From, 'here'> = 'above',
): SettingsAbove<Spec> {
  const written = known.writes?.(family, from) ?? 'in this run'
  const desired = known.desired(family, from)?.[0] as Wanted<Spec> | undefined
  return {
    now: known.live(family, from)?.[0]?.spec as Spec | undefined,
    desired,
    following: desired?.through?.fields ?? [],
    isWritten: written === 'in this run',
    isInForce: written !== 'elsewhere',
  }
}

/** The remedy where the YAML of the level above allows a wish, GitHub does not yet, and another run is to write that. */
export function applyFirst(level: string, pronoun: 'it' | 'them' = 'it'): string {
  return `Apply the ${level} first: its YAML allows ${pronoun}.`
}

/** The remedy where a wish is more than the level above shows, and that may follow the one further up, which this run opens. */
export function seeWhatFollows(field: string, level: string, further: string): string {
  return `The ${level} may have one of its own, which GitHub shows once the ${further}'s is in force: apply again then, or write ${field} of the ${level} too.`
}
