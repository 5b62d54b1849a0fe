import type { Environment, Repository, World } from './store.ts'

/** Adds an environment; one that has its name already is replaced. */
export function addEnvironment(
  world: World,
  repository: Repository,
  given: Omit<Environment, 'id' | 'kept'> & { readonly id?: number },
): Environment {
  const id = given.id ?? world.lastEnvironmentId + 1
  world.lastEnvironmentId = Math.max(world.lastEnvironmentId, id)
  const environment: Environment = { ...given, id, kept: new Map() }
  repository.environments.set(given.name.toLowerCase(), environment)
  return environment
}
