import type { Get, Known } from '../../core/family.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import { repeatedNames } from '../common/repeated-names.ts'
import { runnersAsked } from './moves.ts'
import { type GroupLevel, ROUTES } from './routes.ts'

/** A group as GitHub lists it. */
export interface ListedGroup {
  readonly id: number
  readonly name: string
  readonly visibility: 'selected' | 'private' | 'all'
  readonly default: boolean
  /** Missing of an enterprise's, which has no level above. */
  readonly inherited?: boolean
  readonly allows_public_repositories?: boolean
  readonly restricted_to_workflows?: boolean
  readonly selected_workflows?: readonly string[]
  readonly network_configuration_id?: string | null
}

interface Runner {
  readonly id: number
  readonly name: string
  readonly runner_group_id?: number | null
}

/** The runners of an organization, as far as they were read. */
export interface Runners {
  readonly ids: Readonly<Record<string, number>>
  /** Names that several of them have. */
  readonly repeated: ReadonlySet<string>
  /** Names by the id of their group; a group that this run does not concern may be missing. */
  readonly byGroup: ReadonlyMap<number, readonly string[]>
}

/**
 * The runners, where the configuration mentions any or deletes a group: those of it fall to the default group. From
 * GHES 3.8 a runner names its group, so that one list serves all groups; else each group's own list is read.
 */
export async function readRunners(
  scope: ScopeOf<GroupLevel>,
  groups: readonly ListedGroup[],
  get: Get,
  known: Known,
): Promise<Runners | undefined> {
  const { allRunners, runners } = ROUTES[scope.type]
  const mentioned = known.mentions('runners')
  const wanted = known.desired('runner_groups', 'here') ?? []
  const absent = new Set(wanted.flatMap(({ key, state }) => (state === 'absent' ? [key] : [])))
  const goes = (group: ListedGroup): boolean => absent.has(group.name)
  if (!mentioned && !groups.some(goes)) return undefined
  const readAll = (): Promise<readonly Runner[]> => get.list<Runner>(allRunners, scopeParams(scope))
  if (!known.product.has(runners)) {
    // A group is created with runners, and does not show them afterwards.
    if (!mentioned || !known.product.has(allRunners)) return undefined
    const all = await readAll()
    return { ids: idsByName(all), repeated: repeatedNames(all), byGroup: new Map() }
  }
  if (known.product.returns(allRunners, 'runner_group_id')) {
    const all = await readAll()
    const inGroup = (id: number): readonly Runner[] => all.filter((runner) => runner.runner_group_id === id)
    if (all.every((runner) => typeof runner.runner_group_id === 'number')) {
      return {
        ids: idsByName(all),
        repeated: repeatedNames(all),
        byGroup: new Map(groups.map(({ id }) => [id, namesOf(inGroup(id))])),
      }
    }
  }
  const readOf = async (asked: readonly ListedGroup[]): Promise<[number, readonly Runner[]][]> => {
    return Promise.all(
      asked.map(async ({ id }): Promise<[number, readonly Runner[]]> => {
        return [id, await get.list<Runner>(runners, { ...scopeParams(scope), runner_group_id: id })]
      }),
    )
  }
  const concerned = groups
    .filter((group) => !group.inherited && !group.default && known.concerns(group.name))
    .filter((group) => known.mentions('runners', group.name) || goes(group))
  const lists = await readOf(concerned)
  const found = new Set(lists.flatMap(([, list]) => list).map(({ name }) => name))
  const missing = wanted.flatMap(runnersAsked).filter((name) => !found.has(name))
  if (missing.length === 0) return runnersOf(lists)
  // A runner in none of these groups is in another one, or not registered at all.
  const all = await readAll()
  const registered = new Set(all.map(({ name }) => name))
  const isElsewhere = missing.some((name) => registered.has(name))
  const isConcerned = new Set(concerned)
  const others = groups.filter((group) => !group.inherited && !isConcerned.has(group))
  const read = runnersOf([...lists, ...(isElsewhere ? await readOf(others) : [])])
  return { ...read, ids: idsByName(all), repeated: repeatedNames(all) }
}

/** The groups that a runner leaves for another one or falls to: their access is compared. */
export function touchedByMoves(
  groups: readonly ListedGroup[],
  { byGroup }: Pick<Runners, 'byGroup'>,
  known: Known,
): ReadonlySet<number> {
  const wanted = (known.desired('runner_groups', 'here') ?? []).filter(({ state }) => state === 'present')
  const homes = new Map(wanted.flatMap((group) => runnersAsked(group).map((name) => [name, group.key] as const)))
  const touched = new Set<number>()
  for (const group of groups) {
    const held = byGroup.get(group.id) ?? []
    if (held.some((name) => homes.has(name) && homes.get(name) !== group.name)) touched.add(group.id)
    const own = wanted.find(({ key }) => key === group.name)
    const stays = new Set(own ? runnersKept(own, held) : known.concerns(group.name) ? [] : held)
    const falls = !group.default && held.some((name) => !homes.has(name) && !stays.has(name))
    const home = falls ? groups.find((each) => each.default && !each.inherited) : undefined
    if (home) touched.add(home.id)
  }
  return touched
}

function runnersKept({ spec, edits }: Parameters<typeof runnersAsked>[0], held: readonly string[]): readonly string[] {
  const removed = new Set(edits.runners?.remove)
  return (spec.runners ?? held).filter((name) => !removed.has(name))
}

function runnersOf(lists: readonly (readonly [number, readonly Runner[]])[]): Runners {
  return {
    ids: idsByName(lists.flatMap(([, list]) => list)),
    repeated: repeatedNames(lists.flatMap(([, list]) => list)),
    byGroup: new Map(lists.map(([id, list]) => [id, namesOf(list)])),
  }
}

function idsByName(runners: readonly Runner[]): Readonly<Record<string, number>> {
  return Object.fromEntries(runners.map(({ name, id }) => [name, id]))
}

function namesOf(runners: readonly Runner[]): readonly string[] {
  return runners.map(({ name }) => name).sort()
}
