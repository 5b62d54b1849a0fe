import type { Known, Params, Send } from '../../core/family.ts'
import type { Json } from '../../core/json.ts'
import type { Repository } from '../../core/repository.ts'
import type { Route } from '../../core/routes.ts'

/** Ids of the repositories in a live list, by name: also of those that the owner's listing does not show. */
export type RepositoryIds = Readonly<Record<string, number>>

/** A repository as GitHub's lists of selected repositories hold it. */
export interface ListedRepository {
  readonly id: number
  readonly name: string
}

/** The names of a live list, folded and sorted, and the ids behind them. */
export function namesAndIds(listed: readonly ListedRepository[]): { names: string[]; ids: RepositoryIds } {
  const ids = Object.fromEntries(listed.map(({ id, name }) => [name.toLowerCase(), id]))
  return { names: Object.keys(ids).sort(), ids }
}

/** The ids to send for names; every name was resolved against the listing or came from the live list itself. */
export function idsOf(names: readonly string[], known: Known, live: RepositoryIds = {}): number[] {
  return names.map((name) => {
    const id = known.repositories.byName.get(name)?.id ?? (Object.hasOwn(live, name) ? live[name] : undefined)
    if (id === undefined) throw new Error(`bug: the repository ${name} has no id`)
    return id
  })
}

/** The known ids of names, for the reach of a list; the name of an unseen repository reaches nothing. */
export function reached(names: readonly string[], known: Known): number[] {
  return names.flatMap((name) => known.repositories.byName.get(name)?.id ?? [])
}

/** Ids of all repositories that pass. */
export function reachedWhere(known: Known, passes: (repository: Repository) => boolean): number[] {
  return known.repositories.all.filter(passes).map((repository) => repository.id)
}

interface ListChange<Ref> {
  readonly field: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  /**
   * Set where several owners share the list: it is changed item by item, so that additions of others meanwhile are
   * kept.
   */
  readonly shared: boolean
  readonly replace: Route
  readonly add: Route
  readonly remove: Route
  params(ref: Ref | undefined): Params
  id(name: string): number
}

/** The requests that change a list of repositories: one that replaces it, or one per item where the list is shared. */
export function listSends<Ref extends object>(change: ListChange<Ref>): Send<Ref>[] {
  const { field, before, after, params, id } = change
  if (!change.shared) {
    const body = (): object => ({ selected_repository_ids: after.map(id) })
    return [{ route: change.replace, fields: [field], params, body }]
  }
  const item = (route: Route, name: string): Send<Ref> => ({
    route,
    fields: [field],
    params: (ref) => ({ ...params(ref), repository_id: id(name) }),
  })
  const removed = before.filter((name) => !after.includes(name)).map((name) => item(change.remove, name))
  const added = after.filter((name) => !before.includes(name)).map((name) => item(change.add, name))
  return [...removed, ...added]
}

/** Whether the YAML gives a list, exactly or by `add_` and `remove_`. */
export function givesList(
  wanted: { readonly spec: object; readonly edits: Readonly<Record<string, unknown>> },
  field: string,
): boolean {
  const spec = wanted.spec as Readonly<Record<string, Json>>
  return spec[field] !== undefined || wanted.edits[field] !== undefined
}
