import type { FamilyAt } from '../../core/family.ts'
import type { Field } from '../../core/field.ts'
import { type Paths, type Routes, routesBelow } from '../../core/routes.ts'
import type { ScopeType } from '../../core/scope.ts'
import type { AccessAt } from './selected-access.ts'
import type { ListedIds } from './selected-list.ts'

/** A secret: its access, and the source of its value. GitHub never gives the value back. */
export type Secret = {
  readonly visibility?: 'selected' | 'private' | 'all'
  readonly repositories?: readonly string[]
  /** `env:NAME` or `file:PATH`, never the value. */
  readonly value?: string
}

export type SecretRef = { readonly repositories: ListedIds }

/** A secret as GitHub lists it. */
export interface ListedSecret {
  readonly name: string
  readonly updated_at: string
  /** Of an organization's. */
  readonly visibility?: Secret['visibility']
}

/** The secrets of one level. */
export interface SecretsAt<Path extends Paths = Paths> {
  /** The path of their list; of several that do the same on different products, the newest first. */
  readonly path: Path
  /** How many GitHub takes, where it says so. */
  readonly most?: number
}

/** The secrets of an organization. */
export interface SharedSecretsAt extends SecretsAt<`/${string}`> {
  /** The release of Enterprise Server before which the PUT of a secret takes the ids of repositories as text alone. */
  readonly textIdsBefore?: string
}

/** A level of a family of secrets: its entry, and how its fields are written. */
export interface SecretLevel<S extends ScopeType> {
  readonly entry: FamilyAt<S, Secret, SecretRef>
  readonly value: Field['written'][S]
  readonly access?: AccessAt
}

/** The routes that secrets have at every level. */
export function secretRoutes(path: Paths) {
  const [list, key] = [routesBelow('GET', path), routesBelow('GET', path, '/public-key')]
  const one = (method: 'GET' | 'PUT' | 'DELETE'): Routes => routesBelow(method, path, '/{secret_name}')
  return { list, key, get: one('GET'), put: one('PUT'), remove: one('DELETE') }
}
