import type { Get, Known } from '../../core/family.ts'
import type { Live } from '../../core/live.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import { pick } from '../common/carried.ts'
import { unclearNames } from '../common/repeated-names.ts'
import { readList } from '../common/selected-list.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { whyHidden } from './hidden.ts'
import { readHosted } from './hosted.ts'
import { NO_NETWORK } from './networks.ts'
import { type ListedGroup, type Runners, readRunners, touchedByMoves } from './read-runners.ts'
import { type GroupLevel, ROUTES } from './routes.ts'

type GroupScope = ScopeOf<GroupLevel>

/** The groups of an organization or an enterprise: a list, and the runners, where the run concerns them; none where the product shows none. */
export async function readGroups(
  scope: GroupScope,
  get: Get,
  known: Known,
): Promise<readonly Live<RunnerGroup, RunnerGroupRef>[]> {
  if (whyHidden(scope.type, known.product) !== undefined) return []
  const groups = await get.list<ListedGroup>(ROUTES[scope.type].list, scopeParams(scope))
  const [runners, hosted] = await Promise.all([
    readRunners(scope, groups, get, known),
    readHosted(scope, groups, get, known),
  ])
  const touched = runners ? touchedByMoves(groups, runners, known) : new Set<number>()
  const isListed = (group: ListedGroup): boolean =>
    known.concerns(group.name) || touched.has(group.id) || changesAbove(group, known)
  // GitHub AE shows a group without the lists of what may use it and what is in it.
  const isShown = known.product.has(ROUTES[scope.type].selected.read)
  const hasNetworks = known.product.returns(ROUTES[scope.type].list, 'network_configuration_id')
  const read = async (group: ListedGroup) => {
    const live = await readGroup(scope, { group, isListed: isShown && isListed(group), hasNetworks }, runners, get)
    if (hosted === undefined) return live
    return { ...live, ref: { ...live.ref, hosted: hosted === 'not shown' ? hosted : (hosted.get(group.id) ?? []) } }
  }
  return Promise.all(groups.map(read))
}

/** Whether the level above is to let public repositories into a group that it shares, or to take it from them: these are named. */
function changesAbove({ name, inherited, allows_public_repositories: open }: ListedGroup, known: Known): boolean {
  if (inherited !== true) return false
  const shared = known.desired('runner_groups', 'above')?.find(({ key }) => key === name)
  const { allows_public_repositories: wanted } = (shared?.spec ?? {}) as RunnerGroup
  return wanted !== undefined && wanted !== open
}

interface GroupRead {
  readonly group: ListedGroup
  /** Whether its list of repositories or organizations is read. */
  readonly isListed: boolean
  readonly hasNetworks: boolean
}

async function readGroup(
  scope: GroupScope,
  { group, isListed, hasNetworks }: GroupRead,
  runners: Runners | undefined,
  get: Get,
): Promise<Live<RunnerGroup, RunnerGroupRef>> {
  const isRead = group.visibility === 'selected' && isListed
  const params = { ...scopeParams(scope), runner_group_id: group.id }
  const listed = await readList(ROUTES[scope.type].selected, params, get, isRead)
  const holds = runners?.byGroup.get(group.id)
  const unclear = holds?.filter((name) => runners?.repeated.has(name)) ?? []
  const members = group.default || unclear.length > 0 ? undefined : holds
  const { network_configuration_id: network, ...settings } = group
  const fixed = fixedBy(group, scope)
  const isInherited = fixed.fixed === 'inherited'
  const spec: RunnerGroup = {
    ...(isInherited ? { inherited: true } : {}),
    visibility: group.visibility,
    ...listed.spec,
    ...(members ? { runners: members } : {}),
    ...pick(settings, ['allows_public_repositories', 'restricted_to_workflows']),
    ...(hasNetworks && !isInherited ? { network_configuration_id: network ?? NO_NETWORK } : {}),
    ...(group.restricted_to_workflows ? { selected_workflows: [...(group.selected_workflows ?? [])].sort() } : {}),
  }
  const ref = {
    id: group.id,
    ...listed.ref,
    runners: runners?.ids ?? {},
    ...repeatedIn(runners),
    ...(holds ? { holds } : {}),
  }
  const why = group.default || unclear.length === 0 ? {} : { unclear: unclearNames([...new Set(unclear)]) }
  const shown = listed.shown === undefined ? {} : { shown: listed.shown }
  return { key: group.name, spec, ref, ...shown, ...why, ...fixed }
}

function repeatedIn(runners: Runners | undefined): Pick<RunnerGroupRef, 'repeated'> {
  return runners === undefined || runners.repeated.size === 0 ? {} : { repeated: runners.repeated }
}

/** Only a group that GitHub shows as neither default nor inherited may ever be deleted. */
function fixedBy(group: ListedGroup, { type }: GroupScope): Pick<Live, 'fixed'> {
  if (type === 'organization' && group.inherited !== false) return { fixed: 'inherited' }
  return group.default === false ? {} : { fixed: 'default' }
}
