import type { Family, Known } from './family.ts'
import type { FieldTable } from './field-table.ts'
import type { Scope } from './scope.ts'
import type { SecretFacts } from './secret-state.ts'
import type { SameEntry } from './share-entries.ts'

/** GitHub's numeric ids of a scope's owner and repository; an enterprise has none. */
export interface ScopeIds {
  readonly owner_id: number | null
  readonly repository_id: number | null
}

/** One section as it was read, with all that planning it may know. */
export interface SectionFacts {
  readonly scope: Scope
  readonly family: Family
  readonly known: Known
  readonly ids: ScopeIds
  /** Repositories of the owner that are there though its listing lacks them, such as the one that the run works in. */
  readonly unlisted?: readonly string[]
  /** Set to compare held-back settings, too: in a plan that is never applied, such as one that takes GitHub's side. */
  readonly unheld?: true
  /** Made once for all sections of a plan. */
  readonly table?: FieldTable
  /** Gives what a repository gains or loses once, for all members of a plan. */
  readonly sameEntry?: SameEntry
  /** SHA-256 in hexadecimal, for documents that GitHub does not show. */
  hash?(text: string): string
  /** The ledger's facts, by address; only for secrets whose value is ours, and for settings that GitHub does not show. */
  facts(address: string): SecretFacts | undefined
  /** Whether `--rotate` names the address, or the source of its value (`env:NAME`). */
  rotates(address: string, source: string): boolean
}
