import type { Diagnostic } from './diagnostic.ts'
import type { HeldBack } from './held-back.ts'
import type { Document } from './json.ts'
import type { Withheld } from './knowing.ts'
import type { MemberReach, OpenReach } from './reach.ts'
import type { Work } from './work.ts'

export interface SectionPlan {
  readonly works: readonly Work[]
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
  /** The parts of its desired members that this run does not write, by the member's key. */
  readonly withheld: ReadonlyMap<string, Withheld>
  /** Further messages about lists that were held back when the configuration was resolved, by address. */
  readonly alsoHeld: ReadonlyMap<string, readonly string[]>
  readonly unknown: readonly string[]
  /** Addresses that are left alone because their repository is archived. */
  readonly archived: readonly string[]
  readonly notCompared: readonly string[]
  /** The desired fields of each member that GitHub has already, by address. */
  readonly settled: ReadonlyMap<string, Document>
  /** Live members that the configuration does not mention and no `prune` matches, by name. */
  readonly leftAlone: readonly string[]
  /** Fields that mentioned members have on GitHub, and the configuration does not mention. */
  readonly fieldsLeftAlone: number
  /** The reach of each managed member. */
  readonly reach: readonly (MemberReach | OpenReach)[]
}
