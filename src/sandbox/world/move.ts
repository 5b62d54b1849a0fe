import type { Owner } from './owners.ts'
import { forgetMember } from './slot.ts'
import { addRepository, nameKey, type Repository, repositoriesOf, type World } from './store.ts'

/** Renames a repository; the former name redirects to it. */
export function renameRepository(world: World, repository: Repository, name: string): void {
  moveRepository(world, repository, repository.owner, name)
}

/**
 * Renames a repository, or transfers it to another owner, whose lists do not name it
 * (https://docs.github.com/repositories/creating-and-managing-repositories/transferring-a-repository). The former name
 * redirects to it.
 */
export function moveRepository(world: World, repository: Repository, owner: Owner, name: string): void {
  const former = nameKey(repository.owner.login, repository.name)
  if (owner !== repository.owner) leaveLists(repository)
  world.names.delete(former)
  repository.owner = owner
  repository.name = name
  world.redirects.set(former, repository.id)
  addRepository(world, repository)
}

/**
 * Renames an account. The former names of its repositories redirect to them; the account's own former name is free and
 * unknown (https://docs.github.com/organizations/managing-organization-settings/renaming-an-organization).
 */
export function renameOwner(world: World, owner: Owner, login: string): void {
  const repositories = repositoriesOf(world, owner)
  const formers = repositories.map((each) => nameKey(owner.login, each.name))
  world.owners.delete(owner.login.toLowerCase())
  for (const former of formers) world.names.delete(former)
  owner.login = login
  world.owners.set(login.toLowerCase(), owner)
  for (const [index, former] of formers.entries()) {
    const repository = repositories[index]
    if (!repository) continue
    world.redirects.set(former, repository.id)
    addRepository(world, repository)
  }
}

/** Gives an account's name and all its things to another one. No list of an enterprise names that one. */
export function replaceOwner({ product }: World, owner: Owner, id: number): void {
  if (owner.type === 'Organization' && owner.enterprise) {
    forgetMember(owner.enterprise, owner.id)
    if (product.kind !== 'ghes') owner.enterprise = undefined
  }
  owner.id = id
}

/** Deletes a repository, and takes it from every list that names it. */
export function removeRepository(world: World, repository: Repository): void {
  world.repositories.delete(repository.id)
  world.names.delete(nameKey(repository.owner.login, repository.name))
  for (const [name, id] of world.redirects) if (id === repository.id) world.redirects.delete(name)
  leaveLists(repository)
}

function leaveLists(repository: Repository): void {
  if (repository.owner.type !== 'Organization') return
  forgetMember(repository.owner, repository.id)
}
