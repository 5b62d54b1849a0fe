import type { Approvals } from '../core/approval.ts'
import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { Budgets } from '../core/guards.ts'
import type { Document } from '../core/json.ts'
import type { ScopeType } from '../core/scope.ts'
import type { Grants } from './grants.ts'
import type { LedgerPlace } from './ledger-place.ts'
import type { SealedBox } from './value-source.ts'

/** How strong a layer is: a higher rank overrides a lower one, field by field. */
export type Rank =
  | 'enterprise'
  | 'organization_set'
  | 'organization'
  | 'organization_set.repository_set'
  | 'repository_set'
  | 'organization_set.repository'
  | 'repository'

/** The statements of one place of one file about one scope, before merging; still with globs and selectors. */
export interface Layer {
  /** The level of the scopes that the body is about. */
  readonly level: ScopeType
  readonly rank: Rank
  /** The owner's name as `ownerOf` has it, folded to lower case. */
  readonly owner: string
  /** The enterprise (folded, as `ownerOf` has it) around the organization. */
  readonly enterprise?: string
  /** The repository it is for (folded); undefined for the organization's own settings, and for a set. */
  readonly repository?: string
  /** The environment of that repository, or of each that the set matches (folded). */
  readonly environment?: string
  /** The name that it has the repository by, where that is called otherwise by now. */
  readonly former?: string
  /** A set's `match`, as the YAML has it. */
  readonly match?: Document
  /** Position in the file, so that of two sets in one file the later wins. */
  readonly order: number
  readonly file: string
  /** The family keys and their values, as the YAML has them (`permissions`, `secrets`, …, and `prune`). */
  readonly body: Document
  /** The path of `body` in the file's document, so that a place can be found for each key below it. */
  readonly path: readonly (string | number)[]
  readonly source: Source
  /** The place of a key or value in the layer's file, by its path in the document. */
  place(path: readonly (string | number)[]): Source
}

export interface Guards extends Budgets {
  /** Address globs at which no public repository gains. */
  readonly never_public: readonly string[]
  /** Address globs that no run deletes. */
  readonly protect: readonly string[]
  /** The most objects that a run of `cleanup` deletes. */
  readonly max_cleanup: number
  /** Whether `cleanup` may delete runs and logs. */
  readonly cleanup_logs: boolean
}

/** An owner that the configuration names. */
export interface DeclaredOwner {
  /** Folded to lower case. */
  readonly name: string
  /** The level of its key: `repository` where only repositories of it are named, at the top. */
  readonly by: ScopeType
  readonly source: Source
}

/** All files together: checked against the schemas, not yet resolved against GitHub's listing. */
export interface Configuration {
  /** The families that its keys were read for. */
  readonly families: readonly Family[]
  readonly files: readonly string[]
  readonly github: { readonly api_url?: string; readonly product?: string; readonly source?: Source }
  /** `.octoform/ledger.json` beside the highest file where the YAML gives none. */
  readonly ledger: LedgerPlace
  /** By which the ledger is verified, in base64. */
  readonly publicKeys: readonly string[]
  readonly guards: Guards
  readonly approvals: Pick<Approvals, 'lines' | 'place'>
  /** Warnings about the files themselves. */
  readonly warnings: readonly Diagnostic[]
  /** Ids that are let in behind names which the ledger knows others by, as the YAML has them. */
  readonly accept: readonly string[]
  /** The place of an entry of it. */
  acceptPlace(index: number): Source
  /** The declarations that each file may make; undefined where there is no `files`, so that every file may make all. */
  readonly grants: Grants | undefined
  readonly owners: readonly DeclaredOwner[]
  readonly layers: readonly Layer[]
  /** The same by owner, each in the same order. */
  readonly layersByOwner: ReadonlyMap<string, readonly Layer[]>
  /** The sealed values, by their source (`sealed:…`). */
  readonly sealed: ReadonlyMap<string, SealedBox>
  /** The place of a key or value in a file, by its path in the document. */
  place(file: string, path: readonly (string | number)[]): Source
}
