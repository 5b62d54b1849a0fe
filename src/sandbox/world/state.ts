import { dumpGit } from '../resources/git/seed.ts'
import { dumpSettings } from '../resources/repositories/seed-settings.ts'
import { dumpActivity } from './seed-activity.ts'
import { dumpApp } from './seed-apps.ts'
import { dumpToken } from './seed-tokens.ts'
import {
  type Organization,
  type Repository,
  repositoriesIn,
  repositoriesOf,
  type Secret,
  type SelectedActions,
  type World,
} from './store.ts'

/** The whole world in the seed's shape, values opened: seeded again, it gives the same world. */
export function dumpWorld(world: World): object {
  const organizations: Record<string, object> = {}
  const repositories: Record<string, object> = {}
  for (const owner of world.owners.values()) {
    if (owner.type === 'Organization') {
      organizations[owner.login] = dumpOrganization(world, owner)
      continue
    }
    for (const repository of repositoriesOf(world, owner)) {
      repositories[`${owner.login}/${repository.name}`] = dumpRepository(world, repository)
    }
  }
  const tokens = [...world.tokens].map(([credential, token]) => [credential, dumpToken(world, token)])
  const apps = [...world.apps].map(([slug, app]) => [slug, dumpApp(world, app)])
  return {
    product: world.product.name,
    ...(world.unsealedValues ? { unsealed_values: true } : {}),
    organizations,
    ...(Object.keys(repositories).length > 0 ? { repositories } : {}),
    ...(apps.length > 0 ? { apps: Object.fromEntries(apps) } : {}),
    ...(tokens.length > 0 ? { tokens: Object.fromEntries(tokens) } : {}),
  }
}

function dumpOrganization(world: World, organization: Organization): object {
  const { permissions } = organization
  const names = (ids: ReadonlySet<number>): string[] => repositoriesIn(world, ids).map((each) => each.name)
  return {
    id: organization.id,
    plan: organization.plan,
    permissions: {
      enabled_repositories: permissions.enabledRepositories,
      ...listed(permissions.enabledRepositories === 'selected', names(permissions.repositories)),
      ...dumpAllowed(permissions),
    },
    secrets: byName(organization.secrets.values(), (secret) => ({
      visibility: secret.visibility,
      ...listed(secret.visibility === 'selected', names(secret.repositories)),
      ...dumpSecret(secret),
    })),
    runners: byName(organization.runners.values(), ({ id, os, status, busy, ephemeral, labels }) => ({
      id,
      os,
      status,
      busy,
      ephemeral,
      labels,
    })),
    runner_groups: byName(organization.groups.values(), (group) => ({
      id: group.id,
      visibility: group.visibility,
      ...listed(group.visibility === 'selected', names(group.repositories)),
      ...(group.inherited ? { inherited: true } : { runners: runnerNames(organization, group.id) }),
      ...(group.default ? { default: true } : {}),
      allows_public_repositories: group.allowsPublicRepositories,
      restricted_to_workflows: group.restrictedToWorkflows,
      selected_workflows: group.selectedWorkflows,
    })),
    repositories: byName(repositoriesOf(world, organization), (repository) => dumpRepository(world, repository)),
  }
}

function dumpRepository(world: World, repository: Repository): object {
  const formerNames = [...world.redirects].flatMap(([name, id]) => {
    const [owner, former] = name.split('/')
    if (id !== repository.id) return []
    return [owner === repository.owner.login.toLowerCase() ? former : name]
  })
  return {
    id: repository.id,
    visibility: repository.visibility,
    ...(repository.description === null ? {} : { description: repository.description }),
    topics: repository.topics,
    ...dumpSettings(repository),
    archived: repository.archived,
    fork: repository.fork,
    ...(formerNames.length > 0 ? { former_names: formerNames } : {}),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    permissions: { enabled: repository.permissions.enabled, ...dumpAllowed(repository.permissions) },
    secrets: byName(repository.secrets.values(), dumpSecret),
    ...dumpGit(repository),
    ...dumpActivity(repository),
  }
}

function dumpAllowed(permissions: {
  allowedActions: string
  selectedActions: SelectedActions
  shaPinningRequired: boolean
}): object {
  const { github_owned_allowed, verified_allowed, patterns_allowed } = permissions.selectedActions
  const isUsed = permissions.allowedActions === 'selected'
  const isSet = github_owned_allowed || verified_allowed || patterns_allowed.length > 0
  return {
    allowed_actions: permissions.allowedActions,
    ...(isUsed || isSet ? { selected_actions: { github_owned_allowed, verified_allowed, patterns_allowed } } : {}),
    sha_pinning_required: permissions.shaPinningRequired,
  }
}

function dumpSecret(secret: Secret): object {
  const value = secret.value === null ? { unreadable: true } : { value: secret.value }
  return { ...value, created_at: secret.createdAt, updated_at: secret.updatedAt }
}

/** A list that is not in use is shown when there is something in it: GitHub keeps it. */
function listed(isUsed: boolean, names: string[]): { repositories?: string[] } {
  return isUsed || names.length > 0 ? { repositories: names } : {}
}

function runnerNames(organization: Organization, groupId: number): string[] {
  return [...organization.runners.values()].filter((each) => each.groupId === groupId).map((each) => each.name)
}

function byName<Item extends { readonly name: string }>(
  items: Iterable<Item>,
  dump: (item: Item) => object,
): Record<string, object> {
  return Object.fromEntries([...items].map((item) => [item.name, dump(item)]))
}
