import type { Family } from '../core/family.ts'
import { agentsSecrets } from './agents-secrets/index.ts'
import { agentsVariables } from './agents-variables/index.ts'
import { artifactAndLogRetention } from './artifact-and-log-retention/index.ts'
import { cacheLimits } from './cache-limits/index.ts'
import { codespacesSecrets } from './codespaces-secrets/index.ts'
import { dependabotSecrets } from './dependabot-secrets/index.ts'
import { environments } from './environments/index.ts'
import { forkPrContributorApproval } from './fork-pr-contributor-approval/index.ts'
import { forkPrWorkflowsPrivateRepos } from './fork-pr-workflows-private-repos/index.ts'
import { hostedRunners } from './hosted-runners/index.ts'
import { oidcCustomProperties } from './oidc-custom-properties/index.ts'
import { oidcIssuer } from './oidc-issuer/index.ts'
import { oidcSubjectClaim } from './oidc-subject-claim/index.ts'
import { permissions } from './permissions/index.ts'
import { runnerGroups } from './runner-groups/index.ts'
import { runners } from './runners/index.ts'
import { secrets } from './secrets/index.ts'
import { selfHostedRunners } from './self-hosted-runners/index.ts'
import { variables } from './variables/index.ts'
import { workflowAccess } from './workflow-access/index.ts'
import { workflowPermissions } from './workflow-permissions/index.ts'
import { workflows } from './workflows/index.ts'

/** Every family, in reading order. The engine, the configuration and the tests take them from here. */
export const families: readonly Family[] = [
  // One a line.
  permissions,
  secrets,
  dependabotSecrets,
  agentsSecrets,
  codespacesSecrets,
  runnerGroups,
  runners,
  hostedRunners,
  workflowPermissions,
  workflows,
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
  environments,
  oidcCustomProperties,
]
