import type { Source } from './diagnostic.ts'

/** What one line under `approvals` says: for the plan with this digest, what `--allow` would say. */
export interface Approval {
  readonly digest: string
  readonly allow: readonly string[]
  readonly reason: string
}

/** A line of the configuration. */
export interface ApprovalLine extends Approval {
  readonly source: Source
}

/** What of approvals bears on a run. */
export interface Approvals {
  readonly lines: readonly ApprovalLine[]
  /** Where the YAML has the key, or where it would stand. */
  readonly place: { readonly file: string; readonly key: Source | undefined }
  /** Digests of what was reviewed and the run is held to, beside that of its own plan. */
  readonly heldTo: readonly string[]
  /** Those that an apply has used up; undefined where no ledger is kept between runs, so that nobody can know. */
  readonly spent: readonly Approval[] | undefined
}
