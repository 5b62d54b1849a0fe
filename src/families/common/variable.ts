import type { FamilyAt } from '../../core/family.ts'
import type { Field } from '../../core/field.ts'
import { type Paths, type Routes, routesBelow } from '../../core/routes.ts'
import type { ScopeType } from '../../core/scope.ts'
import type { AccessAt } from './selected-access.ts'
import type { ListedIds } from './selected-list.ts'

/** A variable: a literal text, and at organizations who may use it. */
export type Variable = {
  readonly visibility?: 'selected' | 'private' | 'all'
  readonly repositories?: readonly string[]
  readonly value?: string
  /** The name that it had, as GitHub compares it. */
  readonly renamed_from?: string
}

export type VariableRef = {
  /** In GitHub's case, which a change does not touch. */
  readonly name: string
  readonly repositories: ListedIds
}

/** A variable as GitHub lists it. */
export interface ListedVariable {
  readonly name: string
  readonly value: string
  /** Of an organization's. */
  readonly visibility?: Variable['visibility']
}

/** The variables of one level. */
export interface VariablesAt<Path extends Paths = Paths> {
  /** The path of their list; of several that do the same on different products, the newest first. */
  readonly path: Path
  /** How many GitHub takes, where it says so. */
  readonly most?: number
}

/** A level of a family of variables: its entry, and how its fields are written. */
export interface VariableLevel<S extends ScopeType> {
  readonly entry: FamilyAt<S, Variable, VariableRef>
  readonly value: Field['written'][S]
  readonly name: Field['written'][S]
  readonly access?: AccessAt
}

/** The routes that variables have at every level. */
export function variableRoutes(path: Paths) {
  const one = (method: 'PATCH' | 'DELETE'): Routes => routesBelow(method, path, '/{name}')
  return {
    list: routesBelow('GET', path),
    create: routesBelow('POST', path),
    update: one('PATCH'),
    remove: one('DELETE'),
  }
}
