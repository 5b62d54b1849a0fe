import { type Answer, type Call, ok, organizationOf, param } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { pageSince } from '../../http/page.ts'
import { organizationsIn } from '../../world/enterprises.ts'
import { hasSince, installedVersion } from '../../world/products.ts'
import type { Resource } from '../resource.ts'
import { fullOrganization, privateUser, publicUser, simpleOrganization } from './present-owner.ts'

/** The routes that identify server and account: `/meta`, `/user`, `/users/{username}`, `/organizations`, `/orgs/{org}`. */
export const accounts: Resource = {
  routes: [
    { method: 'GET', template: '/meta', handle: getMeta },
    { method: 'GET', template: '/user', asker: 'person', handle: (call) => ok(privateUser(call, call.world.viewer)) },
    { method: 'GET', template: '/users/{username}', handle: getUser },
    { method: 'GET', template: '/organizations', handle: listOrganizations },
    { method: 'GET', template: '/orgs/{org}', handle: (call) => ok(fullOrganization(call, organizationOf(call))) },
  ],
}

/** Only GHES shows its version (https://docs.github.com/enterprise-server@3.19/rest/meta/meta). */
function getMeta(call: Call): Answer {
  const version = installedVersion(call.product)
  return ok({
    verifiable_password_authentication: call.product.release !== undefined,
    ...(hasSince(call.product, [3, 4]) ? { packages: [] } : {}),
    ...(version === undefined ? { hooks: [], web: [], api: [], git: [], actions: [] } : { installed_version: version }),
  })
}

/** Those of the whole server, in the order that they were created in (https://docs.github.com/rest/orgs/orgs#list-organizations). */
function listOrganizations(call: Call): Answer {
  const { items, headers } = pageSince(call, organizationsIn(call.world))
  return { status: 200, body: items.map((each) => simpleOrganization(call, each)), headers }
}

/** An organization is found here too, as `type: Organization`. */
function getUser(call: Call): Answer {
  const login = param(call, 'username').toLowerCase()
  const owner = call.world.owners.get(login)
  if (owner) return ok(publicUser(call, owner))
  if (call.world.viewer.login.toLowerCase() === login) return ok(publicUser(call, call.world.viewer))
  throw notFound()
}
