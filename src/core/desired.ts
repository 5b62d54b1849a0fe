import type { Source } from './diagnostic.ts'
import type { Document } from './json.ts'
import type { Scope } from './scope.ts'

/** The members of `add_X` and `remove_X` where the list X itself is not given: their base is GitHub's list. */
export interface ListEdit {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** A repository that a list means by a former name: its own, or one that is another repository's now. */
export interface FrozenName {
  /** The present name. */
  readonly name: string
  /** `captured`: the entry does not even count as a match of a glob. */
  readonly kind: 'former' | 'captured'
  /** The entry. */
  readonly source: Source
  /** The reason why it gains nothing, and the remedy. */
  readonly reason: string
  readonly help: string
}

/** One address of the configuration after merging: only what the YAML mentions. */
export interface DesiredMember {
  /** As GitHub compares it (secrets in upper case); `''` for a settings document. */
  readonly key: string
  readonly address: string
  /** The name as the YAML spells it, which GitHub keeps of a new member; left out where that is the key. */
  readonly name?: string
  /** `absent` deletes, `unmanaged` leaves alone and exempts from `prune`. */
  readonly state: 'present' | 'absent' | 'unmanaged'
  /** The fields that the YAML mentions. Lists are resolved to names, folded where GitHub folds them, sorted, each once. */
  readonly spec: Document
  /** By dotted field path. */
  readonly edits: Readonly<Record<string, ListEdit>>
  /** The place of the member, which messages about its change name. */
  readonly source: Source
  /** The place of each field's value, by dotted field path. */
  readonly sources: Readonly<Record<string, Source>>
  /** By dotted field path of a list of plain names: the place of each of them. */
  readonly entries?: Readonly<Record<string, ReadonlyMap<string, Source>>>
  /** By dotted field path: the members of a list that a glob or a selector gave, not a name written out. */
  readonly matched: Readonly<Record<string, readonly string[]>>
  /** By name of a matched repository: by which fact a selector takes it, and who can bring that about. */
  readonly brought?: Readonly<Record<string, string>>
  /** The same of a set that gives the member. */
  readonly setBrought?: string
  /**
   * Offline, by dotted field path of a list: the repositories that a selector may add to it, which only GitHub can
   * decide; sorted.
   */
  readonly undecided?: Readonly<Record<string, readonly string[]>>
  /**
   * Lists in the YAML that resolve to no entry, by dotted path: they are in neither `spec` nor `edits`, and fields that
   * depend on them wait. `all` leaves the whole member as it is on GitHub.
   */
  readonly withheld?: 'all' | readonly string[]
  /** Of settings: the fields that come into force here by a change of the level above, with the address of that. */
  readonly through?: { readonly from: string; readonly fields: readonly string[] }
  /** By dotted field path; they are in neither `spec` nor `edits` (`settle-names.ts`). */
  readonly frozen?: Readonly<Record<string, readonly FrozenName[]>>
  /** Set where the YAML names the repository by a former name: `owner/name`, and the fields that are given so. */
  readonly former?: { readonly name: string; readonly fields: readonly string[] }
  /** Set where placeholders name the source of its value: which names they stand for there (`source-claims.ts`). */
  readonly filled?: readonly string[]
  /** Whether a `repository_sets` entry gave it, wholly or in part. */
  readonly fromSet: boolean
}

/** An address glob below which unlisted members are deleted. */
export interface Prune {
  /** A whole address glob, such as `orgs/acme/secrets/PAY_*`. */
  readonly glob: string
  readonly source: Source
}

/** The desired state of one family in one scope. */
export interface DesiredSection {
  readonly scope: Scope
  readonly family: string
  readonly members: readonly DesiredMember[]
  readonly prune: readonly Prune[]
  readonly source: Source
}
