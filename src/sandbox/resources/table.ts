import type { Route } from '../http/call.ts'
import type { Control } from '../world/control.ts'
import type { Parts } from '../world/part.ts'
import { ACCOUNT_ROUTES } from './accounts/routes.ts'
import { APP_ROUTES } from './apps/routes.ts'
import { checkRuns } from './check-runs/check-runs.ts'
import { git } from './git/git.ts'
import { GRAPHQL_ROUTES } from './graphql/routes.ts'
import { issues } from './issues/issues.ts'
import { organizationPermissions } from './permissions/organization.ts'
import { repositoryPermissions } from './permissions/repository.ts'
import { pullRequests } from './pull-requests/pull-requests.ts'
import { REPOSITORY_ROUTES } from './repositories/routes.ts'
import type { Resource } from './resource.ts'
import { runners } from './runners/runners.ts'
import { organizationSecrets } from './secrets/organization-secrets.ts'
import { repositorySecrets } from './secrets/repository-secrets.ts'
import { TOPIC_ROUTES } from './topics.ts'
import { VULNERABILITY_ALERT_ROUTES } from './vulnerability-alerts.ts'
import { workflowRuns } from './workflow-runs.ts'

/** Every resource, in the order in which the state lists them. */
const RESOURCES: readonly Resource[] = [
  organizationPermissions,
  repositoryPermissions,
  organizationSecrets,
  repositorySecrets,
  runners,
  git,
  workflowRuns,
  issues,
  pullRequests,
  checkRuns,
]

export const PARTS: Parts = {
  organization: RESOURCES.flatMap(({ organization }) => organization ?? []),
  repository: RESOURCES.flatMap(({ repository }) => repository ?? []),
}

export const CONTROLS: Readonly<Record<string, Control>> = Object.assign(
  {},
  ...RESOURCES.map(({ controls }) => controls),
)

/** Every operation that the sandbox serves. */
export const ROUTES: readonly Route[] = [
  ...ACCOUNT_ROUTES,
  ...REPOSITORY_ROUTES,
  ...TOPIC_ROUTES,
  ...VULNERABILITY_ALERT_ROUTES,
  ...RESOURCES.flatMap(({ routes }) => routes),
  ...APP_ROUTES,
  ...GRAPHQL_ROUTES,
]
