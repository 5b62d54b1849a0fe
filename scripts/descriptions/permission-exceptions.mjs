import { patternOf } from './route-pattern.mjs'

/**
 * Where GitHub's documentation and a row of the permission table differ, and why the row stays. `said` is what the
 * documentation says: `scope X`, `permission LEVEL NAME=ACCESS`, or `no Apps`. With `means` it is a slip of the
 * text, and what it means agrees with the row. An exception that nothing needs is an error.
 */
const ORG = '/orgs/{org}/actions'
const REPO = '/repos/{owner}/{repo}'
const ENTERPRISE = '/enterprises/{enterprise}/actions'
const RULES = `${REPO}/environments/{environment_name}/deployment_protection_rules`
const BY_ID = '/repositories/{repository_id}/environments/{environment_name}'
const USER_SECRETS = '/user/codespaces/secrets'

const NO_SUCH_SCOPE =
  'GitHub has no such scope: https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps'
const NEWER_PAGE =
  'said of the cloud until spring 2023 only; the page of permissions is newer and says what the row says'
const FOR_FINE_GRAINED =
  'the page of permissions lists it for GitHub Apps or for tokens of a user, later than the description was written'

export const EXCEPTIONS = [
  {
    said: 'scope user private',
    routes: ['GET /user'],
    why: 'it adds private fields to the answer, which octoform does not read',
  },
  {
    said: 'scope workflow',
    routes: ['PUT DELETE /repos/{owner}/{repo}/contents/{path}'],
    why: 'the scope is for files below .github/workflows, which octoform does not write',
  },
  {
    said: 'scope admin:enterprise',
    routes: [`${ENTERPRISE}/runner-groups/**`, `${ENTERPRISE}/runners/**`],
    why: 'GHES 2.22 and GitHub AE have no narrower scope; admin:enterprise holds manage_runners:enterprise',
  },
  {
    said: 'scope admin:org',
    routes: ['GET /orgs/{org}/audit-log'],
    why: 'said until read:audit_log came, which is narrower and is what later descriptions say',
  },
  {
    said: 'scope admin:enterprise',
    routes: ['GET /enterprises/{enterprise}/audit-log'],
    why: 'said until read:audit_log came, which is narrower and is what later descriptions say',
  },
  {
    said: 'permission organization members=?',
    routes: [`GET ${REPO}/collaborators`],
    why: 'taken besides, where the repository is of an organization, for its teams',
  },
  {
    said: 'scope manage_runner:org',
    means: 'manage_runners:org',
    routes: [`GET ${ORG}/hosted-runners`],
    why: 'misspelt',
  },
  {
    said: 'scope admin:organization',
    means: 'admin:org',
    routes: ['/organizations/{org}/actions/cache/**'],
    why: NO_SUCH_SCOPE,
  },
  {
    said: 'scope admin:repository',
    means: 'repo',
    routes: [`${REPO}/actions/cache/retention-limit`, `${REPO}/actions/cache/storage-limit`],
    why: NO_SUCH_SCOPE,
  },

  {
    said: 'permission organization admistration=read',
    means: 'organization administration=read',
    routes: [`${ORG}/cache/usage`, `${ORG}/cache/usage-by-repository`],
    why: 'misspelt',
  },
  {
    said: 'permission repository environment=write',
    means: 'repository environments=write',
    routes: [`${BY_ID}/variables/**`],
    why: 'misspelt',
  },
  {
    said: 'permission organization administration=write',
    routes: [`GET ${ORG}/oidc/customization/sub`],
    why: NEWER_PAGE,
  },
  {
    said: 'permission ? admin=org',
    routes: [`PUT ${ORG}/oidc/customization/sub`],
    why: 'this is a scope and no permission',
  },
  {
    said: 'permission organization administration=read',
    routes: [`GET ${REPO}/actions/oidc/customization/sub`],
    why: NEWER_PAGE,
  },
  { said: 'permission ? actions=write', routes: [`${RULES}/**`], why: NEWER_PAGE },
  { said: 'permission ? actions=read', routes: [`${RULES}/apps`], why: NEWER_PAGE },
  {
    said: 'permission enterprise administration=write',
    routes: [`${ENTERPRISE}/cache/usage-policy`, `${ENTERPRISE}/permissions/workflow`],
    why: 'said of GHES 3.5 to 3.7 and of the cloud of 2022 only; every later description admits no App',
  },
  {
    said: 'permission enterprise administration=write',
    routes: [`${ENTERPRISE}/oidc/customization/issuer`],
    why: 'said of the cloud of 2022 only; the later description admits no App',
  },
  {
    said: 'permission repository codespaces_secrets=?',
    routes: [`PUT ${USER_SECRETS}/{secret_name}`],
    why: 'taken besides, of the repositories that the request names',
  },
  {
    said: 'permission repository codespaces_secrets=write',
    routes: [`${USER_SECRETS}/{secret_name}/repositories/**`],
    why: 'taken besides, of the repositories that the secret names',
  },

  { said: 'no Apps', routes: ['/orgs/{org}/codespaces/secrets/**', `${USER_SECRETS}/**`], why: FOR_FINE_GRAINED },
  {
    said: 'no Apps',
    routes: ['GET /repos/{org}/{repo}/actions/required_workflows/{required_workflow_id_for_repo}/timing'],
    why: 'the same description names the permission that GitHub Apps must have',
  },
  { said: 'no Apps', routes: ['POST /user/repos'], why: FOR_FINE_GRAINED },
  { said: 'no Apps', routes: [`GET ${REPO}/codespaces/secrets/public-key`], why: FOR_FINE_GRAINED },
  { said: 'no Apps', routes: [`DELETE ${ORG}/hosted-runners/{hosted_runner_id}`], why: FOR_FINE_GRAINED },
  { said: 'no Apps', routes: [`POST ${REPO}/actions/runs/{run_id}/pending_deployments`], why: FOR_FINE_GRAINED },
  { said: 'no Apps', routes: [`${REPO}/actions/runs/{run_id}/timing`], why: FOR_FINE_GRAINED },
  { said: 'no Apps', routes: [`${REPO}/actions/workflows/{workflow_id}/timing`], why: FOR_FINE_GRAINED },
].map((exception) => ({ ...exception, routes: exception.routes.map(patternOf) }))
