/** The weight of a request in GitHub's limits. */
export interface Cost {
  /** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit */
  readonly points: number
  /** Whether it creates content, of which GitHub takes less than of other writes. */
  readonly creates: boolean
  readonly isGraphql: boolean
}

const READ: Cost = { points: 1, creates: false, isGraphql: false }
const WRITE: Cost = { points: 5, creates: false, isGraphql: false }
const CREATE: Cost = { points: 5, creates: true, isGraphql: false }
const GRAPHQL: Cost = { points: 5, creates: false, isGraphql: true }

/** Content of a repository that people see: issues, comments, check runs, and what makes a commit. Settings and secrets are none. */
const CONTENT =
  /^(POST \/repos\/\{owner\}\/\{repo\}\/(issues|issues\/\{issue_number\}\/comments|check-runs|git\/\w+)|PUT \/repos\/\{owner\}\/\{repo\}\/contents\/\{path\})$/

/** @param route as GitHub's documentation writes it */
export function costOf(method: string, route: string): Cost {
  if (method === 'GET') return READ
  if (route === 'POST /graphql') return GRAPHQL
  return CONTENT.test(route) ? CREATE : WRITE
}
