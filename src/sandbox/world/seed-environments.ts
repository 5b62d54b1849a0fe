import { BEGINNING } from './defaults.ts'
import { addEnvironment } from './environments.ts'
import { byName, keysOf, type Parts } from './part.ts'
import { type Ids, idsFrom } from './seed-ids.ts'
import { type Entry, idAt, momentAt, named, SeedError } from './seed-reader.ts'
import type { Repository, World } from './store.ts'

/** The key of a repository in a seed for its environments, by name. */
export const ENVIRONMENTS_KEY = 'environments'
const FIRST_ENVIRONMENT = 6001
const FACTS = ['id', 'created_at', 'updated_at']

interface Seeded {
  readonly repository: Repository
  readonly given: Entry
}

/** Adds the environments of a seed with what each resource has in them. Repositories are there already. @throws SeedError */
export function addSeedEnvironments(
  world: World,
  seeded: readonly Seeded[],
  { environment: parts }: Parts,
  activityIds: Ids,
): void {
  const all = seeded.flatMap(({ repository, given }) =>
    [...named(given, ENVIRONMENTS_KEY, [...FACTS, ...keysOf(parts)])].map(([name, one]) => ({ repository, name, one })),
  )
  const ids = idsFrom(
    FIRST_ENVIRONMENT,
    all.map(({ one }) => one),
  )
  for (const { repository, name, one } of all) {
    if (name.trim() === '') throw new SeedError(one.path, 'cannot be: the name is blank.')
    if (repository.environments.has(name.toLowerCase())) {
      throw new SeedError(one.path, 'is there twice: GitHub compares names without case.')
    }
    const createdAt = momentAt(one, 'created_at') ?? BEGINNING
    const updatedAt = momentAt(one, 'updated_at') ?? createdAt
    const environment = addEnvironment(world, repository, { id: ids(idAt(one, 'id')), name, createdAt, updatedAt })
    for (const part of parts) part.seed(environment, one, world, activityIds)
  }
}

/** The environments of a repository in the seed's shape; no key where there is none. */
export function dumpEnvironments(world: World, { environments }: Repository, { environment: parts }: Parts): object {
  if (environments.size === 0) return {}
  return {
    [ENVIRONMENTS_KEY]: byName(environments.values(), (one) => ({
      id: one.id,
      created_at: one.createdAt,
      updated_at: one.updatedAt,
      ...Object.assign({}, ...parts.map((part) => part.dump(one, world))),
    })),
  }
}
