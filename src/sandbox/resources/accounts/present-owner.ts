import type { Call } from '../../http/call.ts'
import { hasScope, permissionsOn } from '../../http/visibility.ts'
import type { Organization, Owner, User } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { repositoriesOf } from '../../world/store.ts'
import { grants, type Token } from '../../world/token.ts'

/** Since when every organization and person of the sandbox exists. */
const JOINED = '2020-01-01T00:00:00Z'

/** The short form that is `owner` in repositories (`simple-user`). */
export function simpleUser(call: Call, owner: Owner): object {
  const url = `${call.base}/users/${owner.login}`
  return {
    login: owner.login,
    id: owner.id,
    node_id: nodeId(owner.type, owner.id),
    avatar_url: `${webOrigin(call)}/avatars/u/${owner.id}`,
    gravatar_id: '',
    url,
    html_url: `${webOrigin(call)}/${owner.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: owner.type,
    site_admin: false,
    ...(hasSince(call.product, [3, 12]) ? { user_view_type: 'public' } : {}),
  }
}

/** The public facts of a person or an organization (`public-user`). */
export function publicUser(call: Call, owner: Owner): object {
  const repositories = repositoriesOf(call.world, owner)
  return {
    ...simpleUser(call, owner),
    name: owner.login,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: repositories.filter((each) => each.visibility === 'public').length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: JOINED,
    updated_at: JOINED,
  }
}

/** A person's own account, as shown to themselves (`private-user`). */
export function privateUser(call: Call, user: User): object {
  const owned = repositoriesOf(call.world, user).filter((each) => each.visibility !== 'public').length
  return {
    ...publicUser(call, user),
    ...(hasSince(call.product, [3, 12]) ? { user_view_type: 'private' } : {}),
    private_gists: 0,
    total_private_repos: owned,
    owned_private_repos: owned,
    disk_usage: 0,
    collaborators: 0,
    two_factor_authentication: true,
  }
}

/** The short form of an organization in lists (`organization-simple`). */
export function simpleOrganization(call: Call, organization: Organization): object {
  const url = `${call.base}/orgs/${organization.login}`
  return {
    login: organization.login,
    id: organization.id,
    node_id: nodeId('Organization', organization.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${webOrigin(call)}/avatars/u/${organization.id}`,
    description: null,
  }
}

/** An organization as its owners see it (`organization-full`). */
export function fullOrganization(call: Call, organization: Organization): object {
  const repositories = repositoriesOf(call.world, organization)
  const isPublic = repositories.filter((each) => each.visibility === 'public').length
  return {
    ...simpleOrganization(call, organization),
    name: organization.login,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: isPublic,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${webOrigin(call)}/${organization.login}`,
    created_at: JOINED,
    updated_at: JOINED,
    type: 'Organization',
    total_private_repos: repositories.length - isPublic,
    owned_private_repos: repositories.length - isPublic,
    private_gists: 0,
    disk_usage: 0,
    collaborators: 0,
    ...(seesPlan(call.token) ? { plan: presentPlan(organization) } : {}),
    default_repository_permission: 'read',
    members_can_create_repositories: true,
    two_factor_requirement_enabled: false,
    ...(hasSince(call.product, [3, 11]) ? { archived_at: null } : {}),
  }
}

/**
 * The plan is for owners' eyes: classic tokens need `admin:org`, Apps `organization_plan`
 * (https://docs.github.com/rest/orgs/orgs#get-an-organization).
 */
function seesPlan(token: Token): boolean {
  if (token.kind === 'owner' || token.kind === 'reader') return true
  if (token.kind === 'classic') return hasScope(token.scopes, 'admin:org')
  return grants(permissionsOn(token, undefined), 'organization_plan', 'read')
}

function presentPlan(organization: Organization): object {
  return { name: organization.plan, space: 976562499, private_repos: 999999, filled_seats: 1, seats: 10 }
}

/** The origin of the web pages: that of the API's base. */
export function webOrigin(call: Call): string {
  return new URL(call.base).origin
}

/** A GraphQL id in GitHub's first format. */
export function nodeId(type: string, id: number): string {
  return Buffer.from(`0${type.length}:${type}${id}`).toString('base64')
}
