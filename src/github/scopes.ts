/**
 * The scopes that each scope of a classic token includes:
 * https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps#available-scopes
 */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events'],
  'admin:org': ['write:org', 'read:org', 'manage_runners:org'],
  'write:org': ['read:org'],
  codespace: ['codespace:secrets'],
  'admin:enterprise': ['manage_runners:enterprise', 'manage_billing:enterprise', 'read:enterprise'],
}

/** The scopes in a header of GitHub's, such as `X-OAuth-Scopes: admin:org, repo`. */
export function scopesIn(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')
}

/** Whether one of the scopes that a token has is this one, or holds it. */
export function holdsScope(held: readonly string[], wanted: string): boolean {
  return held.some((scope) => scope === wanted || (WITHIN[scope]?.includes(wanted) ?? false))
}

/** Those of the scopes that let a token change administered settings. */
export function writingScopes(held: readonly string[]): readonly string[] {
  return held.filter((scope) => scope === 'repo' || /^(admin|write|manage_runners):/.test(scope))
}

/** The command that adds a scope to the token of the gh command, for this server. */
export function refreshCommand(base: URL, scope: string): string {
  const host = base.host.replace(/^api\./, '')
  return `gh auth refresh ${host === 'github.com' ? '' : `-h ${host} `}-s ${scope}`
}
