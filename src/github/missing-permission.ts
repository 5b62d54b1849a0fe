import type { AnswerHeaders } from './answer-headers.ts'
import { APP_VARIABLE } from './credentials.ts'
import { apiName } from './permissions.ts'
import { holdsScope, refreshCommand, scopesIn } from './scopes.ts'

/** The permission that GitHub's documentation states for a route. */
export interface PermissionNeeded {
  /** Scope of a classic token. */
  readonly classic: string | null
  /** Permission of a GitHub App or fine-grained token. */
  readonly app: { readonly level: string; readonly name: string; readonly access: string } | null
  /** False where GitHub admits Apps on no product, with any permission. */
  readonly admitsApps?: boolean
  /** Whether GitHub AE got the route after 2021. */
  readonly lackedIn2021?: boolean
}

interface Denied {
  /** The source of the token. */
  readonly from: string
  readonly base: URL
  readonly headers: AnswerHeaders
  /** GitHub's message. */
  readonly said: string
  readonly needed?: PermissionNeeded | undefined
}

interface Lacking {
  readonly reason?: string
  readonly hint?: string
}

/**
 * Explains which permission the token of a 403 or 404 seems to lack, and how to get it. `X-OAuth-Scopes` shows a
 * classic token's, `X-Accepted-GitHub-Permissions` those for Apps and fine-grained tokens; GitHub's documentation
 * decides where an answer has neither header.
 * https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function missingPermission(denied: Denied): Lacking {
  return (
    noApps(denied) ??
    singleSignOn(denied) ??
    workflowToken(denied) ??
    classicToken(denied) ??
    namedPermission(denied) ??
    documented(denied)
  )
}

/** The remedy where GitHub admits no App. */
export const NEEDS_PERSON = `GitHub admits no App to it: use a token of a person, in OCTOFORM_TOKEN, without ${APP_VARIABLE}.`

function noApps({ needed, from }: Denied): Lacking | undefined {
  if (from !== APP_VARIABLE || needed?.admitsApps !== false) return undefined
  return { reason: 'The GitHub App may not do this, whatever it was granted', hint: NEEDS_PERSON }
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
function workflowToken(denied: Denied): Lacking | undefined {
  const { said, from } = denied
  const app = from === 'OCTOFORM_TOKEN' || from === APP_VARIABLE
  if (app || !/not accessible by integration/i.test(said)) return undefined
  const ways = alternativesOf(denied)
  const key = jobPermissions(ways)
  if (key !== undefined) {
    return {
      reason: `The token from ${from} seems to be that of a workflow, and lacks the permission ${permissionText(ways)}`,
      hint: `Give its job \`${key}\`.`,
    }
  }
  return {
    reason: `The token from ${from} seems to be that of a workflow, which may not administer Actions`,
    hint: 'Give one that may in OCTOFORM_TOKEN.',
  }
}

function classicToken({ headers, from, base }: Denied): Lacking | undefined {
  const held = headers['x-oauth-scopes']
  const accepted = scopesIn(headers['x-accepted-oauth-scopes'])
  if (held === undefined || accepted.length === 0) return undefined
  const has = scopesIn(held)
  if (accepted.some((scope) => holdsScope(has, scope))) {
    return {
      reason: `The scopes of the token from ${from} (${has.join(', ')}) are enough`,
      hint: 'So its user lacks the role: an owner of the organization, or an admin of the repository.',
    }
  }
  const [scope = ''] = [...accepted].sort((one, other) => power(one) - power(other))
  return {
    reason: `The token from ${from} lacks the scope ${accepted.join(' or ')}; it has ${has.join(', ') || 'none'}`,
    hint: `Add it to the token; of the gh command: ${refreshCommand(base, scope)}.`,
  }
}

function namedPermission(denied: Denied): Lacking | undefined {
  const { headers, from } = denied
  if ((headers['x-accepted-github-permissions'] ?? '').trim() === '') return undefined
  const ways = alternativesOf(denied)
  if (ways.length === 0) return undefined
  return {
    reason: `This needs the permission ${permissionText(ways)}, which the token from ${from} may lack`,
    hint: granting(from, jobPermissions(ways)),
  }
}

function granting(from: string, key: string | undefined): string {
  if (from === APP_VARIABLE) return "Add it in the App's settings, under Permissions; then have an owner approve it."
  const workflow = from === 'GITHUB_TOKEN' && key !== undefined
  if (workflow) return `If it is a workflow's token, give its job \`${key}\`; else add it to the token.`
  return 'Add it to the fine-grained token or to the GitHub App, and have the owner approve it.'
}

interface Named {
  /** As GitHub's API has it, such as `pull_requests`. */
  readonly name: string
  readonly access: string
}

/**
 * Sets of permissions of which one is enough: `a=write,b=read; c=read` of `X-Accepted-GitHub-Permissions`, else those
 * of the documentation.
 */
function alternativesOf({ headers, needed }: Denied): readonly (readonly Named[])[] {
  const said = (headers['x-accepted-github-permissions'] ?? '')
    .split(';')
    .map((all) => all.split(',').filter((one) => one.trim() !== ''))
    .filter((all) => all.length > 0)
    .map((all) =>
      all.map((one) => {
        const [name = '', access = ''] = one.trim().split('=')
        return { name, access }
      }),
    )
  if (said.length > 0 || !needed?.app) return said
  return [[{ name: apiName(needed.app), access: needed.app.access }]]
}

function permissionText(ways: readonly (readonly Named[])[]): string {
  return ways.map((all) => all.map(({ name, access }) => `${name}: ${access}`).join(' and ')).join(', or ')
}

/**
 * The permissions that a job can give its token:
 * https://docs.github.com/actions/reference/workflow-syntax#permissions
 */
const OF_JOBS: readonly string[] = ['actions', 'checks', 'contents', 'issues', 'pull_requests', 'statuses']

/** `permissions: { pull-requests: write }`, where a job can give the missing permission. */
function jobPermissions(ways: readonly (readonly Named[])[]): string | undefined {
  const way = ways.find((all) => all.every(({ name }) => OF_JOBS.includes(name)))
  if (way === undefined) return undefined
  return `permissions: { ${way.map(({ name, access }) => `${name.replaceAll('_', '-')}: ${access}`).join(', ')} }`
}

function documented(denied: Denied): Lacking {
  const { needed, from, base } = denied
  const classic = needed?.classic ?? undefined
  const app = needed?.app ?? undefined
  const ways = [
    classic === undefined ? '' : `the scope ${classic} (classic token)`,
    app === undefined ? '' : `the ${app.level} permission ${app.name}: ${app.access} (fine-grained token, GitHub App)`,
  ].filter((way) => way !== '')
  if (ways.length === 0) return {}
  if (app !== undefined && from === APP_VARIABLE) {
    const reason = `This needs the permission ${apiName(app)}: ${app.access}, which the App may lack`
    return { reason, hint: granting(from, undefined) }
  }
  return {
    reason: `This needs ${ways.join(' or ')}, which the token from ${from} may lack`,
    ...(classic === undefined ? {} : { hint: `With a token of the gh command: ${refreshCommand(base, classic)}.` }),
  }
}

/** Of several scopes that would do, the one that gives least. */
function power(scope: string): number {
  if (scope.startsWith('read:')) return 0
  if (scope.startsWith('admin:')) return 3
  return scope.startsWith('write:') ? 2 : 1
}
