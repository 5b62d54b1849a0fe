import type { Edit, Known, Wanted } from '../../core/family.ts'
import type { Field } from '../../core/field.ts'
import type { Finding } from '../../core/finding.ts'
import { isMentioned } from '../../core/leaves.ts'
import type { Repository } from '../../core/repository.ts'
import type { Route, Routes } from '../../core/routes.ts'
import type { ScopeType } from '../../core/scope.ts'
import { idsOf, type Listed, type ListedIds, type SelectedList, without } from './selected-list.ts'

/** The switch `visibility` of what an organization shares with its repositories, from narrow to wide. */
export const VISIBILITIES = ['selected', 'private', 'all'] as const

/** How the switch and the list are written at one level. */
export interface AccessAt {
  readonly route: Routes
  readonly list: SelectedList
  /** Takes the list where the product does not show what it is of. */
  readonly hidden?: Routes
  /** Takes the list with the create, where the product has no route that replaces it. */
  readonly made?: Routes
}

/**
 * The fields that say who may use something: a switch, and the list that is in force while the switch says `selected`.
 * @param width the values of the switch, from narrow to wide
 */
export function accessFields(
  mode: string,
  width: readonly string[],
  levels: { readonly [S in ScopeType]?: AccessAt },
): Readonly<Record<string, Field>> {
  const given = Object.entries(levels)
  if (given.length === 0) return {}
  const lists = new Set(given.map(([, { list }]) => list.field))
  const written = Object.fromEntries(given.map(([level, { route }]) => [level, { route }]))
  const writtenIn = (field: string): Field['written'] =>
    Object.fromEntries(
      given
        .filter(([, { list }]) => list.field === field)
        .map(([level, { list, hidden, made }]) => [
          level,
          { route: list.replace, as: list.as, ...(hidden ? { hidden } : {}), ...(made ? { made } : {}) },
        ]),
    )
  const fields = [...lists].map((list): [string, Field] => [
    list,
    { list, mode: { field: mode, is: 'selected' }, wider: 'more', written: writtenIn(list) },
  ])
  return { [mode]: { wider: width, written }, ...Object.fromEntries(fields) }
}

/** The known ids of names; the name of a repository that is not listed reaches nothing. */
export function reached(names: readonly string[] | undefined, known: Known): number[] {
  return (names ?? []).flatMap((name) => known.repositories.byName.get(name)?.id ?? [])
}

/** Ids of those that may use something, by its switch and its list. Without a switch these are all. */
export function reachOf(mode: string | undefined, names: readonly string[] | undefined, known: Known): number[] {
  if (mode === 'none') return []
  if (mode === 'selected') return reached(names, known)
  const isIn = ({ visibility }: Repository): boolean => mode !== 'private' || visibility !== 'public'
  return known.repositories.all.filter(isIn).map(({ id }) => id)
}

/** The contradiction of a list beside a switch that does not bring it into force. */
export function checkSelected(wanted: Wanted, mode: string, list: string): readonly Finding[] {
  const given = (wanted.spec as Readonly<Record<string, unknown>>)[mode]
  if (!isMentioned(wanted, list) || given === undefined || given === 'selected') return []
  return [{ severity: 'error', field: list, message: `${list} needs ${mode}: selected, but it is ${given}` }]
}

/** A member's access as GitHub shows it. */
interface AccessWrites {
  readonly visibility?: string
  readonly repositories?: readonly string[]
}

/** The part of a body that says who may use a member, and the reads just before it. */
interface WholeAccess {
  readonly reads: readonly Route[]
  /** @throws where the switch is another one than the list in the body is for */
  body(reread: readonly unknown[]): Readonly<Record<string, unknown>>
}

/**
 * Switch and list for a request that takes them only together with the rest, and reads a missing one as GitHub's default:
 * both are sent. Those that the YAML leaves out are read again just before.
 * @param get reads the member alone, with its `visibility`
 */
export function wholeAccess(
  list: SelectedList,
  get: Route,
  edit: Edit<AccessWrites, { readonly repositories: ListedIds }>,
): WholeAccess {
  const { before, after, given } = edit
  const carriesSwitch = before !== undefined && !given.has('visibility')
  const isKept = before?.visibility === 'selected' && after?.visibility === 'selected'
  const carriesList = isKept && !given.has(list.field)
  const reads = [...(carriesSwitch ? [get] : []), ...(carriesList ? [list.read] : [])]
  return {
    reads,
    body(reread) {
      const now = carriesSwitch ? (reread[0] as AccessWrites | undefined)?.visibility : undefined
      const visibility = now ?? after?.visibility
      if (visibility !== 'selected') return { visibility }
      const listed = carriesList ? (reread[reads.length - 1] as readonly Listed[] | undefined) : undefined
      if (after?.visibility !== 'selected') throw new Error('its visibility was changed just now')
      return { visibility, [list.as]: selectedIds(edit, listed) }
    },
  }
}

/** The list as the YAML gives it; where it gives no exact one, GitHub's present list with its additions and removals. */
function selectedIds(
  { before, after, known, ref }: Parameters<typeof wholeAccess>[2],
  now: readonly Listed[] | undefined,
): number[] {
  const [had, has] = [before?.repositories ?? [], after?.repositories ?? []]
  const ids = (names: readonly string[]): number[] => idsOf(names, known, ref?.repositories)
  if (!now) return ids(has)
  const added = ids(without(has, had))
  const removed = new Set(ids(without(had, has)))
  return [...new Set([...now.map(({ id }) => id), ...added])].filter((id) => !removed.has(id))
}
