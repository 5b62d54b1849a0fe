import type { Field } from './field.ts'
import { identityName } from './identity.ts'
import type { Route } from './routes.ts'
import { listedName, ownerOf, repositoryIn, type Scope } from './scope.ts'

/** Whether a request writes to a repository by its name, which may mean another one by now. */
export function writesByName(route: Route): boolean {
  return !route.startsWith('GET ') && /^[A-Z]+ \/repos\/\{owner\}\/\{repo\}(\/|$)/.test(route)
}

/** `acme/web` for a repository or a scope in it; undefined for a wider scope. */
export function repositoryOf(scope: Scope): string | undefined {
  const repository = repositoryIn(scope)
  return repository && `${repository.owner}/${repository.repo}`
}

/** The full name behind a name in a scope's lists: `acme/web` of a repository, `acme` of an enterprise's organization. */
export function fullName(scope: Scope, name: string): string {
  return listedName(ownerOf(scope), name)
}

/** The name by which the id of an entry of a list is known: also `team:acme/release` of a team. */
export function fullEntry(scope: Scope, field: Pick<Field, 'identity'>, entry: string): string {
  return identityName(field, entry, scope) ?? fullName(scope, entry)
}
