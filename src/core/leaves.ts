import type { DesiredMember, ListEdit } from './desired.ts'
import type { Family } from './family.ts'
import type { Field } from './field.ts'
import { type Document, getPath, type Json, withPath } from './json.ts'
import type { Route } from './routes.ts'
import { alternativesOf, hasSome, pickRoute, type Routes } from './routes.ts'
import type { ScopeType } from './scope.ts'
import type { Support } from './support.ts'

/** The dotted paths of a family's fields that exist in a scope. */
export function leavesOf(family: Family, scope: ScopeType): string[] {
  const found: string[] = []
  for (const path in family.fields) if (fieldAt(family, path).written[scope] !== undefined) found.push(path)
  return found
}

export function fieldAt(family: Family, path: string): Field {
  const field = family.fields[path]
  if (!field) throw new Error(`bug: ${family.name} has no field ${path}`)
  return field
}

/** The path of the field that holds a secret's source, if the family has one. */
export function secretLeaf({ fields }: Family): string | undefined {
  // A list of the keys at each call would be a tenth of what `validate` takes.
  for (const path in fields) if (fields[path]?.secret) return path
  return undefined
}

/** The path of the field that holds what a member is for: a secret's source, or the text of a variable. */
export function valueLeaf(family: Family): string | undefined {
  return secretLeaf(family) ?? Object.keys(family.fields).find((path) => family.fields[path]?.text)
}

/** The route that writes a field in a scope, the newest where products differ: it tells which fields go in one request. */
export function routeOf(family: Family, path: string, scope: ScopeType): Route | undefined {
  const route = fieldAt(family, path).written[scope]?.route
  return route && alternativesOf(route)[0]
}

/** The fields that a member of the configuration mentions, lists by `add_` and `remove_` included, but for one. */
export function mentionedLeaves(
  family: Family,
  scope: ScopeType,
  member: Pick<DesiredMember, 'spec' | 'edits'>,
  without?: string,
): readonly string[] {
  let found: string[] | undefined
  for (const path in family.fields) {
    if (path === without || fieldAt(family, path).written[scope] === undefined || !isMentioned(member, path)) continue
    found ??= []
    found.push(path)
  }
  return found ?? NO_LEAVES
}

const NO_LEAVES: readonly string[] = []

/** Whether a member of the configuration mentions a field. */
export function isMentioned(
  { spec, edits }: { readonly spec: object; readonly edits: Readonly<Record<string, ListEdit>> },
  path: string,
): boolean {
  return getPath(spec, path) !== undefined || edits[path] !== undefined
}

/** The lists that hold names of teams, persons and Apps, without those that the product lacks: nothing in these is looked up. */
export function identityLeaves(
  family: Family,
  { type }: { readonly type: ScopeType },
  product: Support,
): readonly string[] {
  const found: string[] = []
  for (const path in family.fields) {
    const { identity, written } = fieldAt(family, path)
    if (identity === undefined || written[type] === undefined) continue
    if (supportsLeaf(family, path, type, product)) found.push(path)
  }
  return found
}

const NOTHING: Document = {}

/** Only the given leaves of a document. */
export function pickLeaves(document: object, paths: readonly string[]): Document {
  if (paths.length === 0) return NOTHING
  let picked: Record<string, Json> = {}
  for (const path of paths) {
    const value = getPath(document, path)
    if (value === undefined) continue
    if (path.includes('.')) picked = { ...withPath(picked, path, value) }
    else picked[path] = value
  }
  return picked
}

/** The document with the desired leaves laid over it. */
export function overlay(
  live: Document,
  spec: Document,
  edits: Readonly<Record<string, ListEdit>>,
  paths: readonly string[],
): Document {
  let result = live
  for (const path of paths) {
    const edit = edits[path]
    const given = getPath(spec, path)
    if (given !== undefined) {
      if (getPath(result, path) !== given) result = withPath(result, path, given)
    } else if (edit) result = withPath(result, path, edited(getPath(live, path), edit))
  }
  return result
}

/** A list that is not there stays so where nothing is added: an empty one would differ from it for ever. */
function edited(live: Json | undefined, edit: ListEdit): string[] | undefined {
  const base = Array.isArray(live) ? (live as readonly string[]) : []
  const members = new Set([...base, ...edit.add])
  for (const name of edit.remove) members.delete(name)
  return live === undefined && members.size === 0 ? undefined : [...members].sort()
}

/** Whether the product's API takes the field in this scope. */
export function supportsLeaf(family: Family, path: string, scope: ScopeType, product: Support): boolean {
  const written = fieldAt(family, path).written[scope]
  const routes = written && routesOf(family, path, scope, product)
  if (!written || !routes || !hasSome(product, routes)) return false
  if (written.bare) return true
  return product.accepts(pickRoute(routes, product), written.as ?? lastOf(path))
}

/** The routes that write a field on a product: it may take other ones where it does not show what the field is of. */
export function routesOf(family: Family, path: string, scope: ScopeType, product: Support): Routes | undefined {
  const { route, hidden = route, made = route } = fieldAt(family, path).written[scope] ?? {}
  if (family.scopes[scope]?.unreadable?.(product) !== undefined) return hidden
  return route !== undefined && hasSome(product, route) ? route : made
}

/** Whether the product shows the members, and takes this field with their create alone, so that nothing shows it afterwards. */
export function isMadeWith(family: Family, path: string, scope: ScopeType, product: Support): boolean {
  const { route, made } = fieldAt(family, path).written[scope] ?? {}
  if (route === undefined || made === undefined) return false
  return family.scopes[scope]?.unreadable?.(product) === undefined && !hasSome(product, route) && hasSome(product, made)
}

/** The default name of a field in the body. */
function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** Why {@link supportsLeaf} does not hold: which product lacks the field, and which have it. */
export function whyUnsupported(family: Family, path: string, scope: ScopeType, product: Support): string {
  const written = fieldAt(family, path).written[scope]
  const field = written?.bare ? undefined : (written?.as ?? lastOf(path))
  const others = written && product.elsewhere?.(pickRoute(written.route, product), field)
  return `${product.name ?? 'this product'} does not have it${others === undefined ? '' : `; ${others}`}`
}

/**
 * Why a product does not take this value of a field that it has: which values of a word GitHub knows may differ. Undefined
 * where it takes it.
 */
export function whyNoSuchValue(
  family: Family,
  path: string,
  scope: ScopeType,
  product: Support,
  value: Json | undefined,
): string | undefined {
  const written = fieldAt(family, path).written[scope]
  const routes = routesOf(family, path, scope, product)
  // A request without a body says by itself which value it sets.
  if (!written || !routes || written.bare || typeof value !== 'string') return undefined
  const [route, field] = [pickRoute(routes, product), written.as ?? lastOf(path)]
  if (product.accepts(route, field, value)) return undefined
  const others = product.elsewhere?.(route, field, value)
  return `${product.name ?? 'this product'} does not take ${value}${others === undefined ? '' : `; ${others}`}`
}
