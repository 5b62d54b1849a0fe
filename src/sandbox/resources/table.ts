import type { Route } from '../http/call.ts'
import type { Control } from '../http/control.ts'
import type { StoreRoute } from '../http/store.ts'
import type { Parts } from '../world/part.ts'
import { accounts } from './accounts/accounts.ts'
import { apps } from './apps/apps.ts'
import { artifactAndLogRetention } from './artifact-and-log-retention.ts'
import { artifacts } from './artifacts/artifacts.ts'
import { auditLog } from './audit/audit-log.ts'
import { recorded } from './audit/events.ts'
import { cacheLimits } from './cache-limits.ts'
import { caches } from './caches.ts'
import { checkRuns } from './check-runs/check-runs.ts'
import { collaborators } from './collaborators.ts'
import { customProperties } from './custom-properties.ts'
import { enterpriseRunnerGroups } from './enterprise-runner-groups/routes.ts'
import { environments } from './environments/environments.ts'
import { forkPrContributorApproval } from './fork-pr-contributor-approval.ts'
import { forkPrWorkflowsPrivateRepos } from './fork-pr-workflows-private-repos.ts'
import { git } from './git/git.ts'
import { graphql } from './graphql/graphql.ts'
import { hostedRunners } from './hosted-runners/hosted-runners.ts'
import { issues } from './issues/issues.ts'
import { networkConfigurations } from './network-configurations.ts'
import { oidcCustomProperties } from './oidc-custom-properties.ts'
import { oidcIssuer } from './oidc-issuer.ts'
import { oidcSubjectClaim } from './oidc-subject-claim.ts'
import { enterprisePermissions } from './permissions/enterprise.ts'
import { organizationPermissions } from './permissions/organization.ts'
import { repositoryPermissions } from './permissions/repository.ts'
import { pullRequests } from './pull-requests/pull-requests.ts'
import { rateLimit } from './rate-limit.ts'
import { licenses } from './repositories/licenses.ts'
import { repositories } from './repositories/repositories.ts'
import { repositorySettings } from './repositories/seed-settings.ts'
import type { Resource } from './resource.ts'
import { repositoryRunners } from './runners/repository-runners.ts'
import { runners } from './runners/runners.ts'
import { workflowJobs } from './runs/jobs.ts'
import { workflowRuns } from './runs/workflow-runs.ts'
import { agentsSecrets } from './secrets/agents-secrets.ts'
import { codespacesSecrets } from './secrets/codespaces-secrets.ts'
import { dependabotSecrets } from './secrets/dependabot-secrets.ts'
import { environmentSecrets } from './secrets/environment-secrets.ts'
import { organizationSecrets } from './secrets/organization-secrets.ts'
import { repositorySecrets } from './secrets/repository-secrets.ts'
import { selfHostedRunners } from './self-hosted-runners.ts'
import { teamRepositories } from './team-repositories.ts'
import { teams } from './teams.ts'
import { topics } from './topics.ts'
import { agentsVariables } from './variables/agents-variables.ts'
import { variables } from './variables/variables.ts'
import { vulnerabilityAlerts } from './vulnerability-alerts.ts'
import { workflowAccess } from './workflow-access.ts'
import { workflowPermissions } from './workflow-permissions.ts'
import { workflows } from './workflows.ts'

/** Every resource, in the order in which the state lists them. */
const RESOURCES: readonly Resource[] = [
  accounts,
  repositories,
  topics,
  teamRepositories,
  customProperties,
  repositorySettings,
  vulnerabilityAlerts,
  licenses,
  enterprisePermissions,
  teams,
  organizationPermissions,
  repositoryPermissions,
  organizationSecrets,
  repositorySecrets,
  networkConfigurations,
  runners,
  repositoryRunners,
  enterpriseRunnerGroups,
  hostedRunners,
  environments,
  environmentSecrets,
  codespacesSecrets,
  agentsSecrets,
  dependabotSecrets,
  workflowPermissions,
  variables,
  selfHostedRunners,
  forkPrContributorApproval,
  agentsVariables,
  cacheLimits,
  forkPrWorkflowsPrivateRepos,
  oidcSubjectClaim,
  oidcIssuer,
  artifactAndLogRetention,
  workflowAccess,
  oidcCustomProperties,
  git,
  workflowRuns,
  workflowJobs,
  artifacts,
  caches,
  workflows,
  apps,
  issues,
  pullRequests,
  checkRuns,
  collaborators,
  auditLog,
  graphql,
  rateLimit,
]

export const PARTS: Parts = {
  world: RESOURCES.flatMap(({ world }) => world ?? []),
  enterprise: RESOURCES.flatMap(({ enterprise }) => enterprise ?? []),
  organization: RESOURCES.flatMap(({ organization }) => organization ?? []),
  details: RESOURCES.flatMap(({ details }) => details ?? []),
  repository: RESOURCES.flatMap(({ repository }) => repository ?? []),
  environment: RESOURCES.flatMap(({ environment }) => environment ?? []),
}

export const CONTROLS: Readonly<Record<string, Control>> = Object.assign(
  {},
  ...RESOURCES.map(({ controls }) => controls),
)

/** Every operation that the sandbox serves. */
export const ROUTES: readonly Route[] = RESOURCES.flatMap(({ routes }) => routes).map(recorded)

/** Every place of the store. */
export const STORED: readonly StoreRoute[] = RESOURCES.flatMap(({ store }) => store ?? [])
