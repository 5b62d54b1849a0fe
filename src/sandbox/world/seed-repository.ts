import { BEGINNING, newRepository } from './defaults.ts'
import { repositoryNameProblem } from './names.ts'
import type { Owner } from './owners.ts'
import { keysOf, type Parts } from './part.ts'
import { ENVIRONMENTS_KEY } from './seed-environments.ts'
import type { Ids } from './seed-ids.ts'
import { type Entry, flagAt, idAt, momentAt, SeedError, textAt, textsAt, wordAt } from './seed-reader.ts'
import {
  addRepository,
  nameKey,
  REPOSITORY_VISIBILITIES,
  type Repository,
  repositoryNamed,
  type World,
} from './store.ts'

export function repositoryKeys({ details, repository }: Parts): string[] {
  const facts = ['archived', 'fork', 'former_names', 'created_at', 'updated_at']
  return ['id', 'visibility', 'description', ...keysOf(details), ...facts, ...keysOf(repository), ENVIRONMENTS_KEY]
}

/**
 * Adds one repository of a seed, but not the activity of people and Apps in it. @throws SeedError when its name is
 * taken or one of its fields is wrong.
 */
export function addSeedRepository(world: World, owner: Owner, name: string, given: Entry, ids: Ids): Repository {
  const problem = repositoryNameProblem(name)
  if (problem) throw new SeedError(given.path, `cannot be: the ${problem}.`)
  if (repositoryNamed(world, owner.login, name)) {
    throw new SeedError(given.path, 'is there twice: GitHub compares names without case.')
  }
  const createdAt = momentAt(given, 'created_at') ?? BEGINNING
  const repository: Repository = {
    ...newRepository({
      id: ids(idAt(given, 'id')),
      owner,
      name,
      visibility: wordAt(given, 'visibility', REPOSITORY_VISIBILITIES) ?? 'private',
      description: textAt(given, 'description') ?? null,
      createdAt,
    }),
    archived: flagAt(given, 'archived') ?? false,
    fork: flagAt(given, 'fork') ?? false,
    updatedAt: momentAt(given, 'updated_at') ?? createdAt,
  }
  addRepository(world, repository)
  world.lastRepositoryId = Math.max(world.lastRepositoryId, repository.id)
  for (const former of textsAt(given, 'former_names') ?? []) {
    const [of, formerName = ''] = former.includes('/') ? former.split('/') : [owner.login, former]
    world.redirects.set(nameKey(of ?? '', formerName), repository.id)
  }
  return repository
}
