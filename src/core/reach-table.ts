import type { RepositoryVisibility } from './repository.ts'

/** A repository with its owner, such as `acme/web`. */
export interface ReachRepository {
  readonly name: string
  readonly visibility: RepositoryVisibility
}

/** The repositories that may use one thing. */
export interface ReachRow {
  readonly address: string
  /** Ranges of indices into the table's repositories, such as `0-4,7`; the empty text where there are none. */
  readonly before: string
  readonly after: string
}

/**
 * The reach of every managed secret, runner group and the like of an organization, changed or not. A thing whose list
 * was not read has no row.
 */
export interface Reach {
  /** Sorted by name. Also those whose own settings change, so that readers see their visibility. */
  readonly repositories: readonly ReachRepository[]
  /** Sorted by address. */
  readonly rows: readonly ReachRow[]
  /**
   * Sorted: members that all repositories may use by their mode, before and after, which have no row because nothing else
   * needed the names of all; left out where there are none.
   */
  readonly open?: readonly string[]
  /** Of members that only some branches and tags of their repository may use, those that change; left out where there are none. */
  readonly admitting?: readonly AdmittingRow[]
}

/** Which branches and tags may use an environment, in words; null where it is not there. */
export interface AdmittingRow {
  readonly address: string
  readonly visibility: RepositoryVisibility
  readonly before: string | null
  readonly after: string | null
}
