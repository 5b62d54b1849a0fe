import type { Edit, Get, Known } from '../../core/family.ts'
import type { Live } from '../../core/live.ts'
import type { Route } from '../../core/routes.ts'
import type { Params, Send } from '../../core/send.ts'
import { shownNames } from '../../core/shown-names.ts'
import { itemSend, type ListRoutes, type ParamsOf, replaceSend } from './list-sends.ts'

/** Ids behind the names of a live list, by name: also of those that the owner's listing does not show. */
export type ListedIds = Readonly<Record<string, number>>

type ListField = 'repositories' | 'organizations'

/**
 * A list of the repositories (of an enterprise: organizations) that a switch lets in while it says `selected`. GitHub
 * has the same four routes for each of them.
 */
export interface SelectedList<Field extends ListField = ListField> extends ListRoutes {
  readonly field: Field
  readonly read: Route
}

const WORDS = {
  repositories: { as: 'selected_repository_ids', item: 'repository_id' },
  organizations: { as: 'selected_organization_ids', item: 'org_id' },
} as const

/**
 * The list below the path of what it is of.
 * @example
 * const LIST = selectedList('/orgs/{org}/actions/secrets/{secret_name}')
 * LIST.add // PUT /orgs/{org}/actions/secrets/{secret_name}/repositories/{repository_id}
 */
export function selectedList<Field extends ListField = 'repositories'>(
  path: `/${string}`,
  field: Field = 'repositories' as Field,
): SelectedList<Field> {
  const words = WORDS[field]
  const all = `${path}/${field}` as const
  const one = `${all}/{${words.item}}` as const
  return { field, ...words, read: `GET ${all}`, replace: `PUT ${all}`, add: `PUT ${one}`, remove: `DELETE ${one}` }
}

/** The documents that hold such a list. */
type Holding = { readonly [F in ListField]?: readonly string[] }
/** The ids of the live list, under the name of its field. */
type HoldingIds = { readonly [F in ListField]?: ListedIds }
type ListEdit<Ref extends HoldingIds> = Edit<Holding, Ref>

/** A repository or an organization as GitHub's lists hold it. */
export interface Listed {
  readonly id: number
  readonly name?: string
  readonly login?: string
}

/** The live list: what a document holds of it, names folded and sorted, as GitHub shows them, and its ref, the ids behind them. */
interface LiveList<Field extends ListField> extends Pick<Live, 'shown'> {
  readonly spec: { readonly [F in Field]?: readonly string[] }
  readonly ref: { readonly [F in Field]: ListedIds }
}

/** Reads the list, or nothing of it where that is of no use: it is not in force, or nothing asks for it. */
export async function readList<Field extends ListField>(
  { field, read }: SelectedList<Field>,
  params: Params,
  get: Get,
  isRead: boolean,
): Promise<LiveList<Field>> {
  const listed = isRead ? await get.list<Listed>(read, params) : []
  const names = listed.map(({ name, login = '' }) => name ?? login)
  const ids = Object.fromEntries(listed.map(({ id }, index) => [names[index]?.toLowerCase(), id]))
  const [spec, ref] = [isRead ? { [field]: Object.keys(ids).sort() } : {}, { [field]: ids }]
  return { spec, ref, ...shownNames(names) } as object as LiveList<Field>
}

/** The ids to send for names; every name was resolved against the listing or came from the live list itself. */
export function idsOf(names: readonly string[], known: Known, live: ListedIds = {}): number[] {
  return names.map((name) => {
    const id = known.repositories.byName.get(name)?.id ?? (Object.hasOwn(live, name) ? live[name] : undefined)
    if (id === undefined) throw new Error(`bug: the repository ${name} has no id`)
    return id
  })
}

/**
 * The requests that change the list: one that replaces it, or one for each item where several owners share the list, so
 * that additions of others meanwhile are kept.
 */
export function listSends<Ref extends HoldingIds>(
  list: SelectedList,
  edit: ListEdit<Ref>,
  params: ParamsOf<Ref>,
): Send<Ref>[] {
  const { field } = list
  if (!edit.changed.has(field)) return []
  const [before, after] = [edit.before?.[field] ?? [], edit.after?.[field] ?? []]
  const idsNow = (names: readonly string[]): number[] => idsOf(names, edit.known, edit.ref?.[field])
  if (!edit.shared.has(field)) return [replaceSend(list, params, () => idsNow(after))]
  const each = (way: 'add' | 'remove', names: readonly string[]): Send<Ref>[] =>
    names.map((name) => itemSend(list, way, params, () => idsNow([name])[0] ?? 0))
  return [...each('remove', without(before, after)), ...each('add', without(after, before))]
}

/** The way from one list to the other, for {@link directedSends}. */
interface Direction<Ref> {
  /** The switch let more in than the list, which was not in force: every list narrows. */
  readonly wasOpen: boolean
  /** How requests are marked that give access; by default as widening. */
  readonly opening?: Partial<Send<Ref>>
}

/** The same requests with their directions: those that take access away go before those that give it. */
export function directedSends<Ref extends HoldingIds>(
  list: SelectedList,
  edit: ListEdit<Ref>,
  params: ParamsOf<Ref>,
  { wasOpen, opening = { phase: 'widen' } }: Direction<Ref>,
): Send<Ref>[] {
  const added = without(edit.after?.[list.field] ?? [], edit.before?.[list.field] ?? [])
  return listSends(list, edit, params).map((send) => {
    const narrows = wasOpen || send.route === list.remove || (send.route === list.replace && added.length === 0)
    return { ...send, ...(narrows ? { phase: 'narrow' } : opening) }
  })
}

/** The request after which only those are left that are in both lists, where one request makes some come and others go. */
export function leavingSend<Ref extends HoldingIds>(
  list: SelectedList,
  edit: ListEdit<Ref>,
  params: ParamsOf<Ref>,
): Send<Ref> | undefined {
  const { field } = list
  const [before, after] = [edit.before?.[field] ?? [], edit.after?.[field] ?? []]
  const stay = without(before, without(before, after))
  const isMixed = stay.length < before.length && stay.length < after.length
  if (!isMixed || !edit.changed.has(field) || edit.shared.has(field)) return undefined
  return { ...replaceSend(list, params, () => idsOf(stay, edit.known, edit.ref?.[field])), fields: [], phase: 'narrow' }
}

/** The names that are not among the others. */
export function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const taken = new Set(others)
  return names.filter((name) => !taken.has(name))
}
