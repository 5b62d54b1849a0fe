import { organizationsIn, organizationsOf } from './enterprises.ts'
import type { Enterprise, Organization } from './owners.ts'
import { type Entry, join, SeedError, textsAt } from './seed-reader.ts'
import { repositoriesIn, repositoryNamed, type World } from './store.ts'

/** The ids of the repositories of an organization that `repositories` names. @throws SeedError when there is no such one */
export function repositoryIdsAt(world: World, { login }: Organization, given: Entry): Set<number> {
  const ids = (textsAt(given, 'repositories') ?? []).map((name) => {
    const repository = repositoryNamed(world, login, name)
    if (repository) return repository.id
    throw new SeedError(join(given.path, 'repositories'), `names "${name}", which ${login} does not have.`)
  })
  return new Set(ids)
}

/** The list of repositories in the seed's shape. A list that is not in use is shown when it is not empty: GitHub keeps it. */
export function dumpRepositoryIds(
  world: World,
  ids: ReadonlySet<number>,
  isUsed: boolean,
): { repositories?: string[] } {
  const names = repositoriesIn(world, ids).map((each) => each.name)
  return isUsed || names.length > 0 ? { repositories: names } : {}
}

/** The same of the organizations of an enterprise. @throws SeedError when there is no such one */
export function organizationIdsAt(world: World, enterprise: Enterprise, given: Entry): Set<number> {
  const own = new Map(organizationsOf(world, enterprise).map(({ login, id }) => [login.toLowerCase(), id]))
  const ids = (textsAt(given, 'organizations') ?? []).map((login) => {
    const id = own.get(login.toLowerCase())
    if (id !== undefined) return id
    throw new SeedError(join(given.path, 'organizations'), `names "${login}", which ${enterprise.slug} does not have.`)
  })
  return new Set(ids)
}

/** The list of organizations in the seed's shape, as {@link dumpRepositoryIds} has repositories. */
export function dumpOrganizationIds(
  world: World,
  ids: ReadonlySet<number>,
  isUsed: boolean,
): { organizations?: string[] } {
  const logins = organizationsIn(world).flatMap(({ id, login }) => (ids.has(id) ? [login] : []))
  return isUsed || logins.length > 0 ? { organizations: logins } : {}
}
