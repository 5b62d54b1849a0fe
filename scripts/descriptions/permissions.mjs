/**
 * The permission that an endpoint takes: the scope of a classic token, and the permission of a GitHub App or
 * fine-grained token. The descriptions state it in prose, not everywhere; what they leave out stands in the table.
 */

/**
 * The most telling prefix comes first. Sources: GitHub's pages "Permissions required for GitHub Apps"
 * (https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps) and "Scopes for OAuth apps"
 * (https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps).
 */
const TABLE = [
  { path: '/app', classic: null, app: null },
  { path: '/orgs/{org}/installation', classic: null, app: null },
  { path: '/users/{username}/installation', classic: null, app: null },
  { path: '/repos/{owner}/{repo}/issues', classic: 'repo', app: ['repository', 'issues'] },
  { path: '/repos/{owner}/{repo}/check-runs', classic: 'repo', app: ['repository', 'checks'] },
  { path: '/repos/{owner}/{repo}/commits/{ref}/check-runs', classic: 'repo', app: ['repository', 'checks'] },
  { path: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls', classic: 'repo', app: ['repository', 'pull_requests'] },
  { path: '/repos/{owner}/{repo}/commits/{ref}', classic: 'repo', app: ['repository', 'contents'] },
  { path: '/repos/{owner}/{repo}/pulls', classic: 'repo', app: ['repository', 'pull_requests'] },
  { path: '/repos/{owner}/{repo}/branches', classic: 'repo', app: ['repository', 'contents'] },
  // The scope `workflow` is for files below `.github/workflows` only.
  { path: '/repos/{owner}/{repo}/contents', classic: 'repo', app: ['repository', 'contents'], beside: 'workflow' },
  { path: '/repos/{owner}/{repo}/git', classic: 'repo', app: ['repository', 'contents'] },
  { path: '/repos/{owner}/{repo}/actions/runs', classic: 'repo', app: ['repository', 'actions'] },
  { path: '/meta', classic: null, app: null },
  { path: '/user/repos', classic: 'repo', app: ['repository', 'administration'] },
  { path: '/user', classic: null, app: null },
  { path: '/orgs/{org}/actions/secrets', classic: 'admin:org', app: ['organization', 'secrets'] },
  { path: '/orgs/{org}/actions/permissions', classic: 'admin:org', app: ['organization', 'administration'] },
  { path: '/orgs/{org}/actions/runner-groups', classic: 'admin:org', app: ['organization', 'self_hosted_runners'] },
  { path: '/orgs/{org}/actions/runners', classic: 'admin:org', app: ['organization', 'self_hosted_runners'] },
  { path: '/orgs/{org}/repos', method: 'GET', classic: 'repo', app: ['repository', 'metadata'] },
  { path: '/orgs/{org}/repos', classic: 'repo', app: ['repository', 'administration'] },
  { path: '/orgs/{org}', classic: 'admin:org', app: ['organization', 'plan'] },
  { path: '/repos/{owner}/{repo}/actions/secrets', classic: 'repo', app: ['repository', 'secrets'] },
  { path: '/repos/{owner}/{repo}/actions/permissions', classic: 'repo', app: ['repository', 'administration'] },
  { path: '/repos/{owner}/{repo}/vulnerability-alerts', classic: 'repo', app: ['repository', 'administration'] },
  { path: '/repos/{owner}/{repo}', method: 'GET', classic: 'repo', app: ['repository', 'metadata'] },
  { path: '/repos/{owner}/{repo}', method: 'DELETE', classic: 'delete_repo', app: ['repository', 'administration'] },
  { path: '/repos/{owner}/{repo}', classic: 'repo', app: ['repository', 'administration'] },
]

const APP = /GitHub Apps must have the `(?:organization_)?([a-z_]+)` (organization|repository) permission/
const CLASSIC = /(?:need the ?|access token with the )`([a-z_:]+)` scope to use this endpoint/

/** The permission of one route; `prose` are the texts of all products, the newest first. Throws where both differ. */
export function permissionOf(route, prose) {
  const [method, path] = route.split(' ')
  const row = TABLE.find((entry) => path.startsWith(entry.path) && (entry.method ?? method) === method)
  if (row === undefined) throw new Error(`${route}: no line in scripts/descriptions/permissions.mjs fits this route`)
  const texts = prose.map((text) => text.replaceAll(/\s+/g, ' '))
  for (const text of texts) {
    const scope = CLASSIC.exec(text)?.[1]
    if (scope !== undefined && scope !== row.classic && scope !== row.beside)
      throw new Error(`${route}: the description wants scope ${scope}`)
    const app = APP.exec(text)
    if (app !== null && (app[2] !== row.app?.[0] || app[1] !== row.app?.[1]))
      throw new Error(`${route}: the description wants the ${app[2]} permission ${app[1]}`)
  }
  if (row.app === null) return { classic: row.classic, app: null }
  const [level, name] = row.app
  return { classic: row.classic, app: { level, name, access: method === 'GET' ? 'read' : 'write' } }
}
