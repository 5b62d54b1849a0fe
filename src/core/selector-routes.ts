import type { Route } from './routes.ts'

/** The look-ups for keys of selectors that the listing of repositories does not answer. */
export const SELECTOR_ROUTES = {
  /** https://docs.github.com/rest/teams/teams#list-team-repositories */
  team: 'GET /orgs/{org}/teams/{team_slug}/repos',
  /** https://docs.github.com/rest/orgs/custom-properties#list-custom-property-values-for-organization-repositories */
  custom_property: 'GET /orgs/{org}/properties/values',
} as const satisfies Readonly<Record<string, Route>>

/** All teams, read where one that a selector names is not found. */
export const TEAMS: Route = 'GET /orgs/{org}/teams'

export type LookedUp = keyof typeof SELECTOR_ROUTES
