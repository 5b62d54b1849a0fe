import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { endpointTable } from '../src/github/endpoint-table.ts'

/** One half of a row, and where it is from. */
type Source = 'descriptions' | 'page' | 'judgement'

interface Permission {
  readonly classic: string | null
  readonly app: { readonly level: string; readonly name: string; readonly access: string } | null
}

interface Said {
  readonly scopes: readonly string[]
  readonly permissions: readonly string[]
  readonly apps: boolean
}

interface Compared {
  readonly classic: Source
  readonly app: Source
  readonly contradictions: readonly string[]
}

interface Pattern {
  readonly path: string
  readonly methods: readonly string[] | undefined
}

interface Report extends Readonly<Record<'exact' | 'byPage' | 'byJudgement' | 'contradicted', readonly Line[]>> {
  readonly rows: readonly Line[]
  readonly unusedExceptions: readonly unknown[]
  readonly unknownOnPage: readonly string[]
}

interface Line extends Compared {
  readonly route: string
}

/** The scripts are plain JavaScript without types. */
const load = (name: string): Promise<unknown> =>
  import(new URL(`../scripts/descriptions/${name}.mjs`, import.meta.url).href)
const { permissionOf } = (await load('permissions')) as {
  permissionOf: (route: string, rows?: readonly object[]) => Permission
}
const { patternOf } = (await load('route-pattern')) as { patternOf: (text: string) => Pattern }
const { saidAbout } = (await load('said')) as { saidAbout: (path: string, prose: string) => Omit<Said, 'apps'> }
const { comparePermission } = (await load('compare-permission')) as {
  comparePermission: (
    route: string,
    row: Permission,
    said: Said,
    listed: string | undefined,
    exceptions: readonly { said: string; means?: string; routes: readonly Pattern[] }[],
  ) => Compared
}
const { permissionReport } = (await load('permission-report')) as {
  permissionReport: (said: Readonly<Record<string, Said>>, page: object) => Report
}

const facts = (name: string) => JSON.parse(readFileSync(new URL(`./permissions/${name}.json`, import.meta.url), 'utf8'))
const said = facts('said').said as Readonly<Record<string, Said>>
const report = permissionReport(said, facts('page').permissions)

describe('a route finds its row', () => {
  const rows = [
    { ...patternOf('/orgs/{org}'), classic: 'exact', app: null },
    { ...patternOf('/orgs/{org}/secrets/**'), classic: 'below', app: 'organization secrets' },
    { ...patternOf('GET /orgs/{org}/secrets/**'), classic: 'below, by method', app: 'organization secrets' },
    { ...patternOf('/orgs/{org}/secrets/{name}/keys/**'), classic: 'further below', app: 'organization keys=write' },
    { ...patternOf('/orgs/{org}/secrets/{name}'), classic: 'exact below', app: null },
    { ...patternOf('PUT PATCH /orgs/{org}/secrets/{name}'), classic: 'exact, by method', app: null },
    { ...patternOf('/orgs/{org}/twice'), classic: 'one', app: null },
    { ...patternOf('/orgs/{org}/twice'), classic: 'other', app: null },
  ]

  it.each([
    ['GET /orgs/{org}', 'exact'],
    ['POST /orgs/{org}/secrets', 'below'],
    ['GET /orgs/{org}/secrets', 'below, by method'],
    ['DELETE /orgs/{org}/secrets/{name}/repositories', 'below'],
    ['GET /orgs/{org}/secrets/{name}/keys', 'further below'],
    ['GET /orgs/{org}/secrets/{name}/keys/{id}', 'further below'],
    ['GET /orgs/{org}/secrets/{name}', 'exact below'],
    ['PATCH /orgs/{org}/secrets/{name}', 'exact, by method'],
  ])('%s: %s', (route, classic) => {
    expect(permissionOf(route, rows).classic).toBe(classic)
  })

  it.each([
    ['GET /orgs/{org}/secrets', { level: 'organization', name: 'secrets', access: 'read' }],
    ['POST /orgs/{org}/secrets', { level: 'organization', name: 'secrets', access: 'write' }],
    ['GET /orgs/{org}/secrets/{name}/keys', { level: 'organization', name: 'keys', access: 'write' }],
    ['GET /orgs/{org}', null],
  ])('%s takes %j', (route, app) => {
    expect(permissionOf(route, rows).app).toEqual(app)
  })

  it.each(['GET /orgs/{org}/actions/variables', 'GET /orgs', 'GET /orgs/{org}/secrets-of-others', 'GET /'])(
    '%s has none, which is an error',
    (route) => {
      expect(() => permissionOf(route, rows)).toThrow(`${route}: no row stands for it.`)
    },
  )

  it('two rows that say the same are an error', () => {
    expect(() => permissionOf('GET /orgs/{org}/twice', rows)).toThrow('two rows')
  })

  it.each(['GET /orgs/{org}/actions', 'GET /orgs/{org}/settings', 'POST /repos/{owner}/{repo}/forks', 'GET /users'])(
    'the table has nothing for %s',
    (route) => {
      expect(() => permissionOf(route)).toThrow('no row stands for it')
    },
  )
})

describe('the prose of a description', () => {
  it.each([
    ['You must authenticate using an access token with the `admin:org` scope to use this endpoint.', ['admin:org']],
    ['OAuth app tokens and personal access tokens (classic) need the `repo` scope to use this endpoint.', ['repo']],
    [
      'OAuth tokens and personal access tokens (classic) need the`admin:org` scope to use this endpoint.',
      ['admin:org'],
    ],
    ['If the repository is private, you must use an access token with the `repo` scope.', ['repo private']],
    ['If the repository is private, the `repo` scope is also required.', ['repo private']],
    ['You must authenticate using an access token with the repo scope to use this endpoint.', ['repo']],
    ['If OAuth is used, the `delete_repo` scope is required.', ['delete_repo']],
    ['They need the `codespace` or `codespace:secrets` scope to use this endpoint.', ['codespace|codespace:secrets']],
    [
      'Authenticated users must have admin access, or the `manage_runners:enterprise` scope for enterprises, to use it.',
      [],
    ],
    ['It returns a `token`. Nothing is said about its `scope`.', []],
  ])('%s', (prose, scopes) => {
    expect(saidAbout('/orgs/{org}', prose).scopes).toEqual(scopes)
  })

  it.each([
    ['GitHub Apps must have the `secrets` organization permission to use this endpoint.', ['organization secrets=?']],
    ['GitHub Apps must have the repository `administration` permission to use it.', ['repository administration=?']],
    ['GitHub Apps must have the `actions:read` permission to use this endpoint.', ['? actions=read']],
    [
      'GitHub Apps must have the `organization_actions_variables:write` organization permission to use this endpoint.',
      ['organization actions_variables=write'],
    ],
    [
      'GitHub Apps must have write access to the `codespaces_user_secrets` user permission and `codespaces_secrets` repository permission on all repositories.',
      ['user codespaces_user_secrets=write', 'repository codespaces_secrets=?'],
    ],
    [
      'GitHub Apps must have the `administration:write` permission for the repository to use this endpoint.',
      ['repository administration=write'],
    ],
    [
      'GitHub Apps must have read and write permission for **Deployments** to use this endpoint.',
      ['? deployments=write'],
    ],
    [
      'Lists all. GitHub Apps must have the `administration` permission for repositories and the `organization_self_hosted_runners` permission for organizations.',
      ['organization self_hosted_runners=?'],
    ],
    ['It gets the `administration` permission of a user.', []],
  ])('%s', (prose, permissions) => {
    expect(saidAbout('/orgs/{org}', prose).permissions).toEqual(permissions)
  })
})

describe('a row and what GitHub says', () => {
  const ROUTE = 'GET /orgs/{org}/x'
  const row = { classic: 'admin:org', app: { level: 'organization', name: 'secrets', access: 'read' } }
  const page = 'organization secrets=read'
  const silent = { scopes: [], permissions: [], apps: true }
  const exceptions = [
    { said: 'scope admin:orgs', means: 'admin:org', routes: [patternOf(ROUTE)] },
    { said: 'scope repo', routes: [patternOf(ROUTE)] },
    { said: 'no Apps', routes: [patternOf('GET /orgs/{org}/y')] },
  ]

  it.each([
    ['silence', silent, undefined, 'judgement', 'judgement', []],
    ['both', { ...silent, scopes: ['admin:org'], permissions: [page] }, page, 'descriptions', 'descriptions', []],
    ['the level is open', { ...silent, permissions: ['? secrets=?'] }, undefined, 'judgement', 'descriptions', []],
    ['an alternative', { ...silent, scopes: ['write:org|admin:org'] }, page, 'descriptions', 'page', []],
    ['a scope beside', { ...silent, scopes: ['repo private'] }, page, 'judgement', 'page', []],
    ['another scope', { ...silent, scopes: ['read:org'] }, page, 'judgement', 'page', ['scope read:org']],
    ['a slip', { ...silent, scopes: ['admin:orgs'] }, page, 'descriptions', 'page', []],
    ['an exception', { ...silent, scopes: ['repo'] }, page, 'judgement', 'page', []],
    ['an exception of another route', { ...silent, apps: false }, page, 'judgement', 'page', ['no Apps']],
    [
      'another name, level, access',
      { ...silent, permissions: ['? plan=?', 'repository secrets=?', 'organization secrets=write'] },
      'organization plan=read',
      'judgement',
      'judgement',
      [
        'permission ? plan=?',
        'permission repository secrets=?',
        'permission organization secrets=write',
        'page organization plan=read',
      ],
    ],
  ] as const)('%s', (_, said, listed, classic, app, contradictions) => {
    const compared = comparePermission(ROUTE, row, said, listed, exceptions)
    expect(compared).toMatchObject({ classic, app, contradictions })
  })

  it.each([
    [false, undefined, 'descriptions', []],
    [true, undefined, 'judgement', []],
    [true, page, 'judgement', [`page ${page}`]],
  ] as const)('no App: admitted %s, listed %s', (apps, listed, app, contradictions) => {
    const compared = comparePermission(ROUTE, { ...row, app: null }, { ...silent, apps }, listed, exceptions)
    expect(compared).toMatchObject({ app, contradictions })
  })
})

describe('the permission table', () => {
  it('has a row for each route of today and to come', () => {
    const { endpoints } = endpointTable() as { readonly endpoints: object }
    expect(Object.keys(said)).toEqual(expect.arrayContaining(Object.keys(endpoints)))
    expect(report.rows.length).toBe(Object.keys(said).length)
  })

  it('is what the endpoint table holds', () => {
    const { endpoints } = endpointTable() as { endpoints: Readonly<Record<string, { permission: Permission }>> }
    const held = Object.entries(endpoints).map(([route, { permission }]) => [route, permission])
    expect(held).toEqual(held.map(([route]) => [route, permissionOf(route as string)]))
  })

  it('contradicts GitHub’s documentation only where an exception says why', () => {
    expect(report.contradicted.map(({ route, contradictions }) => [route, contradictions])).toEqual([])
    expect(report.unusedExceptions).toEqual([])
    expect(report.unknownOnPage).toEqual([])
  })

  it('rests on judgement for these routes, whose scope or permission no document says', () => {
    const judged = (half: 'classic' | 'app') => report.byJudgement.filter((line) => line[half] === 'judgement')
    expect({ scope: judged('classic').map(named), permission: judged('app').map(named) }).toMatchInlineSnapshot(`
      {
        "permission": [
          "DELETE /enterprises/{enterprise}/actions/oidc/customization/properties/repo/{custom_property_name}",
          "DELETE /orgs/{org}/actions/required_workflows/{required_workflow_id}",
          "DELETE /orgs/{org}/actions/required_workflows/{required_workflow_id}/repositories/{repository_id}",
          "DELETE /repos/{owner}/{repo}/contents/{path}",
          "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
          "GET /app",
          "GET /apps/{app_slug}",
          "GET /enterprises/{enterprise}/actions/cache/retention-limit",
          "GET /enterprises/{enterprise}/actions/cache/storage-limit",
          "GET /enterprises/{enterprise}/actions/hosted-runners/{hosted_runner_id}",
          "GET /enterprises/{enterprise}/actions/oidc/customization/properties/repo",
          "GET /meta",
          "GET /organizations",
          "GET /orgs/{org}",
          "GET /orgs/{org}/actions/required_workflows",
          "GET /orgs/{org}/actions/required_workflows/{required_workflow_id}",
          "GET /orgs/{org}/actions/runners/deprecations/{version}",
          "GET /orgs/{org}/audit-log",
          "GET /orgs/{org}/properties/values",
          "GET /orgs/{org}/repos",
          "GET /orgs/{org}/teams",
          "GET /orgs/{org}/teams/{team_slug}",
          "GET /orgs/{org}/teams/{team_slug}/repos",
          "GET /rate_limit",
          "GET /repos/{owner}/{repo}",
          "GET /repos/{owner}/{repo}/actions/required_workflows/{required_workflow_id_for_repo}/runs",
          "GET /repos/{owner}/{repo}/actions/runners/deprecations/{version}",
          "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
          "GET /repos/{owner}/{repo}/commits/{ref}",
          "GET /repos/{owner}/{repo}/contents/{path}",
          "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
          "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
          "GET /repos/{owner}/{repo}/git/ref/{ref}",
          "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
          "GET /repos/{owner}/{repo}/issues/{issue_number}/labels",
          "GET /repos/{owner}/{repo}/pulls/{pull_number}",
          "GET /repos/{owner}/{repo}/topics",
          "GET /users/{username}",
          "PATCH /orgs/{org}/actions/required_workflows/{required_workflow_id}",
          "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
          "POST /app/installations/{installation_id}/access_tokens",
          "POST /enterprises/{enterprise}/actions/oidc/customization/properties/repo",
          "POST /orgs/{org}/actions/required_workflows",
          "POST /repos/{owner}/{repo}/git/commits",
          "POST /repos/{owner}/{repo}/git/refs",
          "POST /repos/{owner}/{repo}/git/trees",
          "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
          "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
          "PUT /enterprises/{enterprise}/actions/cache/retention-limit",
          "PUT /enterprises/{enterprise}/actions/cache/storage-limit",
          "PUT /orgs/{org}/actions/required_workflows/{required_workflow_id}/repositories",
          "PUT /orgs/{org}/actions/required_workflows/{required_workflow_id}/repositories/{repository_id}",
          "PUT /repos/{owner}/{repo}/contents/{path}",
        ],
        "scope": [
          "DELETE /enterprises/{enterprise}/actions/hosted-runners/{hosted_runner_id}",
          "DELETE /orgs/{org}/actions/hosted-runners/{hosted_runner_id}",
          "DELETE /repos/{owner}/{repo}/contents/{path}",
          "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
          "DELETE /repos/{owner}/{repo}/vulnerability-alerts",
          "GET /app",
          "GET /apps/{app_slug}",
          "GET /enterprises/{enterprise}/actions/hosted-runners/images/github-owned",
          "GET /enterprises/{enterprise}/actions/hosted-runners/images/partner",
          "GET /enterprises/{enterprise}/actions/hosted-runners/limits",
          "GET /enterprises/{enterprise}/actions/hosted-runners/machine-sizes",
          "GET /enterprises/{enterprise}/actions/hosted-runners/platforms",
          "GET /enterprises/{enterprise}/actions/permissions/artifact-and-log-retention",
          "GET /enterprises/{enterprise}/actions/permissions/fork-pr-contributor-approval",
          "GET /enterprises/{enterprise}/actions/permissions/fork-pr-workflows-private-repos",
          "GET /enterprises/{enterprise}/actions/permissions/self-hosted-runners",
          "GET /enterprises/{enterprise}/network-configurations",
          "GET /meta",
          "GET /organizations",
          "GET /orgs/{org}/actions/hosted-runners/images/github-owned",
          "GET /orgs/{org}/actions/hosted-runners/images/partner",
          "GET /orgs/{org}/actions/hosted-runners/limits",
          "GET /orgs/{org}/actions/hosted-runners/machine-sizes",
          "GET /orgs/{org}/actions/hosted-runners/platforms",
          "GET /orgs/{org}/actions/permissions/fork-pr-workflows-private-repos",
          "GET /orgs/{org}/installation",
          "GET /orgs/{org}/properties/values",
          "GET /orgs/{org}/repos",
          "GET /orgs/{org}/teams",
          "GET /orgs/{org}/teams/{team_slug}",
          "GET /rate_limit",
          "GET /repos/{owner}/{repo}",
          "GET /repos/{owner}/{repo}/branches/{branch}",
          "GET /repos/{owner}/{repo}/collaborators",
          "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
          "GET /repos/{owner}/{repo}/commits/{ref}",
          "GET /repos/{owner}/{repo}/contents/{path}",
          "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
          "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
          "GET /repos/{owner}/{repo}/git/ref/{ref}",
          "GET /repos/{owner}/{repo}/issues",
          "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
          "GET /repos/{owner}/{repo}/issues/{issue_number}",
          "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
          "GET /repos/{owner}/{repo}/issues/{issue_number}/labels",
          "GET /repos/{owner}/{repo}/pulls/{pull_number}",
          "GET /repos/{owner}/{repo}/topics",
          "GET /repos/{owner}/{repo}/vulnerability-alerts",
          "GET /user",
          "GET /users/{username}",
          "GET /users/{username}/installation",
          "PATCH /repos/{owner}/{repo}",
          "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
          "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
          "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
          "POST /app/installations/{installation_id}/access_tokens",
          "POST /repos/{owner}/{repo}/check-runs",
          "POST /repos/{owner}/{repo}/git/commits",
          "POST /repos/{owner}/{repo}/git/refs",
          "POST /repos/{owner}/{repo}/git/trees",
          "POST /repos/{owner}/{repo}/issues",
          "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
          "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
          "PUT /enterprises/{enterprise}/actions/permissions/artifact-and-log-retention",
          "PUT /enterprises/{enterprise}/actions/permissions/fork-pr-contributor-approval",
          "PUT /enterprises/{enterprise}/actions/permissions/fork-pr-workflows-private-repos",
          "PUT /enterprises/{enterprise}/actions/permissions/self-hosted-runners",
          "PUT /orgs/{org}/actions/permissions/fork-pr-workflows-private-repos",
          "PUT /repos/{owner}/{repo}/topics",
          "PUT /repos/{owner}/{repo}/vulnerability-alerts",
        ],
      }
    `)
    expect(report.exact.length + report.byPage.length + report.byJudgement.length).toBe(report.rows.length)
  })
})

function named({ route }: Line): string {
  return route
}
