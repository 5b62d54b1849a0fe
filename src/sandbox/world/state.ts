import type { Organization } from './owners.ts'
import { byName, type Part, type Parts } from './part.ts'
import { dumpEnterprises } from './seed-enterprises.ts'
import { dumpEnvironments } from './seed-environments.ts'
import { dumpToken } from './seed-tokens.ts'
import { type Repository, repositoriesOf, type World } from './store.ts'

/** The whole world in the seed's shape, values opened: seeded again, it gives the same world. */
export function dumpWorld(world: World, parts: Parts): object {
  const organizations: Record<string, object> = {}
  const repositories: Record<string, object> = {}
  for (const owner of world.owners.values()) {
    if (owner.type === 'Organization') {
      organizations[owner.login] = dumpOrganization(world, parts, owner)
      continue
    }
    for (const repository of repositoriesOf(world, owner)) {
      repositories[`${owner.login}/${repository.name}`] = dumpRepository(world, parts, repository)
    }
  }
  const tokens = [...world.tokens].map(([credential, token]) => [credential, dumpToken(world, token)])
  return {
    product: world.product.name,
    ...(world.unsealedValues ? { unsealed_values: true } : {}),
    ...dumpEnterprises(world, parts),
    organizations,
    ...(Object.keys(repositories).length > 0 ? { repositories } : {}),
    ...dumpParts(parts.world, world, world),
    ...(tokens.length > 0 ? { tokens: Object.fromEntries(tokens) } : {}),
  }
}

function dumpOrganization(world: World, parts: Parts, organization: Organization): object {
  return {
    id: organization.id,
    plan: organization.plan,
    ...dumpParts(parts.organization, organization, world),
    repositories: byName(repositoriesOf(world, organization), (repository) => dumpRepository(world, parts, repository)),
  }
}

function dumpRepository(world: World, parts: Parts, repository: Repository): object {
  const formerNames = [...world.redirects].flatMap(([name, id]) => {
    const [owner, former] = name.split('/')
    if (id !== repository.id) return []
    return [owner === repository.owner.login.toLowerCase() ? former : name]
  })
  return {
    id: repository.id,
    visibility: repository.visibility,
    ...(repository.description === null ? {} : { description: repository.description }),
    ...dumpParts(parts.details, repository, world),
    archived: repository.archived,
    fork: repository.fork,
    ...(formerNames.length > 0 ? { former_names: formerNames } : {}),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    ...dumpParts(parts.repository, repository, world),
    ...dumpEnvironments(world, repository, parts),
  }
}

function dumpParts<Of>(parts: readonly Part<Of>[], holder: Of, world: World): object {
  return Object.assign({}, ...parts.map((part) => part.dump(holder, world)))
}
