import { type Answer, type Call, repositoryOf } from '../http/call.ts'
import { pageOf } from '../http/page.ts'
import { hasSince, hasSinceOrAe } from '../world/products.ts'
import { type Entry, named, wordAt } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import type { Repository } from '../world/store.ts'
import { presentActor } from './accounts/present-actor.ts'
import type { Resource } from './resource.ts'

/** From the least to the most; each holds those before it. */
const PERMISSIONS = ['pull', 'triage', 'push', 'maintain', 'admin'] as const
type Permission = (typeof PERMISSIONS)[number]
const ROLES: Readonly<Record<Permission, string>> = {
  pull: 'read',
  triage: 'triage',
  push: 'write',
  maintain: 'maintain',
  admin: 'admin',
}
/** As a member of the organization with access by it, one who was invited, or one from outside it. */
const AFFILIATIONS = ['member', 'direct', 'outside'] as const

interface Collaborator {
  readonly login: string
  readonly permission: Permission
  readonly affiliation: (typeof AFFILIATIONS)[number]
}

const collaboratorsOf = slot<Repository, Map<string, Collaborator>>(() => new Map())

/** The people with access to a repository (https://docs.github.com/rest/collaborators/collaborators). */
export const collaborators: Resource = {
  routes: [
    { method: 'GET', permission: 'metadata=read', template: '/repos/{owner}/{repo}/collaborators', handle: list },
  ],
  repository: { keys: ['collaborators'], seed, dump },
}

/**
 * "For organization-owned repositories, the list of collaborators includes outside collaborators, organization members that are
 * direct collaborators, …". The person behind every token administers each repository. The filter by permission came with 3.8, and to GitHub AE before.
 */
function list(call: Call): Answer {
  const repository = repositoryOf(call)
  const { affiliation, permission } = call.query
  const viewer: Collaborator = { login: call.world.viewer.login, permission: 'admin', affiliation: 'member' }
  const all = [viewer, ...[...collaboratorsOf(repository).values()].filter(({ login }) => login !== viewer.login)]
  const least = hasSinceOrAe(call.product, [3, 8], ['2021', '2022'])
    ? PERMISSIONS.indexOf(permission as Permission)
    : -1
  const found = all.filter(
    (each) =>
      (affiliation !== 'outside' || each.affiliation === 'outside') &&
      (affiliation !== 'direct' || each.affiliation !== 'member') &&
      PERMISSIONS.indexOf(each.permission) >= least,
  )
  const { items, headers } = pageOf(call, found)
  return { status: 200, body: items.map((each) => present(call, each)), headers }
}

/** `collaborator`. Its role came with 3.5, two of its permissions after 2.22. */
function present(call: Call, { login, permission }: Collaborator): object {
  const shown = PERMISSIONS.filter((each) => hasSince(call.product, [3, 4]) || !['triage', 'maintain'].includes(each))
  const held = PERMISSIONS.indexOf(permission)
  return {
    ...presentActor(call, login),
    permissions: Object.fromEntries(shown.map((each) => [each, PERMISSIONS.indexOf(each) <= held])),
    ...(hasSinceOrAe(call.product, [3, 5], ['2022']) ? { role_name: ROLES[permission] } : {}),
  }
}

function seed(repository: Repository, given: Entry): void {
  for (const [login, one] of named(given, 'collaborators', ['permission', 'affiliation'])) {
    collaboratorsOf(repository).set(login.toLowerCase(), {
      login,
      permission: wordAt(one, 'permission', PERMISSIONS) ?? 'push',
      affiliation: wordAt(one, 'affiliation', AFFILIATIONS) ?? 'direct',
    })
  }
}

function dump(repository: Repository): object {
  const all = [...collaboratorsOf(repository).values()]
  if (all.length === 0) return {}
  return {
    collaborators: Object.fromEntries(
      all.map(({ login, permission, affiliation }) => [login, { permission, affiliation }]),
    ),
  }
}
