import type { Get, Known } from '../../core/family.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import type { GroupEdit } from './document.ts'
import { type GroupLevel, ROUTES } from './routes.ts'

/** A group as GitHub lists it. */
interface Group {
  readonly id: number
  readonly name: string
  readonly default: boolean
  readonly inherited?: boolean
}

/** A runner that GitHub hosts, as its list shows it. */
interface Hosted {
  readonly name: string
  readonly status: string
  readonly runner_group_id?: number
}

/** The hosted runners of an owner by the id of their group. */
export type HostedByGroup = ReadonlyMap<number, readonly string[]>

/**
 * The hosted runners, where a group with any may go: they fall to the default group like its others.
 * https://docs.github.com/actions/how-tos/manage-runners/larger-runners/control-access
 * @returns undefined where no group goes, or the product has none; `not shown` where the credential may not read them
 */
export async function readHosted(
  scope: ScopeOf<GroupLevel>,
  groups: readonly Group[],
  get: Get,
  known: Known,
): Promise<HostedByGroup | 'not shown' | undefined> {
  const { hosted: route } = ROUTES[scope.type]
  if (!known.product.has(route) || !groups.some((group) => mayGo(group, known))) return undefined
  const all = await get.listIfShown<Hosted>(route, scopeParams(scope))
  if (all === undefined || all.some(({ runner_group_id: id }) => id === undefined)) return 'not shown'
  const staying = all.filter(({ status }) => status !== 'Deleting')
  const inGroup = (id: number): readonly Hosted[] => staying.filter((each) => each.runner_group_id === id)
  return new Map(groups.map(({ id }) => [id, inGroup(id).map(({ name }) => name)]))
}

/** Whether the run may delete a group. */
function mayGo({ name, default: isDefault, inherited }: Group, known: Known): boolean {
  return !isDefault && !inherited && known.deletes?.(name) === true
}

interface WantedHosted {
  readonly key: string
  readonly state: string
  readonly spec: { readonly runner_group?: string }
}

function wantedHosted(known: Known): readonly WantedHosted[] {
  return (known.desired('hosted_runners', 'here') ?? []) as readonly WantedHosted[]
}

/** The hosted runners by the group that they are in; undefined where the run did not read them. */
function liveHosted(known: Known): ReadonlyMap<string, string | undefined> | undefined {
  const live = known.live('hosted_runners', 'here') as readonly Pick<WantedHosted, 'key' | 'spec'>[] | undefined
  return live && new Map(live.map((hosted) => [hosted.key, hosted.spec.runner_group]))
}

/** The names of the hosted runners in a group; undefined where the run did not read which group one is in. */
export function hostedIn(group: string, known: Known): readonly string[] | undefined {
  const live = liveHosted(known)
  if (live === undefined || [...live.values()].includes(undefined)) return undefined
  return [...live].flatMap(([name, of]) => (of === group ? [name] : []))
}

/** The hosted runners that the YAML has in the group, or in other ones. */
export function hostedWanted(group: string, known: Known, where: 'here' | 'elsewhere'): readonly string[] {
  return wantedHosted(known).flatMap(({ key, state, spec }) => {
    const isPlaced = state === 'present' && spec.runner_group !== undefined
    return isPlaced && (spec.runner_group === group) === (where === 'here') ? [key] : []
  })
}

/** Whether the YAML takes a hosted runner out of the group to another one, and whether it brings one there. */
export function hostedMoves({ key, known }: GroupEdit): { readonly leave: boolean; readonly come: boolean } {
  const now = liveHosted(known)
  const moving = wantedHosted(known).flatMap((hosted) => {
    const [from, to] = [now?.get(hosted.key), hosted.spec.runner_group]
    return hosted.state !== 'present' || to === undefined || from === to ? [] : [{ from, to }]
  })
  return { leave: moving.some(({ from }) => from === key), come: moving.some(({ to }) => to === key) }
}

/** The hosted runners that fall from a deleted group: not those that the YAML takes elsewhere, or away. */
export function hostedFalling({ action, ref, known }: GroupEdit): readonly string[] {
  if (action !== 'delete' || ref?.hosted === undefined || ref.hosted === 'not shown') return []
  const leaves = wantedHosted(known).filter(({ state, spec }) => state === 'absent' || spec.runner_group !== undefined)
  const elsewhere = new Set(leaves.map(({ key }) => key))
  return ref.hosted.filter((name) => !elsewhere.has(name))
}
