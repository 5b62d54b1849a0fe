import type { Family, FamilyAt } from './family.ts'
import { hasSome } from './routes.ts'
import type { ScopeType } from './scope.ts'
import type { Support } from './support.ts'

/** A family's entry for a level; undefined where it does not exist there. */
export function at(family: Family, { type }: { readonly type: ScopeType }): FamilyAt | undefined {
  return family.scopes[type]
}

/** The same where the section has been read or planned, so that the family exists there. @throws a bug where it does not */
export function entryOf(family: Family, scope: { readonly type: ScopeType }): FamilyAt {
  const entry = at(family, scope)
  if (entry === undefined) throw new Error(`bug: ${family.name} has no ${scope.type} level`)
  return entry
}

/** Whether a product has the family at a level. */
export function isPresent(family: Family, scope: { readonly type: ScopeType }, product: Support): boolean {
  const entry = at(family, scope)
  return entry !== undefined && hasSome(product, entry.presence)
}

/** A family whose type names the levels at which it exists: what a maker of families answers. */
export type FamilyWith<Levels extends ScopeType, Spec extends object, Ref extends object = object> = Omit<
  Family<Spec, Ref>,
  'scopes'
> & { readonly scopes: { readonly [S in Levels]: FamilyAt<S, Spec, Ref> } }
