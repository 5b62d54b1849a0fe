/** What a route needs by GitHub's documentation. */
export interface PermissionNeeded {
  /** Scope of a classic token. */
  readonly classic: string | null
  /** Permission of a GitHub App or fine-grained token. */
  readonly app: { readonly level: string; readonly name: string; readonly access: string } | null
}

interface Denied {
  /** Where the token came from. */
  readonly from: string
  readonly base: URL
  readonly headers: Readonly<Record<string, string>>
  /** GitHub's message. */
  readonly said: string
  readonly needed?: PermissionNeeded | undefined
}

interface Lacking {
  readonly reason?: string
  readonly hint?: string
}

/**
 * What the token of a 403 or 404 seems to lack, and how to get it. Classic tokens are told by `X-OAuth-Scopes`, Apps and
 * fine-grained ones by `X-Accepted-GitHub-Permissions`; where an answer has neither, GitHub's documentation speaks.
 * https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function missingPermission(denied: Denied): Lacking {
  return (
    singleSignOn(denied) ??
    workflowToken(denied) ??
    classicToken(denied) ??
    namedPermission(denied) ??
    documented(denied)
  )
}

/** `required; url=…` where a token was not authorised for the organization's single sign-on. */
function singleSignOn({ headers, from }: Denied): Lacking | undefined {
  const url = /^required;\s*url=(\S+)/.exec(headers['x-github-sso'] ?? '')?.[1]
  if (url === undefined) return undefined
  return {
    reason: `The token from ${from} is not authorised for the organization's SAML single sign-on`,
    hint: `Authorise it: ${url}`,
  }
}

/** https://docs.github.com/actions/concepts/security/github_token: it reaches its own repository, and administers nothing. */
function workflowToken({ said, from }: Denied): Lacking | undefined {
  if (from === 'OCTOFORM_TOKEN' || !/not accessible by integration/i.test(said)) return undefined
  return {
    reason: `The token from ${from} seems to be that of a workflow, which may not administer Actions`,
    hint: 'Give one that may in OCTOFORM_TOKEN.',
  }
}

function classicToken({ headers, from, base }: Denied): Lacking | undefined {
  const held = headers['x-oauth-scopes']
  const accepted = scopesOf(headers['x-accepted-oauth-scopes'])
  if (held === undefined || accepted.length === 0) return undefined
  const has = scopesOf(held)
  if (accepted.some((scope) => has.includes(scope))) {
    return {
      reason: `The scopes of the token from ${from} (${has.join(', ')}) are enough`,
      hint: 'So its user lacks the role: an owner of the organization, or an admin of the repository.',
    }
  }
  const [scope = ''] = [...accepted].sort((one, other) => power(one) - power(other))
  return {
    reason: `The token from ${from} lacks the scope ${accepted.join(' or ')}; it has ${has.join(', ') || 'none'}`,
    hint: `Add it to the token; of the gh command: ${refresh(base, scope)}.`,
  }
}

function namedPermission({ headers, from }: Denied): Lacking | undefined {
  const alternatives = (headers['x-accepted-github-permissions'] ?? '')
    .split(';')
    .map((all) => all.split(',').map((one) => one.trim().replace('=', ': ')))
    .map((all) => all.filter((one) => one !== '').join(' and '))
    .filter((all) => all !== '')
  if (alternatives.length === 0) return undefined
  return {
    reason: `This needs the permission ${alternatives.join(', or ')}, which the token from ${from} may lack`,
    hint: 'Add it to the fine-grained token or to the GitHub App, and have the owner approve it.',
  }
}

function documented({ needed, from, base }: Denied): Lacking {
  const classic = needed?.classic ?? undefined
  const app = needed?.app ?? undefined
  const ways = [
    classic === undefined ? '' : `the scope ${classic} (classic token)`,
    app === undefined ? '' : `the ${app.level} permission ${app.name}: ${app.access} (fine-grained token, GitHub App)`,
  ].filter((way) => way !== '')
  if (ways.length === 0) return {}
  return {
    reason: `This needs ${ways.join(' or ')}, which the token from ${from} may lack`,
    ...(classic === undefined ? {} : { hint: `With a token of the gh command: ${refresh(base, classic)}.` }),
  }
}

function refresh(base: URL, scope: string): string {
  const host = base.host.replace(/^api\./, '')
  return `gh auth refresh ${host === 'github.com' ? '' : `-h ${host} `}-s ${scope}`
}

function scopesOf(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')
}

/** Of several scopes that would do, the one that gives least. */
function power(scope: string): number {
  if (scope.startsWith('read:')) return 0
  if (scope.startsWith('admin:')) return 3
  return scope.startsWith('write:') ? 2 : 1
}
