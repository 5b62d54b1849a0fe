import type { Source } from './diagnostic.ts'

/** One line under `approvals`: it acts as `--allow` for the plan with this digest. */
export interface Approval {
  readonly digest: string
  readonly allow: readonly string[]
  readonly reason: string
}

/** A line of the configuration. */
export interface ApprovalLine extends Approval {
  readonly source: Source
}

/** The approvals that concern a run. */
export interface Approvals {
  readonly lines: readonly ApprovalLine[]
  /** The key's place in the YAML, or the file to add it to. */
  readonly place: { readonly file: string; readonly key: Source | undefined }
  /** Digests of the reviewed plan that the run is held to, beside that of its own plan. */
  readonly heldTo: readonly string[]
  /** Those that an apply has used up; undefined where no ledger records them between runs. */
  readonly spent: readonly Approval[] | undefined
}
