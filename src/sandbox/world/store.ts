import type { Enterprise, Owner, User } from './owners.ts'
import type { Product } from './products.ts'
import type { Holder } from './slot.ts'
import type { App, InstallationToken, Token } from './token.ts'

/** Everything that the embedded GitHub knows. Requests change it in place. */
export interface World {
  readonly product: Product
  /** By login in lower case: GitHub compares owners without case. */
  readonly owners: Map<string, Owner>
  /** By slug in lower case. */
  readonly enterprises: Map<string, Enterprise>
  /** By id. */
  readonly repositories: Map<number, Repository>
  /** From `owner/name` in lower case to the id of the repository that has this name now. */
  readonly names: Map<string, number>
  /** From a former `owner/name`, in lower case, to the id of the repository that was renamed. */
  readonly redirects: Map<string, number>
  /** By token. When there is none, any non-empty token is an owner's. */
  readonly tokens: Map<string, Token>
  /** Installation tokens that Apps were given, by token; those that have expired stay. */
  readonly issued: Map<string, InstallationToken>
  /** By slug. */
  readonly apps: Map<string, App>
  /** The person behind every token. */
  readonly viewer: User
  /** Whether values of secrets are stored that no key of the sandbox opens. */
  readonly unsealedValues: boolean
  /** GitHub never gives an id a second time, so the greatest one is remembered. */
  lastRepositoryId: number
  /** The same for issues, comments and check runs, which share one row. */
  lastActivityId: number
  /** The same for environments. */
  lastEnvironmentId: number
}

export interface Repository extends Holder {
  readonly id: number
  owner: Owner
  name: string
  description: string | null
  visibility: RepositoryVisibility
  archived: boolean
  readonly fork: boolean
  /** By name in lower case: GitHub compares environments without case. */
  readonly environments: Map<string, Environment>
  readonly createdAt: string
  updatedAt: string
}

/** An environment of a repository (https://docs.github.com/actions/reference/deployments-and-environments). */
export interface Environment extends Holder {
  readonly id: number
  /** As it was given. */
  readonly name: string
  readonly createdAt: string
  updatedAt: string
}

export const REPOSITORY_VISIBILITIES = ['public', 'private', 'internal'] as const
export type RepositoryVisibility = (typeof REPOSITORY_VISIBILITIES)[number]

/** The repository that has this name now; redirects are not followed. */
export function repositoryNamed(world: World, owner: string, name: string): Repository | undefined {
  const id = world.names.get(nameKey(owner, name))
  return id === undefined ? undefined : world.repositories.get(id)
}

/** Adds a repository; a redirect from its name ends. */
export function addRepository(world: World, repository: Repository): void {
  const key = nameKey(repository.owner.login, repository.name)
  world.repositories.set(repository.id, repository)
  world.names.set(key, repository.id)
  world.redirects.delete(key)
}

/** How names of repositories are compared: without case. */
export function nameKey(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase()
}

/** The repositories of an owner, in the order of their ids. */
export function repositoriesOf(world: World, owner: Owner): Repository[] {
  return [...world.repositories.values()].filter((each) => each.owner === owner).sort((a, b) => a.id - b.id)
}

/** The repositories behind a list of ids, in the order of their ids. */
export function repositoriesIn(world: World, ids: ReadonlySet<number>): Repository[] {
  return [...ids].sort((a, b) => a - b).flatMap((id) => world.repositories.get(id) ?? [])
}

/** A moment as GitHub writes it: UTC, to the second. */
export function timestamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`
}
