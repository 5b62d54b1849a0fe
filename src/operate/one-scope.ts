import { GitHubError } from '../github/errors.ts'
import { NoSuchThing } from './subject.ts'

/** A repository that GitHub does not show or let change, moved, or lacks what was asked for. */
const OF_ONE: readonly (number | undefined)[] = [301, 307, 308, 403, 404, 409, 410, 422, 451]

/** So many in a row that GitHub did not answer properly are no fault of single repositories: each further one would only wait. */
const MOST_IN_A_ROW = 3

/** The faults of single repositories of a glob, told from those of the server and of the credential. */
export interface ScopeFaults {
  /** Whether a fault is of one repository alone, so that the next one may be asked for. */
  isOfOne(error: unknown): error is GitHubError | NoSuchThing
  /** Called for each repository that answered. */
  answered(): void
}

/**
 * A server's fault (5xx, an answer that breaks off) is of one repository until as many follow one another as make it that of
 * the server. A limit and a refused credential (401) are of all.
 */
export function scopeFaults(): ScopeFaults {
  let inARow = 0
  return {
    isOfOne(error): error is GitHubError | NoSuchThing {
      if (error instanceof NoSuchThing) return true
      if (!(error instanceof GitHubError) || error.limited || error.status === 401) return false
      if (OF_ONE.includes(error.status)) {
        inARow = 0
        return true
      }
      inARow += 1
      return error.kind === 'unavailable' && inARow < MOST_IN_A_ROW
    },
    answered() {
      inARow = 0
    },
  }
}
