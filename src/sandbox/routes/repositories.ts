import { choice, flag, required, text } from '../body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  NO_CONTENT,
  ok,
  organizationOf,
  type Route,
  repositoryOf,
  seenBy,
} from '../call.ts'
import { newRepository } from '../defaults.ts'
import { unprocessable } from '../errors.ts'
import { removeRepository, renameRepository } from '../move.ts'
import { repositoryNameProblem } from '../names.ts'
import { pageOf } from '../page.ts'
import { fullRepository, hasNebulaPreview, listedRepository, minimalRepository } from '../present-repository.ts'
import { hasSince } from '../products.ts'
import {
  addRepository,
  type Owner,
  REPOSITORY_VISIBILITIES,
  type Repository,
  type RepositoryVisibility,
  repositoriesOf,
  repositoryNamed,
  timestamp,
} from '../store.ts'

/** Repositories themselves (https://docs.github.com/rest/repos/repos). */
export const REPOSITORY_ROUTES: readonly Route[] = [
  { method: 'GET', template: '/orgs/{org}/repos', permission: 'metadata=read', handle: listRepositories },
  {
    method: 'POST',
    template: '/orgs/{org}/repos',
    permission: 'administration=write',
    scope: 'repo',
    handle: createRepository,
  },
  { method: 'GET', template: '/repos/{owner}/{repo}', permission: 'metadata=read', handle: getRepository },
  { method: 'PATCH', template: '/repos/{owner}/{repo}', permission: 'administration=write', handle: updateRepository },
  {
    method: 'DELETE',
    template: '/repos/{owner}/{repo}',
    permission: 'administration=write',
    scope: 'delete_repo',
    handle: deleteRepository,
  },
]

/** A bare array, unlike the lists of Actions. */
function listRepositories(call: Call): Answer {
  const type = call.query.type ?? 'all'
  const repositories = seenBy(call, repositoriesOf(call.world, organizationOf(call))).filter((each) =>
    isOfType(each, type),
  )
  const page = pageOf(call, sorted(repositories, call.query))
  return { ...ok(page.items.map((each) => minimalRepository(call, each))), headers: page.headers }
}

/** `private` takes internal repositories in: they have `private: true`. */
function isOfType(repository: Repository, type: string): boolean {
  if (type === 'public' || type === 'internal') return repository.visibility === type
  if (type === 'private') return repository.visibility !== 'public'
  if (type === 'forks') return repository.fork
  if (type === 'sources') return !repository.fork
  return true
}

/** By creation, the newest first, unless the query asks otherwise; `full_name` runs from a to z by itself. */
function sorted(repositories: Repository[], query: Readonly<Record<string, string>>): Repository[] {
  const sort = query.sort ?? 'created'
  const direction = query.direction ?? (sort === 'full_name' ? 'asc' : 'desc')
  const key = (each: Repository): string => {
    if (sort === 'full_name') return each.name.toLowerCase()
    return sort === 'updated' ? each.updatedAt : each.createdAt
  }
  const ascending = repositories.sort((a, b) => compare(key(a), key(b)) || a.id - b.id)
  return direction === 'asc' ? ascending : ascending.reverse()
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function getRepository(call: Call): Answer {
  return ok(fullRepository(call, repositoryOf(call)))
}

function createRepository(call: Call): Answer {
  const owner = organizationOf(call)
  const body = bodyOf(call)
  const name = required(text(body, 'name'), 'name')
  refuseName(call, owner, name)
  const visibility = requestedVisibility(call) ?? 'public'
  call.world.lastRepositoryId += 1
  const repository = newRepository({
    id: call.world.lastRepositoryId,
    owner,
    name,
    visibility,
    description: text(body, 'description') ?? null,
    createdAt: timestamp(call.now),
  })
  addRepository(call.world, repository)
  const present = hasSince(call.product, [3, 17]) ? fullRepository : listedRepository
  const location = `${call.base}/repos/${owner.login}/${name}`
  return { status: 201, body: present(call, repository), headers: { Location: location } }
}

/** Of the many fields that GitHub takes here, those that decide what Actions may do, and the description. */
function updateRepository(call: Call): Answer {
  const repository = repositoryOf(call)
  const body = bodyOf(call)
  const name = text(body, 'name')
  if (name !== undefined && name !== repository.name) refuseName(call, repository.owner, name, repository)
  const visibility = requestedVisibility(call)
  const archived = flag(body, 'archived')
  const description = text(body, 'description')
  if (name !== undefined && name !== repository.name) renameRepository(call.world, repository, name)
  if (visibility !== undefined) repository.visibility = visibility
  if (archived !== undefined) repository.archived = archived
  if (description !== undefined) repository.description = description
  repository.updatedAt = timestamp(call.now)
  return ok(fullRepository(call, repository))
}

function deleteRepository(call: Call): Answer {
  removeRepository(call.world, repositoryOf(call))
  return NO_CONTENT
}

/** `visibility` wins over `private`; GHES 2.22 reads it only with its preview, and github.com has no internal ones. */
function requestedVisibility(call: Call): RepositoryVisibility | undefined {
  const body = bodyOf(call)
  const isPrivate = flag(body, 'private')
  const words = REPOSITORY_VISIBILITIES.filter((word) => word !== 'internal' || call.product.kind !== 'dotcom')
  const readsVisibility = hasSince(call.product, [3, 4]) || hasNebulaPreview(call)
  const visibility = readsVisibility ? choice(body, 'visibility', words) : undefined
  if (visibility !== undefined || isPrivate === undefined) return visibility
  return isPrivate ? 'private' : 'public'
}

function refuseName(call: Call, owner: Owner, name: string, renamed?: Repository): void {
  const problem = { resource: 'Repository', code: 'custom', field: 'name' }
  const invalid = repositoryNameProblem(name)
  if (invalid) throw unprocessable('Repository creation failed.', [{ ...problem, message: invalid }])
  const taken = repositoryNamed(call.world, owner.login, name)
  if (taken && taken !== renamed) {
    const message = 'name already exists on this account'
    throw unprocessable('Repository creation failed.', [{ ...problem, message }])
  }
}
