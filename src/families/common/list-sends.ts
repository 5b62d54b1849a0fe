import type { Route } from '../../core/routes.ts'
import type { Params, Send } from '../../core/send.ts'

/** A list that GitHub takes as a whole or item by item. */
export interface ListRoutes {
  /** The YAML's field. */
  readonly field: string
  /** Its name in the body of `replace`. */
  readonly as: string
  readonly replace: Route
  /** The path parameter of `add` and `remove`. */
  readonly item: string
  readonly add: Route
  readonly remove: Route
}

export type ParamsOf<Ref> = (ref: Ref | undefined) => Params

/** The request that replaces the list. */
export function replaceSend<Ref extends object>(
  { field, as, replace }: ListRoutes,
  params: ParamsOf<Ref>,
  ids: () => readonly number[],
): Send<Ref> {
  return { route: replace, fields: [field], params, body: () => ({ [as]: ids() }) }
}

/** The request that adds or removes one item, so that changes of others to the list are kept. */
export function itemSend<Ref extends object>(
  list: ListRoutes,
  way: 'add' | 'remove',
  params: ParamsOf<Ref>,
  id: () => number,
): Send<Ref> {
  return { route: list[way], fields: [list.field], params: (ref) => ({ ...params(ref), [list.item]: id() }) }
}
