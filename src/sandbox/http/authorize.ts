import { hasSince } from '../world/products.ts'
import type { Repository, World } from '../world/store.ts'
import { type Access, grants, type Token } from '../world/token.ts'
import { type Call, isInRepository, type Route, repositoryIn } from './call.ts'
import { notFound, Refusal } from './errors.ts'
import { undecodable } from './json-web-token.ts'
import { hasScope, permissionsOn, sees } from './visibility.ts'

/** The permissions that every caller has on a public repository. */
const OPEN = ['metadata', 'contents', 'issues', 'pull_requests', 'checks', 'actions']

const OWNER_SCOPES = ['admin:org', 'delete_repo', 'repo', 'workflow']

/** @throws Refusal 401, 403 or 404 when the token may not make the call, or may not know that its target exists. */
export function authorize(call: Call, route: Route): void {
  const { token } = call
  if (token.kind === 'anonymous' || route.template === '/meta') return
  if (route.asker === 'app' && token.kind !== 'app') throw undecodable()
  if (token.kind === 'app') {
    if (route.asker !== 'app') throw inaccessible(token)
    return
  }
  // GraphQL answers for each field by itself whether the token may use it.
  if (route.template === '/graphql') return
  const isMachine = token.kind === 'workflow' || token.kind === 'installation'
  if (route.asker === 'person' && isMachine) throw inaccessible(token)
  if (route.asker === 'classic token' && (isMachine || token.kind === 'fine-grained')) throw inaccessible(token)
  const repository = repositoryIn(call)
  if (repository && !sees(token, repository)) throw notFound()
  if (token.kind === 'classic') refuseScopes(token.scopes, route, repository)
  else if (token.kind !== 'owner') refusePermissions(call, route, repository)
}

/**
 * The headers about the token, and about the permissions that the route takes
 * (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api).
 */
export function tokenHeaders(
  { product, enterprises }: World,
  token: Token,
  route: Route | undefined,
): Record<string, string> {
  switch (token.kind) {
    case 'anonymous':
    case 'app':
      return {}
    case 'owner':
    case 'classic':
      return {
        'X-OAuth-Scopes': scopesOf(token, enterprises.size > 0 ? 'of an enterprise' : 'of all else'),
        'X-Accepted-OAuth-Scopes': (route && scopeOf(route)) ?? '',
      }
    case 'reader':
    case 'fine-grained':
    case 'workflow':
    case 'installation':
      // Releases before 3.10 do not have fine-grained tokens, nor this header.
      if (route?.permission === undefined || !hasSince(product, [3, 10])) return {}
      return { 'X-Accepted-GitHub-Permissions': route.permission }
  }
}

/** As the header lists them. Only the token of an enterprise's owner has the scope that administers one. */
function scopesOf(token: Token & { kind: 'owner' | 'classic' }, owner: 'of an enterprise' | 'of all else'): string {
  if (token.kind === 'classic') return token.scopes.toSorted().join(', ')
  return [...(owner === 'of an enterprise' ? ['admin:enterprise'] : []), ...OWNER_SCOPES].join(', ')
}

/** The scope that a classic token needs; undefined when the route takes any. */
export function scopeOf(route: Route): string | undefined {
  return route.scope ?? (isInRepository(route) ? 'repo' : undefined)
}

function refuseScopes(scopes: readonly string[], route: Route, repository: Repository | undefined): void {
  const scope = scopeOf(route)
  if (scope === undefined || hasScope(scopes, scope)) return
  if (repository?.visibility === 'public' && isOpen(route)) {
    if (route.method === 'GET' || hasScope(scopes, 'public_repo')) return
  }
  throw new Refusal(403, 'Must have admin rights to Repository.')
}

function refusePermissions(call: Call, route: Route, repository: Repository | undefined): void {
  const { token } = call
  if (token.kind === 'reader') {
    if (route.method !== 'GET') throw inaccessible(token)
    return
  }
  if (route.permission === undefined) return
  if (route.method === 'GET' && repository?.visibility === 'public' && isOpen(route)) return
  const isElsewhere =
    token.kind === 'installation' && 'org' in call.params && token.installation.owner !== ownerIn(call)
  const permissions = isElsewhere ? {} : permissionsOn(token, repository)
  const isGranted = alternatives(route.permission).some((needed) =>
    needed.every(({ name, access }) => grants(permissions, name, access)),
  )
  if (!isGranted) throw inaccessible(token)
}

/** Whether the route touches only the open parts of a public repository. */
function isOpen(route: Route): boolean {
  const needed = alternatives(route.permission ?? '').flat()
  return needed.length > 0 && needed.every(({ name }) => OPEN.includes(name))
}

/** Reads `a=write,b=read; c=write`: one of these, each with all its terms. */
function alternatives(permission: string): { name: string; access: Access }[][] {
  return permission.split(';').map((one) =>
    one.split(',').flatMap((term) => {
      const [name = '', access] = term.trim().split('=')
      return name === '' ? [] : [{ name, access: access === 'write' ? 'write' : 'read' }]
    }),
  )
}

function inaccessible(token: Token): Refusal {
  const isPersonal = token.kind === 'reader' || token.kind === 'fine-grained'
  return new Refusal(403, `Resource not accessible by ${isPersonal ? 'personal access token' : 'integration'}`)
}

function ownerIn({ world, params }: Call): unknown {
  return world.owners.get((params.org ?? '').toLowerCase())
}
