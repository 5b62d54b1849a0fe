import {
  type Answer,
  type Call,
  enterpriseOf,
  idParam,
  NO_CONTENT,
  ok,
  organizationOf,
  repositoryOf,
} from '../http/call.ts'
import { invalidRequest, notFound } from '../http/errors.ts'
import { listAnswer, pageOf } from '../http/page.ts'
import { BEGINNING } from '../world/defaults.ts'
import { organizationsOf } from '../world/enterprises.ts'
import { idsFrom } from '../world/seed-ids.ts'
import { type Entry, idAt, listed, momentAt, textAt } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import { stableSha } from '../world/stable-id.ts'
import { type Repository, repositoriesOf } from '../world/store.ts'
import type { Resource } from './resource.ts'

const CACHES = '/repos/{owner}/{repo}/actions/caches'
const READ = { method: 'GET', permission: 'actions=read' } as const
/** The usage came with 3.5, the caches themselves with 3.7. */
const USAGE = { since: [3, 5] } as const
const LISTED = { since: [3, 7] } as const
const OF_ORGANIZATION = {
  ...USAGE,
  method: 'GET',
  permission: 'organization_administration=read',
  scope: 'read:org',
} as const
const KEYS = ['id', 'key', 'ref', 'version', 'size', 'created_at', 'last_accessed_at']
const SORTS = ['created_at', 'last_accessed_at', 'size_in_bytes'] as const

/** An entry of a repository's cache, by GitHub's names: the list shows it as it is. */
interface Cache {
  readonly id: number
  readonly ref: string
  readonly key: string
  readonly version: string
  readonly last_accessed_at: string
  readonly created_at: string
  readonly size_in_bytes: number
}

const cachesOf = slot<Repository, Map<number, Cache>>(() => new Map())

/** The caches of repositories, and how much they use (https://docs.github.com/rest/actions/cache). */
export const caches: Resource = {
  routes: [
    { ...READ, ...LISTED, template: CACHES, handle: list },
    { ...LISTED, method: 'DELETE', permission: 'actions=write', template: CACHES, handle: removeByKey },
    { ...LISTED, method: 'DELETE', permission: 'actions=write', template: `${CACHES}/{cache_id}`, handle: removeOne },
    {
      ...READ,
      ...USAGE,
      template: '/repos/{owner}/{repo}/actions/cache/usage',
      handle: (call) => ok(usageOf(repositoryOf(call))),
    },
    { ...OF_ORGANIZATION, template: '/orgs/{org}/actions/cache/usage', handle: organizationUsage },
    { ...OF_ORGANIZATION, template: '/orgs/{org}/actions/cache/usage-by-repository', handle: usageByRepository },
    {
      ...USAGE,
      method: 'GET',
      asker: 'classic token',
      scope: 'admin:enterprise',
      notOn: ['dotcom'],
      template: '/enterprises/{enterprise}/actions/cache/usage',
      handle: enterpriseUsage,
    },
  ],
  repository: { keys: ['caches'], seed, dump },
}

/** "An explicit key or prefix for identifying the cache", and the full reference that it is of. */
function list(call: Call): Answer {
  const { key = '', ref, direction, sort } = call.query
  const by = SORTS.find((each) => each === sort) ?? 'last_accessed_at'
  const found = [...cachesOf(repositoryOf(call)).values()]
    .filter((each) => each.key.startsWith(key) && (ref === undefined || each.ref === ref))
    .sort((one, other) => order(one[by], other[by]) || one.id - other.id)
  return listAnswer(call, 'actions_caches', direction === 'asc' ? found : found.reverse(), (each) => each)
}

function order(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** "Deletes one or more GitHub Actions caches for a repository, using a complete cache key." @throws Refusal 404 for none */
function removeByKey(call: Call): Answer {
  const { key, ref } = call.query
  if (key === undefined) throw invalidRequest('"key" wasn\'t supplied.')
  const all = cachesOf(repositoryOf(call))
  const found = [...all.values()].filter((each) => each.key === key && (ref === undefined || each.ref === ref))
  if (found.length === 0) throw notFound()
  for (const { id } of found) all.delete(id)
  return ok({ total_count: found.length, actions_caches: found })
}

function removeOne(call: Call): Answer {
  if (!cachesOf(repositoryOf(call)).delete(idParam(call, 'cache_id'))) throw notFound()
  return NO_CONTENT
}

/** GitHub counts about every five minutes; here it is counted at once. */
function usageOf(repository: Repository): {
  full_name: string
  active_caches_count: number
  active_caches_size_in_bytes: number
} {
  const all = [...cachesOf(repository).values()]
  return {
    full_name: `${repository.owner.login}/${repository.name}`,
    active_caches_size_in_bytes: all.reduce((sum, each) => sum + each.size_in_bytes, 0),
    active_caches_count: all.length,
  }
}

function organizationUsage(call: Call): Answer {
  return ok(total(repositoriesOf(call.world, organizationOf(call))))
}

function enterpriseUsage(call: Call): Answer {
  const organizations = organizationsOf(call.world, enterpriseOf(call))
  return ok(total(organizations.flatMap((each) => repositoriesOf(call.world, each))))
}

function total(repositories: readonly Repository[]): object {
  const usages = repositories.map(usageOf)
  return {
    total_active_caches_count: usages.reduce((sum, each) => sum + each.active_caches_count, 0),
    total_active_caches_size_in_bytes: usages.reduce((sum, each) => sum + each.active_caches_size_in_bytes, 0),
  }
}

/** Those that have caches. */
function usageByRepository(call: Call): Answer {
  const usages = repositoriesOf(call.world, organizationOf(call)).map(usageOf)
  const used = usages.filter((each) => each.active_caches_count > 0)
  const { items, headers } = pageOf(call, used)
  return { status: 200, body: { total_count: used.length, repository_cache_usages: items }, headers }
}

/** A list, since one key may be of several references. @throws SeedError */
function seed(repository: Repository, given: Entry): void {
  const entries = listed(given, 'caches', KEYS)
  const ids = idsFrom(1, entries)
  for (const one of entries) {
    const id = ids(idAt(one, 'id'))
    const createdAt = momentAt(one, 'created_at') ?? BEGINNING
    const key = textAt(one, 'key') ?? `cache-${id}`
    cachesOf(repository).set(id, {
      ...{ id, key },
      ref: textAt(one, 'ref') ?? 'refs/heads/main',
      version: textAt(one, 'version') ?? stableSha(key),
      created_at: createdAt,
      last_accessed_at: momentAt(one, 'last_accessed_at') ?? createdAt,
      size_in_bytes: idAt(one, 'size') ?? 1024,
    })
  }
}

function dump(repository: Repository): object {
  const all = [...cachesOf(repository).values()]
  return all.length === 0 ? {} : { caches: all.map(({ size_in_bytes: size, ...cache }) => ({ ...cache, size })) }
}
