/** An object of a repository that cleanup may delete, of any kind. */
export interface Leftover {
  readonly id: number
  /** Milliseconds since 1970: of artifacts and caches when they were made, of runs and logs when the run was last updated. */
  readonly at: number
  /** 0 where GitHub does not say. */
  readonly bytes: number
  /** The name of an artifact, the key of a cache; empty of others. */
  readonly name: string
  /** `keep_latest` counts for each of these apart: the name of an artifact, the workflow of a run. */
  readonly group: string
  /** Of runs. */
  readonly branch: string
  readonly conclusion: string
  readonly status: string
  /** The run that it is of, or that it is; undefined where GitHub does not say. */
  readonly run: number | undefined
}

/** The objects of one repository, as far as rules ask for them. Each list is whole. */
export interface Leftovers {
  readonly artifacts: readonly Leftover[]
  readonly runs: readonly Leftover[]
  readonly caches: readonly Leftover[]
  /** Runs that have not completed, where artifacts are young enough to be of one; undefined where it was not asked. */
  readonly going: ReadonlySet<number> | undefined
  /** Caches that such a run may have made. */
  readonly heldCaches: ReadonlySet<number>
}
