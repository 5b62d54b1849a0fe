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

/** The hosted runners that fall from a deleted group: not those that the YAML takes elsewhere, or away. */
export function hostedFalling({ action, ref, known }: GroupEdit): readonly string[] {
  if (action !== 'delete' || ref?.hosted === undefined || ref.hosted === 'not shown') return []
  const wanted = (known.desired('hosted_runners', 'here') ?? []) as readonly {
    readonly key: string
    readonly state: string
    readonly spec: { readonly runner_group?: string }
  }[]
  const leaves = wanted.filter(({ state, spec }) => state === 'absent' || spec.runner_group !== undefined)
  const elsewhere = new Set(leaves.map(({ key }) => key))
  return ref.hosted.filter((name) => !elsewhere.has(name))
}
