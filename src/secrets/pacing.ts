/** How a ledger's changes are brought to where it is kept. */
export interface Pacing {
  /** How often one save is tried where others save at the same time; each conflict means that another got through. */
  readonly attempts: number
  /** The pause before the second attempt, in milliseconds; it doubles with each one, up to the longest. */
  readonly firstPauseMs: number
  readonly longestPauseMs: number
  /**
   * Where a save costs much: notes wait until there are so many, or until the first has waited for so long. Undefined
   * where each note is saved as it comes.
   */
  readonly gather?: { readonly notes: number; readonly ms: number }
}

export const FILE_PACING: Pacing = { attempts: 50, firstPauseMs: 10, longestPauseMs: 10 }

/**
 * Of a ledger whose every save is a commit: GitHub takes 80 requests a minute that create content, and 500 an hour.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export const COMMIT_PACING: Pacing = {
  attempts: 12,
  firstPauseMs: 250,
  longestPauseMs: 10_000,
  gather: { notes: 100, ms: 20_000 },
}
