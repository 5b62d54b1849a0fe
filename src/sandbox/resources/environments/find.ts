import type { Environment, Repository, World } from '../../world/store.ts'

/** The repository that an environment is in. */
export function repositoryWith(world: World, environment: Environment): Repository {
  for (const repository of world.repositories.values()) {
    if (repository.environments.get(environment.name.toLowerCase()) === environment) return repository
  }
  throw new Error(`The environment ${environment.name} is in no repository.`)
}
