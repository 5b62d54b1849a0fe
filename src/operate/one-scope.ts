import { GitHubError } from '../github/errors.ts'
import { NoSuchThing } from './subject.ts'

/** A repository that GitHub does not show or let change, moved, or lacks what was asked for. */
const OF_ONE: readonly (number | undefined)[] = [301, 307, 308, 403, 404, 409, 410, 422, 451]

/** Whether a fault is of one repository alone, so that the next one may be asked for: neither a limit nor the credential's. */
export function isOfOneScope(error: unknown): error is GitHubError | NoSuchThing {
  if (error instanceof NoSuchThing) return true
  return error instanceof GitHubError && !error.limited && OF_ONE.includes(error.status)
}
