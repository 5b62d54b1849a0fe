import { agentsSecretsWorld } from './agents-secrets.ts'
import { agentsVariablesWorld } from './agents-variables.ts'
import { artifactAndLogRetentionWorld } from './artifact-and-log-retention.ts'
import { cacheLimitsWorld } from './cache-limits.ts'
import { codespacesSecretsWorld } from './codespaces-secrets.ts'
import { dependabotSecretsWorld } from './dependabot-secrets.ts'
import { environmentsWorld } from './environments.ts'
import { forkPrContributorApprovalWorld } from './fork-pr-contributor-approval.ts'
import { forkPrWorkflowsPrivateReposWorld } from './fork-pr-workflows-private-repos.ts'
import { hostedRunnersWorld } from './hosted-runners.ts'
import { oidcCustomPropertiesWorld } from './oidc-custom-properties.ts'
import { oidcIssuerWorld } from './oidc-issuer.ts'
import { oidcSubjectClaimWorld } from './oidc-subject-claim.ts'
import { permissionsWorld } from './permissions.ts'
import { runnerGroupsWorld } from './runner-groups.ts'
import { runnersWorld } from './runners.ts'
import { secretsWorld } from './secrets.ts'
import { selfHostedRunnersWorld } from './self-hosted-runners.ts'
import { variablesWorld } from './variables.ts'
import { workflowAccessWorld } from './workflow-access.ts'
import { workflowPermissionsWorld } from './workflow-permissions.ts'
import { workflowsWorld } from './workflows.ts'
import type { FamilyWorld } from './world.ts'

/** The worlds of the contract test, by family. A family without an entry fails that test. */
export const worlds: Readonly<Record<string, FamilyWorld>> = {
  permissions: permissionsWorld,
  codespaces_secrets: codespacesSecretsWorld,
  agents_secrets: agentsSecretsWorld,
  dependabot_secrets: dependabotSecretsWorld,
  secrets: secretsWorld,
  runner_groups: runnerGroupsWorld,
  runners: runnersWorld,
  hosted_runners: hostedRunnersWorld,
  workflow_permissions: workflowPermissionsWorld,
  workflows: workflowsWorld,
  variables: variablesWorld,
  self_hosted_runners: selfHostedRunnersWorld,
  fork_pr_contributor_approval: forkPrContributorApprovalWorld,
  agents_variables: agentsVariablesWorld,
  cache_limits: cacheLimitsWorld,
  fork_pr_workflows_private_repos: forkPrWorkflowsPrivateReposWorld,
  oidc_subject_claim: oidcSubjectClaimWorld,
  oidc_issuer: oidcIssuerWorld,
  artifact_and_log_retention: artifactAndLogRetentionWorld,
  workflow_access: workflowAccessWorld,
  environments: environmentsWorld,
  oidc_custom_properties: oidcCustomPropertiesWorld,
}
