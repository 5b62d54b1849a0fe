import type { FamilyAt, Get, Live } from '../../core/family.ts'
import { type ScopeOf, scopeParams } from '../../core/scope.ts'
import { pick } from '../common/carried.ts'
import { readList } from '../common/selected-list.ts'
import { reachGroup } from './access.ts'
import { alignRunnerGroup, checkRunnerGroup } from './check.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { type ListedGroup, type Runners, readRunners, touchedByMoves } from './read-runners.ts'
import { ROUTES } from './routes.ts'
import { writeRunnerGroup } from './write.ts'

const { list, create, get: GET, update, remove, selected, held } = ROUTES

/** The runner groups of an organization, and those that its enterprise shares with it. */
export const organization: FamilyAt<'organization', RunnerGroup, RunnerGroupRef> = {
  presence: list,
  reads: [list, GET, selected.read, ROUTES.runners, ROUTES.allRunners],
  writes: [
    ...[create, update, remove],
    ...[selected.replace, selected.add, selected.remove],
    ...[held.replace, held.add, held.remove],
  ],
  required: ['visibility'],
  async read(scope, get, known) {
    const groups = await get.list<ListedGroup>(list, scopeParams(scope))
    const runners = await readRunners(scope, groups, get, known)
    const touched = runners ? touchedByMoves(groups, runners, known) : new Set<number>()
    const isListed = (group: ListedGroup): boolean => known.concerns(group.name) || touched.has(group.id)
    return Promise.all(groups.map((group) => readGroup(scope, { group, isListed: isListed(group) }, runners, get)))
  },
  align: alignRunnerGroup,
  check: checkRunnerGroup,
  reach: reachGroup,
  write: writeRunnerGroup,
}

async function readGroup(
  scope: ScopeOf<'organization'>,
  { group, isListed }: { readonly group: ListedGroup; readonly isListed: boolean },
  runners: Runners | undefined,
  get: Get,
): Promise<Live<RunnerGroup, RunnerGroupRef>> {
  const isRead = group.visibility === 'selected' && isListed
  const params = { ...scopeParams(scope), runner_group_id: group.id }
  const listed = await readList(selected, params, get, isRead)
  const holds = runners?.byGroup.get(group.id)
  const members = group.default ? undefined : holds
  const spec: RunnerGroup = {
    ...(fixedBy(group).fixed === 'inherited' ? { inherited: true } : {}),
    visibility: group.visibility,
    ...listed.spec,
    ...(members ? { runners: members } : {}),
    ...pick(group, ['allows_public_repositories', 'restricted_to_workflows']),
    ...(group.restricted_to_workflows ? { selected_workflows: [...(group.selected_workflows ?? [])].sort() } : {}),
  }
  const ref = { id: group.id, ...listed.ref, runners: runners?.ids ?? {}, ...(holds ? { holds } : {}) }
  return { key: group.name, spec, ref, ...fixedBy(group) }
}

/** Only a group that GitHub shows as neither default nor inherited may ever be deleted. */
function fixedBy(group: ListedGroup): Pick<Live, 'fixed'> {
  if (group.inherited !== false) return { fixed: 'inherited' }
  return group.default === false ? {} : { fixed: 'default' }
}
