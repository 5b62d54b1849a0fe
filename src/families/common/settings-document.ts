import type { Edit, Get, Known } from '../../core/family.ts'
import type { Field } from '../../core/field.ts'
import { type Document, type Json, sameJson } from '../../core/json.ts'
import { placed } from '../../core/place-params.ts'
import { hasSome, type Paths, routesBelow } from '../../core/routes.ts'
import type { Scope } from '../../core/scope.ts'
import type { Send } from '../../core/send.ts'
import { carryingSend, pick } from './carried.ts'

/** One document of GitHub's, with a GET and a PUT or PATCH at the same path. */
export interface SettingsDocument {
  /** Of several that do the same on different products, the newest first. */
  readonly path: Paths
  /** The fields in it, where these are not all of the family's. */
  readonly fields?: readonly string[]
  /** PATCH keeps the fields that a request leaves out; PUT, the default, gets all of them. */
  readonly method?: 'PUT' | 'PATCH'
  /**
   * The values that GitHub shows of fields which were never set, and which it does not require: one that the YAML leaves open is
   * not sent then, so that it does not become set.
   */
  readonly unset?: Document
  /** The status of a refused write that may mean, beside 409, that the level above holds it by policy. */
  readonly heldAbove?: NonNullable<Send['heldAbove']>
  /** Further fields of the answer, such as a limit: `check` finds them in the live side's `ref`. */
  readonly facts?: readonly string[]
}

/** A document with its routes. */
export type Routed = ReturnType<typeof documentOf>

/** @param all the fields of the family */
export function documentOf(
  { path, fields, method = 'PUT', facts = [], unset = {}, heldAbove }: SettingsDocument,
  all: Readonly<Record<string, Pick<Field, 'list'>>>,
) {
  const holds = fields ?? Object.keys(all)
  const lists = holds.filter((field) => all[field]?.list !== undefined)
  return {
    get: routesBelow('GET', path),
    put: routesBelow(method, path),
    method,
    holds,
    lists,
    facts,
    unset,
    heldAbove,
  } as const
}

/**
 * The document as GitHub has it; nothing where the product lacks it, or no file mentions a field of it.
 * @param extent `some repositories`: a refusal of the read says that there is none; undefined then
 */
export async function readDocument(
  { get: routes, holds, lists, facts }: Routed,
  scope: Scope,
  get: Get,
  known: Known,
  extent: 'all' | 'some repositories' = 'all',
): Promise<{ readonly spec: Document; readonly ref: Document } | undefined> {
  if (!hasSome(known.product, routes) || !holds.some((field) => known.mentions(field))) return { spec: {}, ref: {} }
  const { route, params } = placed(routes, scope, known)
  const answer = await (extent === 'all' ? get.one<Document>(route, params) : get.oneIfAny<Document>(route, params))
  if (answer === undefined) return undefined
  const sorted = lists.flatMap((field) => (Array.isArray(answer[field]) ? [[field, inOrder(answer[field])]] : []))
  return {
    spec: { ...pick(answer, holds), ...Object.fromEntries(sorted) } as Document,
    ref: pick(answer, facts) as Document,
  }
}

function inOrder(list: readonly Json[]): Json {
  return [...new Set(list)].sort()
}

/** The request that changes the document; none where none of its fields differs. */
export function writeDocument(
  { get, put, method, holds, unset, heldAbove }: Routed,
  edit: Edit<Document, Document>,
): Send<Document>[] {
  const { scope, after = {}, changed, given, known } = edit
  const { route, params } = placed(put, scope, known)
  const taken = holds.filter((field) => known.product.accepts(route, field))
  const fields = taken.filter((field) => changed.has(field))
  if (fields.length === 0) return []
  const sent = method === 'PATCH' ? fields : taken
  const carried = sent.filter((field) => !given.has(field) && after[field] !== undefined)
  return [
    carryingSend<Document, Document>({
      route,
      // Settings that GitHub does not show carry nothing, and have no such route.
      get: carried.length === 0 ? route : placed(get, scope, known).route,
      fields,
      ...(heldAbove === undefined ? {} : { heldAbove }),
      params: () => params,
      carried,
      body(now) {
        const whole = { ...pick(after, sent), ...now }
        const isOpen = (field: string): boolean => carried.includes(field) && sameJson(whole[field], unset[field])
        return Object.fromEntries(Object.entries(whole).filter(([field]) => !isOpen(field)))
      },
    }),
  ]
}
