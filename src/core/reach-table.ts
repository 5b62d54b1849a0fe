import type { RepositoryVisibility } from './repository.ts'

/** A repository with its owner, such as `acme/web`. */
export interface ReachRepository {
  readonly name: string
  readonly visibility: RepositoryVisibility
}

/** Which repositories may use one thing. */
export interface ReachRow {
  readonly address: string
  /** Ranges of indices into the table's repositories, such as `0-4,7`; the empty text where there are none. */
  readonly before: string
  readonly after: string
}

/**
 * Who may use every managed secret, runner group and the like of an organization, whether or not it changes. What could
 * not be told, because nobody asked for its list, has no row.
 */
export interface Reach {
  /** Sorted by name. Also those whose own settings change, so that a reader can tell how visible they are. */
  readonly repositories: readonly ReachRepository[]
  /** Sorted by address. */
  readonly rows: readonly ReachRow[]
}
