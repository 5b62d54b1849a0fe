import { createHash, generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { sealed, type TestSandbox, withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const SEED = {
  organizations: {
    acme: {
      permissions: { enabled_repositories: 'selected', repositories: ['web'], allowed_actions: 'selected' },
      secrets: {
        NPM_TOKEN: { visibility: 'selected', repositories: ['web'], value: 'old' },
        SONAR: { visibility: 'all' },
      },
      runners: { 'gpu-01': { labels: ['gpu'] }, 'gpu-02': {}, 'gpu-03': {} },
      runner_groups: { gpu: { id: 7, visibility: 'selected', repositories: ['web'], runners: ['gpu-01'] } },
      repositories: {
        web: { id: 101, visibility: 'private', topics: ['node'], secrets: { TOKEN: { value: 'old' } } },
        api: { id: 102, visibility: 'public', description: 'The API.' },
        tool: { id: 103, visibility: 'private', fork: true },
      },
    },
  },
  repositories: { 'octocat/hello': { id: 201, permissions: { allowed_actions: 'selected' } } },
}

/** GitHub AE lacks the labels of runners and the lists of groups; in 2021 its groups, and runners, could not be read. */
const AE_2021 = ['ghae-2021']
const AE = [...AE_2021, 'ghae']

/**
 * Method, path, the status that GitHub documents for it, the body, and the products that lack the operation. In this
 * order: each builds on the one before.
 */
type Step = readonly [
  method: string,
  path: string,
  status: number,
  body?: object | undefined,
  lackedBy?: readonly string[],
]

const COMMON: readonly Step[] = [
  ['GET', '/meta', 200],
  ['GET', '/user', 200],
  ['GET', '/users/acme', 200],
  ['GET', '/users/octocat', 200],
  ['GET', '/orgs/acme', 200],
  ['GET', '/orgs/acme/repos?per_page=100', 200],
  ['GET', '/repos/acme/web', 200],
  ['GET', '/repositories/101', 200],
  ['GET', '/repos/octocat/hello', 200],
  ['POST', '/orgs/acme/repos', 201, { name: 'new', private: true }],
  ['PATCH', '/repos/acme/new', 200, { name: 'newer', archived: true }],
  ['GET', '/repos/acme/new', 301],
  ['PATCH', '/repos/acme/new', 307, { archived: false }],
  ['DELETE', '/repos/acme/newer', 204],

  ['GET', '/orgs/acme/actions/secrets', 200],
  ['GET', '/orgs/acme/actions/secrets/NPM_TOKEN', 200],
  ['GET', '/orgs/acme/actions/secrets/NPM_TOKEN/repositories', 200],
  ['PUT', '/orgs/acme/actions/secrets/NPM_TOKEN/repositories', 204, { selected_repository_ids: [101, 102] }],
  ['PUT', '/orgs/acme/actions/secrets/NPM_TOKEN/repositories/103', 204],
  ['DELETE', '/orgs/acme/actions/secrets/NPM_TOKEN/repositories/103', 204],
  ['PUT', '/orgs/acme/actions/secrets/SONAR/repositories/103', 409],
  ['DELETE', '/orgs/acme/actions/secrets/SONAR/repositories/103', 409],
  ['DELETE', '/orgs/acme/actions/secrets/SONAR', 204],

  ['GET', '/repos/acme/web/actions/secrets', 200],
  ['GET', '/repos/acme/web/actions/secrets/TOKEN', 200],
  ['DELETE', '/repos/acme/web/actions/secrets/TOKEN', 204],

  ['GET', '/orgs/acme/actions/runners', 200, undefined, AE_2021],
  ['GET', '/orgs/acme/actions/runners/1', 200, undefined, AE_2021],
  ['GET', '/orgs/acme/actions/runner-groups', 200, undefined, AE_2021],
  ['POST', '/orgs/acme/actions/runner-groups', 201, { name: 'new', visibility: 'selected', runners: [2] }],
  ['GET', '/orgs/acme/actions/runner-groups/7', 200, undefined, AE_2021],
  ['PATCH', '/orgs/acme/actions/runner-groups/7', 200, { name: 'GPU', visibility: 'selected' }],
  ['GET', '/orgs/acme/actions/runner-groups/7/repositories', 200, undefined, AE],
  ['PUT', '/orgs/acme/actions/runner-groups/7/repositories', 204, { selected_repository_ids: [102] }, AE],
  ['PUT', '/orgs/acme/actions/runner-groups/7/repositories/101', 204, undefined, AE],
  ['DELETE', '/orgs/acme/actions/runner-groups/7/repositories/101', 204, undefined, AE],
  ['GET', '/orgs/acme/actions/runner-groups/7/runners', 200, undefined, AE],
  ['PUT', '/orgs/acme/actions/runner-groups/7/runners', 204, { runners: [1, 2] }, AE],
  ['PUT', '/orgs/acme/actions/runner-groups/7/runners/3', 204, undefined, AE_2021],
  ['DELETE', '/orgs/acme/actions/runner-groups/7/runners/3', 204, undefined, AE],
  ['DELETE', '/orgs/acme/actions/runner-groups/7', 204],
  ['DELETE', '/orgs/acme/actions/runners/3', 204],
]

const SELECTED_ACTIONS = { github_owned_allowed: true, patterns_allowed: ['docker/*'] }

const PERMISSIONS: readonly Step[] = [
  ['GET', '/orgs/acme/actions/permissions', 200],
  ['GET', '/orgs/acme/actions/permissions/repositories', 200],
  ['PUT', '/orgs/acme/actions/permissions/repositories', 204, { selected_repository_ids: [101, 102] }],
  ['PUT', '/orgs/acme/actions/permissions/repositories/103', 204],
  ['DELETE', '/orgs/acme/actions/permissions/repositories/103', 204],
  ['GET', '/orgs/acme/actions/permissions/selected-actions', 200],
  ['PUT', '/orgs/acme/actions/permissions/selected-actions', 204, SELECTED_ACTIONS],
  ['PUT', '/orgs/acme/actions/permissions', 204, { enabled_repositories: 'all', allowed_actions: 'all' }],
  ['GET', '/repos/acme/web/actions/permissions', 200],
  ['PUT', '/repos/acme/web/actions/permissions', 204, { enabled: true, allowed_actions: 'selected' }],
  ['GET', '/repos/acme/web/actions/permissions/selected-actions', 200],
  ['PUT', '/repos/acme/web/actions/permissions/selected-actions', 204, SELECTED_ACTIONS],
  ['GET', '/repos/octocat/hello/actions/permissions', 200],
  ['GET', '/repos/octocat/hello/actions/permissions/selected-actions', 200],
]

it.each(SERVED_PRODUCTS)('%s answers every operation as GitHub describes it', async (product) => {
  const sandbox = await withSandbox({ seed: SEED, product })
  expect(await statuses(sandbox, COMMON)).toEqual(expected(COMMON, product))

  const secrets = ['/orgs/acme/actions/secrets', '/repos/acme/web/actions/secrets'] as const
  for (const path of secrets) {
    const visibility = path.startsWith('/orgs') ? { visibility: 'all' } : {}
    const body = { ...(await sealed(sandbox, path, 'new')), ...visibility }
    expect(await sandbox.call('PUT', `${path}/NEW`, body)).toMatchObject({ status: 201 })
    expect(await sandbox.call('PUT', `${path}/NEW`, body)).toMatchObject({ status: 204, body: undefined })
  }

  const permissions =
    product === 'ghes-2.22' ? PERMISSIONS.map(([method, path]) => [method, path, 404] as const) : PERMISSIONS
  expect(await statuses(sandbox, permissions)).toEqual(expected(permissions))
})

const SHA = 'c'.repeat(40)
const BLOB = createHash('sha1').update('blob 6\0hello\n').digest('hex')
const GIT_SEED = {
  organizations: {
    acme: {
      repositories: {
        web: { id: 101, branches: { main: SHA }, files: { main: { 'README.md': 'hello\n' } } },
        empty: { id: 102, branches: {} },
      },
    },
  },
  repositories: { 'octocat/hello': { id: 201 } },
}
const PREVIEWS = {
  accept: ['mercy', 'dorian', 'baptiste', 'nebula']
    .map((name) => `application/vnd.github.${name}-preview+json`)
    .join(', '),
}
const NO_ALERTS = [...AE, 'ghes-3.4', 'ghes-3.5', 'ghes-3.6', 'ghes-3.7', 'ghes-3.8']
const NO_ALERTS_READ = ['ghes-2.22', ...NO_ALERTS]
const TEMPLATES = { gitignore_template: 'Node', license_template: 'mit' }

const STEPS: readonly Step[] = [
  ['POST', '/orgs/acme/repos', 201, { name: 'new', private: true, has_wiki: false, auto_init: true, ...TEMPLATES }],
  ['POST', '/user/repos', 201, { name: 'mine', private: true, auto_init: true }],
  ['PATCH', '/repos/octocat/mine', 200, { has_issues: false, homepage: 'https://example.com', default_branch: 'main' }],
  ['GET', '/repos/acme/new', 200],
  ['GET', '/orgs/acme/repos', 200],
  ['GET', '/repos/acme/new/commits/main', 200],
  ['GET', '/repos/acme/web/topics', 200],
  ['PUT', '/repos/acme/web/topics', 200, { names: ['node', 'web-site'] }],
  ['PUT', '/repos/acme/web/topics', 422, { names: ['a b'] }],
  ['GET', '/repos/acme/web/vulnerability-alerts', 404, undefined, NO_ALERTS_READ],
  ['PUT', '/repos/acme/web/vulnerability-alerts', 204, undefined, NO_ALERTS],
  ['GET', '/repos/acme/web/vulnerability-alerts', 204, undefined, NO_ALERTS_READ],
  ['DELETE', '/repos/acme/web/vulnerability-alerts', 204, undefined, NO_ALERTS],
  ['GET', `/repos/acme/web/commits/${SHA}`, 200],
  ['GET', '/repos/acme/web/commits/heads/main', 200],
  ['GET', '/repos/acme/web/commits/none', 422],
  ['GET', '/repos/acme/empty/commits/main', 409],
  ['GET', `/repos/acme/web/git/commits/${SHA}`, 200],
  ['GET', `/repos/acme/web/git/commits/${'d'.repeat(40)}`, 404],
  ['GET', '/repos/acme/web/git/commits/main', 422],
  ['GET', `/repos/acme/empty/git/commits/${SHA}`, 409],
  ['DELETE', '/repos/acme/web/contents/README.md', 422, { message: 'Gone' }],
  ['DELETE', '/repos/acme/web/contents/README.md', 409, { message: 'Gone', sha: SHA }],
  ['DELETE', '/repos/acme/web/contents/README.md', 200, { message: 'Gone', sha: BLOB }],
  ['DELETE', '/repos/acme/web/contents/README.md', 404, { message: 'Gone', sha: BLOB }],
  ['GET', '/repositories/101', 200],
  ['DELETE', '/repos/acme/web', 204],
]

it.each(SERVED_PRODUCTS)('%s answers what repositories are made of as GitHub describes it', async (product) => {
  const sandbox = await withSandbox({ seed: GIT_SEED, product })
  expect(await statuses(sandbox, STEPS, PREVIEWS)).toEqual(expected(STEPS, product))
})

const PUBLIC_PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' })
const ENTERPRISE_SEED = {
  enterprises: {
    'acme-inc': {
      organizations: { acme: {}, beta: {} },
      runner_groups: { gpu: { id: 7, visibility: 'selected', organizations: ['acme'] } },
    },
  },
  organizations: {
    acme: {
      id: 11,
      plan: 'enterprise',
      teams: { release: { id: 12 } },
      repositories: { web: { id: 101, environments: { prod: { id: 8, secrets: { TOKEN: { value: 'old' } } } } } },
    },
    beta: { id: 12 },
  },
  apps: { gate: { id: 9, private_key_public: PUBLIC_PEM, installations: { acme: {} } } },
}

const GROUPS = '/enterprises/acme-inc/actions/runner-groups'
const NO_ENTERPRISE = ['dotcom', ...AE_2021]
const ENTERPRISE_STEPS: readonly Step[] = [
  ['GET', '/organizations', 200],
  ['GET', GROUPS, 200, undefined, NO_ENTERPRISE],
  ['POST', GROUPS, 201, { name: 'new', visibility: 'selected', selected_organization_ids: [12] }, NO_ENTERPRISE],
  ['GET', `${GROUPS}/7`, 200, undefined, NO_ENTERPRISE],
  ['PATCH', `${GROUPS}/7`, 200, { name: 'GPU', visibility: 'selected' }, NO_ENTERPRISE],
  ['GET', `${GROUPS}/7/organizations`, 200, undefined, [...NO_ENTERPRISE, 'ghae']],
  ['PUT', `${GROUPS}/7/organizations`, 204, { selected_organization_ids: [12] }, [...NO_ENTERPRISE, 'ghae']],
  ['PUT', `${GROUPS}/7/organizations/11`, 204, undefined, [...NO_ENTERPRISE, 'ghae']],
  ['DELETE', `${GROUPS}/7/organizations/11`, 204, undefined, [...NO_ENTERPRISE, 'ghae']],
  ['DELETE', `${GROUPS}/7`, 204, undefined, NO_ENTERPRISE],
]

const OLD = ['ghes-2.22', ...AE_2021]
const PROD = '/repos/acme/web/environments/prod'
const POLICIES = `${PROD}/deployment-branch-policies`
const RULES = `${PROD}/deployment_protection_rules`
const BEFORE_3_10 = SERVED_PRODUCTS.filter((product) => /^ghes-(2|3[.][4-9]$)|^ghae/.test(product))
const CUSTOM = { protected_branches: false, custom_branch_policies: true }
const REVIEWERS = [
  { type: 'Team', id: 12 },
  { type: 'User', id: 9001 },
]
const ENVIRONMENT_STEPS: readonly Step[] = [
  ['GET', '/repos/acme/web/environments', 200, undefined, OLD],
  ['PUT', '/repos/acme/web/environments/eu%2Fwest', 200, { wait_timer: 30 }, OLD],
  ['PUT', PROD, 200, { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } }, OLD],
  ['PUT', PROD, 422, { wait_timer: 43_201 }, OLD],
  ['GET', '/orgs/acme/teams/release', 200],
  ['GET', '/orgs/acme/teams/nobody', 404],
  ['GET', '/apps/gate', 200],
  ['PUT', PROD, 200, { reviewers: REVIEWERS, prevent_self_review: true, deployment_branch_policy: CUSTOM }, OLD],
  ['GET', '/repos/acme/web/environments?per_page=1', 200, undefined, OLD],
  ['POST', POLICIES, 200, { name: 'main' }, OLD],
  ['POST', POLICIES, 303, { name: 'main' }, OLD],
  ['GET', POLICIES, 200, undefined, OLD],
  ['GET', `${POLICIES}/8001`, 200, undefined, OLD],
  ['PUT', `${POLICIES}/8001`, 200, { name: 'release/*' }, OLD],
  ['DELETE', `${POLICIES}/8001`, 204, undefined, OLD],
  ['POST', RULES, 201, { integration_id: 9 }, BEFORE_3_10],
  ['GET', RULES, 200, undefined, BEFORE_3_10],
  ['GET', `${RULES}/8002`, 200, undefined, BEFORE_3_10],
  ['GET', `${RULES}/apps`, 200, undefined, BEFORE_3_10],
  ['DELETE', `${RULES}/8002`, 204, undefined, BEFORE_3_10],
  ['GET', PROD, 200, undefined, OLD],
  ['DELETE', '/repos/acme/web/environments/eu%2Fwest', 204, undefined, OLD],
]

it.each(SERVED_PRODUCTS)('%s answers about enterprises and environments as GitHub describes it', async (product) => {
  const sandbox = await withSandbox({ seed: ENTERPRISE_SEED, product })
  const steps = [...ENTERPRISE_STEPS, ...ENVIRONMENT_STEPS]
  expect(await statuses(sandbox, steps)).toEqual(expected(steps, product))
  if ([...OLD, ...AE].includes(product)) return
  const isById = /^ghes-3[.][4-9]$/.test(product)
  const secrets = isById ? '/repositories/101/environments/prod/secrets' : `${PROD}/secrets`
  const body = await sealed(sandbox, secrets, 'new')
  const secretSteps: readonly Step[] = [
    ['GET', secrets, 200],
    ['GET', `${secrets}/token`, 200],
    ['PUT', `${secrets}/NEW`, 201, body],
    ['PUT', `${secrets}/NEW`, 204, body],
    ['DELETE', `${secrets}/TOKEN`, 204],
    // Both paths where the names are the documented ones: GitHub takes the id of a repository for its names.
    ['GET', isById ? `${PROD}/secrets` : '/repositories/101/environments/prod/secrets', isById ? 404 : 200],
  ]
  expect(await statuses(sandbox, secretSteps)).toEqual(expected(secretSteps))
})

async function statuses(
  sandbox: TestSandbox,
  steps: readonly Step[],
  headers: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const lines: string[] = []
  for (const [method, path, , body] of steps) {
    const { status } = await sandbox.call(method, path, body, 'owner', headers)
    lines.push(`${method} ${path}: ${status}`)
  }
  return lines
}

function expected(steps: readonly Step[], product = ''): string[] {
  return steps.map(([method, path, status, , lackedBy = []]) => {
    return `${method} ${path}: ${lackedBy.includes(product) ? 404 : status}`
  })
}
