import { onceEach } from '../core/once.ts'
import type { Route } from '../core/routes.ts'
import type { Params } from '../core/send.ts'
import { type Checkup, failedCheckup, type Missing, type NeededFor, type Purpose } from './checkup.ts'
import type { Client } from './client.ts'
import { has, isBefore, type Product } from './endpoints.ts'
import { formatPermissions } from './permissions.ts'
import { permissionOf } from './permissions-needed.ts'
import { type Probe, probe } from './probe.ts'
import { holdsScope, refreshCommand, scopesIn, writingScopes } from './scopes.ts'

export interface TokenCheck extends NeededFor {
  readonly owner: string
  readonly from: string
  readonly client: Client
  readonly apiUrl: string
  /** Routes that it lacks are not requested. */
  readonly product: Product
  /** The route that reads the owner's account; undefined for an enterprise, which has none. */
  readonly account: Route | undefined
  /** The answer to that route, where it was asked for already: see {@link tryOwner}. */
  readonly asked?: Promise<Probe> | undefined
  /** The routes that plan reads. */
  readonly reads: readonly Route[]
  /** A repository of the owner to try with, where the configuration names one. */
  readonly repository: string | undefined
}

/**
 * Tries out a token on one owner. A classic token's scopes come with every answer; other tokens are tried once for each
 * kind of reading. A classic token is tried, too: its scopes do not show its user's role.
 */
export async function checkToken(check: TokenCheck): Promise<Checkup> {
  const { owner, from, needs } = check
  const first = check.account ?? check.reads.find((route) => route.startsWith('GET /enterprises/'))
  const account = first === undefined ? NOTHING_ASKED : await (check.asked ?? ask(check, first, {}))
  if (account.kind !== 'readable') {
    return failedCheckup({ of: owner, from, kind: 'token', needs }, `access to ${owner}`, account.error)
  }
  const scopes = [...new Set(Object.values(check.scopes).flat())].sort()
  const base = { of: owner, from, needs, scopes, notes: [] }
  const tried = await tryReads(check)
  const held = account.answer?.headers['x-oauth-scopes']
  if (held === undefined) {
    const { untold } = tried
    return {
      ...base,
      ...tried,
      scopes: [],
      kind: 'token',
      has: undefined,
      untold: [...untold, ...unprovenWrites(check)],
    }
  }
  const lacking = missingScopes(check, scopesIn(held))
  return {
    ...base,
    ...tried,
    needs: {},
    kind: 'classic token',
    has: scopesIn(held).join(', ') || 'no scope',
    // Missing scopes already explain the failed attempts, so only one of the two is reported.
    missing: lacking.length > 0 ? lacking : tried.missing,
    notes: notesOf(check, scopesIn(held)),
  }
}

const NOTHING_ASKED: Probe = { kind: 'readable', answer: undefined }

/** Asks one route of an owner, which needs to know no product. */
export function tryOwner(client: Client, owner: string, route: Route): Promise<Probe> {
  return ask({ client, owner }, route, {})
}

function ask(check: Pick<TokenCheck, 'client' | 'owner'>, route: Route, more: Params): Promise<Probe> {
  const [, path = ''] = route.split(' ')
  const name = check.owner.slice(check.owner.lastIndexOf('/') + 1)
  const all: Params = { enterprise: name, org: name, owner: name, username: name, ...more }
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return probe(check.client, route, Object.fromEntries(names.map((name) => [name, all[name] ?? ''])))
}

/** Routes that need nothing but the names of an owner, or of an owner and one of its repositories. */
const OF_ACCOUNTS = /^GET \/(orgs\/\{org\}|repos\/\{owner\}\/\{repo\})(\/[^{]*)?$/
const OF_ENTERPRISES = /^GET \/enterprises\/\{enterprise\}(\/[^{]*)?$/

async function tryReads(check: TokenCheck): Promise<Pick<Checkup, 'missing' | 'unreachable' | 'untold'>> {
  // The account of an enterprise is no organization, though one may be called the same.
  const tried = check.account === undefined ? OF_ENTERPRISES : OF_ACCOUNTS
  const routes = check.reads.filter((route) => tried.test(route))
  const asked = routes.filter((route) => route !== check.account && has(check.product, route))
  const probeOf = onceEach()
  const asking = (route: Route, more: Params): Promise<Probe> => probeOf(route, () => ask(check, route, more))
  const some =
    asked.some(isOfRepository) && check.repository === undefined ? asking(OF_OWNER, {}).then(someRepository) : undefined
  const probing = asked.map(async (route) => {
    if (!isOfRepository(route)) return [route, await asking(route, {})] as const
    const repo = check.repository ?? (await some)
    return repo === undefined ? route : ([route, await asking(route, { repo })] as const)
  })
  const [skipped, probes]: [Route[], (readonly [Route, Probe])[]] = [[], []]
  for (const each of await Promise.all(probing)) {
    if (typeof each === 'string') skipped.push(each)
    else probes.push(each)
  }
  const missing = new Map<string, Missing>()
  const unreachable: string[] = []
  // For a token that may not see repositories GitHub lists none, which does not show its permissions in them.
  const blind = probes.some(([route, { kind }]) => LISTINGS.includes(route) && kind === 'denied')
  for (const [route, result] of probes) {
    if (result.kind === 'unreachable') unreachable.push(result.error.message)
    if (result.kind !== 'denied') continue
    if (blind && isOfRepository(route) && !LISTINGS.includes(route) && result.error.status === 404) continue
    const found = missingBy(check, route, result.error.message)
    if (!missing.has(found.what)) missing.set(found.what, found)
  }
  const kinds = [...new Set(skipped.map((route) => formatPermissions(permissionOf(route))))]
  const untold = kinds.length === 0 ? [] : [`whether it has ${kinds.join(', ')}: there is no repository to try it with`]
  return { missing: [...missing.values()], unreachable, untold }
}

/** Whether a token sees an owner's repositories at all. */
const OF_OWNER: Route = 'GET /orgs/{org}/repos'
const LISTINGS: readonly Route[] = [OF_OWNER, 'GET /repos/{owner}/{repo}']

function isOfRepository(route: Route): boolean {
  return route.startsWith('GET /repos/')
}

/** The first repository that the token sees, by their listing. */
function someRepository(listed: Probe): string | undefined {
  const body = listed.kind === 'readable' ? listed.answer?.body : undefined
  if (!Array.isArray(body)) return undefined
  return body.flatMap((each: { readonly name?: unknown } | null) =>
    typeof each?.name === 'string' ? [each.name] : [],
  )[0]
}

function missingBy(check: TokenCheck, route: Route, message: string): Missing {
  const permission = formatPermissions(permissionOf(route))
  const what = permission === '' ? `access to ${check.owner}` : permission
  return { what, for: Object.keys(check.needs) as Purpose[], how: message }
}

function missingScopes({ scopes, apiUrl }: TokenCheck, held: readonly string[]): Missing[] {
  const missing = new Map<string, Purpose[]>()
  for (const [purpose, wanted] of Object.entries(scopes) as [Purpose, readonly string[]][]) {
    for (const scope of wanted.filter((each) => !holdsScope(held, each))) {
      missing.set(scope, [...(missing.get(scope) ?? []), purpose])
    }
  }
  return [...missing].map(([scope, purposes]) => ({
    what: `the scope ${scope}`,
    for: purposes,
    how: `Add it to the token; of the gh command: ${refreshCommand(new URL(apiUrl), scope)}.`,
  }))
}

/** GitHub shows the permissions of a fine-grained token nowhere, and trying a write would be one. */
function unprovenWrites({ needs }: TokenCheck): string[] {
  const writes = Object.entries(needs.apply ?? {}).filter(([, access]) => access !== 'read')
  if (writes.length === 0) return []
  return [`whether the token may write; apply needs ${formatPermissions(Object.fromEntries(writes))}`]
}

const ENTERPRISE_NOTE =
  'Enterprises take a classic token, which can write: on most products neither a GitHub App nor a fine-grained token may act ' +
  'on one. Give it to no job that runs for pull requests; octoform does not read it there.'

/** https://docs.github.com/enterprise-server@3.10/admin/release-notes: Enterprise Server has them since, GitHub AE never had. */
function hasFineGrained(product: Product): boolean {
  return !product.startsWith('ghae') && !isBefore(product, 'ghes-3.10')
}

function notesOf({ needs, account, product }: TokenCheck, held: readonly string[]): string[] {
  const writing = writingScopes(held)
  if (account === undefined) return [ENTERPRISE_NOTE]
  if (needs.plan === undefined || writing.length === 0) return []
  const other = hasFineGrained(product) ? 'a fine-grained token or a GitHub App' : 'a GitHub App'
  return [
    `The token that plan uses can write (${writing.join(', ')}). Give plan ${other} that only reads: a classic token cannot ` +
      'be limited to reading.',
  ]
}
