import { moveRepository, renameOwner, replaceOwner } from '../world/move.ts'
import { loginProblem, repositoryNameProblem } from '../world/names.ts'
import type { Owner } from '../world/owners.ts'
import { repositoryNamed, type World } from '../world/store.ts'
import { type Body, required, text } from './body.ts'
import { Refusal } from './errors.ts'

/**
 * Renames or transfers a repository, as its owner does on the web: `{ "repository": "acme/web", "to": "rival/site" }`.
 * @throws Refusal with the problem of the request.
 */
export function moveOne(world: World, body: Body): void {
  const [from, to] = [namesOf(body, 'repository'), namesOf(body, 'to')]
  const repository = repositoryNamed(world, from.owner, from.name)
  if (!repository) throw new Refusal(404, `There is no repository ${from.owner}/${from.name}.`)
  const owner = ownerNamed(world, to.owner)
  const problem = repositoryNameProblem(to.name)
  if (problem) throw new Refusal(422, `"to" cannot be: the ${problem}.`)
  const taken = repositoryNamed(world, to.owner, to.name)
  if (taken && taken !== repository) throw new Refusal(422, `${to.owner}/${to.name} exists already.`)
  moveRepository(world, repository, owner, to.name)
}

/**
 * Renames an account (`login`), or gives its name and all its things to another one (`id`).
 * @throws Refusal with the problem of the request.
 */
export function setAccount(world: World, body: Body): void {
  const owner = ownerNamed(world, required(text(body, 'owner'), 'owner'))
  const login = text(body, 'login')
  const { id } = body
  if (id !== undefined && !(Number.isSafeInteger(id) && Number(id) > 0)) {
    throw new Refusal(422, '"id" must be a whole number from 1.')
  }
  const problem = login === undefined ? undefined : loginProblem(login)
  if (problem) throw new Refusal(422, `"login" cannot be: the ${problem}.`)
  if (login !== undefined && (world.owners.get(login.toLowerCase()) ?? owner) !== owner) {
    throw new Refusal(422, `${login} exists already.`)
  }
  if (id !== undefined) replaceOwner(world, owner, Number(id))
  if (login !== undefined) renameOwner(world, owner, login)
}

function namesOf(body: Body, field: string): { readonly owner: string; readonly name: string } {
  const [owner = '', name = '', ...more] = required(text(body, field), field).split('/')
  if (owner === '' || name === '' || more.length > 0) throw new Refusal(422, `"${field}" must be OWNER/NAME.`)
  return { owner, name }
}

function ownerNamed(world: World, login: string): Owner {
  const owner = world.owners.get(login.toLowerCase())
  if (!owner) throw new Refusal(404, `There is no account ${login}.`)
  return owner
}
