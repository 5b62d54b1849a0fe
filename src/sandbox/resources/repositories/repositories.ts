import { type Body, flag, required, text } from '../../http/body.ts'
import {
  type Answer,
  bodyOf,
  type Call,
  NO_CONTENT,
  ok,
  organizationOf,
  repositoryOf,
  seenBy,
} from '../../http/call.ts'
import { type Refusal, unprocessable } from '../../http/errors.ts'
import { pageOf } from '../../http/page.ts'
import { newRepository } from '../../world/defaults.ts'
import { removeRepository, renameRepository } from '../../world/move.ts'
import { repositoryNameProblem } from '../../world/names.ts'
import type { Owner, User } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { addRepository, type Repository, repositoriesOf, repositoryNamed, timestamp } from '../../world/store.ts'
import { actorOf, signatureOf } from '../accounts/actor.ts'
import { gitOf } from '../git/state.ts'
import type { Resource } from '../resource.ts'
import { settingsIn, textOrNull, visibilityIn } from './body.ts'
import { addFirstCommit, type Beginning } from './first-commit.ts'
import { licenseKeyOf, licenseNamed } from './licenses.ts'
import { isOfType, sortedBy } from './order.ts'
import { fullRepository, listedRepository, ownedRepository } from './present-repository.ts'
import { settingsOf } from './settings.ts'

/** Repositories themselves (https://docs.github.com/rest/repos/repos). */
export const repositories: Resource = {
  routes: [
    { method: 'GET', template: '/orgs/{org}/repos', permission: 'metadata=read', handle: listRepositories },
    {
      method: 'POST',
      template: '/orgs/{org}/repos',
      permission: 'administration=write',
      scope: 'repo',
      handle: (call) => createRepository(call, organizationOf(call)),
    },
    {
      method: 'POST',
      template: '/user/repos',
      permission: 'administration=write',
      scope: 'repo',
      asker: 'person',
      handle: (call) => createRepository(call, personOf(call)),
    },
    { method: 'GET', template: '/repos/{owner}/{repo}', permission: 'metadata=read', handle: getRepository },
    {
      method: 'PATCH',
      template: '/repos/{owner}/{repo}',
      permission: 'administration=write',
      handle: updateRepository,
    },
    {
      method: 'DELETE',
      template: '/repos/{owner}/{repo}',
      permission: 'administration=write',
      scope: 'delete_repo',
      handle: deleteRepository,
    },
  ],
}

/** A bare array, unlike the lists of Actions. */
function listRepositories(call: Call): Answer {
  const type = call.query.type ?? 'all'
  const repositories = seenBy(call, repositoriesOf(call.world, organizationOf(call))).filter((each) =>
    isOfType(each, type),
  )
  const page = pageOf(call, sortedBy(repositories, call.query))
  return { ...ok(page.items.map((each) => ownedRepository(call, each))), headers: page.headers }
}

function getRepository(call: Call): Answer {
  return ok(fullRepository(call, repositoryOf(call)))
}

/** A person is an owner of the world once they own something. */
function personOf({ world }: Call): User {
  world.owners.set(world.viewer.login.toLowerCase(), world.viewer)
  return world.viewer
}

function createRepository(call: Call, owner: Owner): Answer {
  const body = bodyOf(call)
  const name = required(text(body, 'name'), 'name')
  refuseName(call, owner, name)
  const visibility = visibilityIn(call, body, owner) ?? 'public'
  const description = textOrNull(body, 'description') ?? null
  const beginning = beginningIn(body)
  const repository = newRepository({
    id: call.world.lastRepositoryId + 1,
    owner,
    name,
    visibility,
    description,
    createdAt: timestamp(call.now),
  })
  const settings = settingsOf(repository)
  settings.current = settingsIn(call, body, settings.current, repository)
  licenseKeyOf(repository).key = beginning.license?.key
  call.world.lastRepositoryId = repository.id
  addRepository(call.world, repository)
  addFirstCommit(repository, beginning, signatureOf(actorOf(call), call.now))
  const present = hasSince(call.product, [3, 8]) ? fullRepository : listedRepository
  const location = `${call.base}/repos/${owner.login}/${name}`
  return { status: 201, body: present(call, repository), headers: { Location: location } }
}

/** Changes the fields of the body, or nothing at all where one part of it is refused. */
function updateRepository(call: Call): Answer {
  const repository = repositoryOf(call)
  const body = bodyOf(call)
  const name = text(body, 'name')
  if (name !== undefined && name !== repository.name) refuseName(call, repository.owner, name, repository)
  const visibility = visibilityIn(call, body, repository.owner) ?? repository.visibility
  const archived = flag(body, 'archived')
  const description = textOrNull(body, 'description')
  const defaultBranch = text(body, 'default_branch')
  if (defaultBranch !== undefined) refuseDefaultBranch(repository, defaultBranch)
  const settings = settingsIn(call, body, settingsOf(repository).current, { owner: repository.owner, visibility })
  if (name !== undefined && name !== repository.name) renameRepository(call.world, repository, name)
  repository.visibility = visibility
  settingsOf(repository).current = settings
  if (archived !== undefined) repository.archived = archived
  if (description !== undefined) repository.description = description
  if (defaultBranch !== undefined) gitOf(repository).defaultBranch = defaultBranch
  repository.updatedAt = timestamp(call.now)
  return ok(fullRepository(call, repository))
}

function deleteRepository(call: Call): Answer {
  removeRepository(call.world, repositoryOf(call))
  return NO_CONTENT
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

/** The first files of a new repository; a template with an empty name is none. */
function beginningIn(body: Body): Beginning {
  const gitignore = textOrNull(body, 'gitignore_template') || undefined
  const keyword = textOrNull(body, 'license_template') || undefined
  const license = keyword === undefined ? undefined : licenseNamed(keyword)
  if (keyword !== undefined && !license) throw invalidField('license_template', `${keyword} is not a license.`)
  return { readme: flag(body, 'auto_init') ?? false, gitignore, license }
}

/** Reported in https://github.com/fluxcd/go-git-providers/issues/67 for a repository to which nothing was pushed. */
function refuseDefaultBranch(repository: Repository, name: string): void {
  const { branches } = gitOf(repository)
  if (branches.size === 0) {
    const message = 'Cannot update default branch for an empty repository. Please init the repository and push first.'
    throw invalidField('default_branch', message)
  }
  if (branches.has(name)) return
  const message = `The branch ${name} was not found. Please push that ref first or create it via the Git Data API.`
  throw invalidField('default_branch', message)
}

function invalidField(field: string, message: string): Refusal {
  return unprocessable('Validation Failed', [{ resource: 'Repository', field, code: 'invalid', message }])
}
