import type { Family, Get, Live } from '../../core/family.ts'
import type { Scope } from '../../core/scope.ts'
import { scopeParams } from '../../core/scope.ts'
import { groupFault, runnerFault, workflowFault } from '../common/list-entries.ts'
import { type ListedRepository, namesAndIds } from '../common/repository-list.ts'
import { reachGroup } from './access.ts'
import { alignRunnerGroup, checkRunnerGroup } from './check.ts'
import type { RunnerGroup, RunnerGroupRef } from './document.ts'
import { moveNotes, runnerMoves } from './moves.ts'
import {
  LIST_GROUP_RUNNERS,
  LIST_RUNNERS,
  type ListedGroup,
  type Runners,
  readRunners,
  touchedByMoves,
} from './read-runners.ts'
import { GROUP, ITEM, ITEM_OFF, REPOSITORIES } from './update.ts'
import { GROUPS, RUNNER, RUNNER_OFF, RUNNERS, writeRunnerGroup } from './write.ts'

const LIST_REPOSITORIES = 'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories'
const POST = `POST ${GROUPS}` as const
const PATCH = `PATCH ${GROUP}` as const

/** https://docs.github.com/rest/actions/self-hosted-runner-groups */
export const runnerGroups = {
  name: 'runner_groups',
  shape: 'members',
  fields: {
    visibility: { wider: ['selected', 'private', 'all'], written: { organization: { route: PATCH } } },
    repositories: {
      list: 'repositories',
      mode: { field: 'visibility', is: 'selected' },
      wider: 'more',
      written: { organization: { route: REPOSITORIES, as: 'selected_repository_ids' } },
    },
    runners: {
      list: 'names',
      entryFault: runnerFault,
      wider: 'more',
      written: { organization: { route: RUNNERS } },
    },
    allows_public_repositories: { wider: [false, true], written: { organization: { route: PATCH } } },
    restricted_to_workflows: { wider: [true, false], written: { organization: { route: PATCH } } },
    selected_workflows: {
      list: 'names',
      entryFault: workflowFault,
      mode: { field: 'restricted_to_workflows', is: true },
      wider: 'more',
      written: { organization: { route: PATCH } },
    },
  },
  fold: (key) => key,
  listed: ({ repositories }) => repositories,
  nameFault: groupFault,
  beginning: { visibility: 'selected', repositories: [], runners: [], allows_public_repositories: false },
  hosts: ({ runners }) => runners,
  workflows: (spec) => (spec.restricted_to_workflows === true ? (spec.selected_workflows ?? []) : 'all'),
  moves: runnerMoves,
  consequences: moveNotes,
  scopes: {
    organization: {
      presence: `GET ${GROUPS}`,
      reads: [`GET ${GROUPS}`, `GET ${GROUP}`, LIST_REPOSITORIES, LIST_GROUP_RUNNERS, LIST_RUNNERS],
      writes: [POST, PATCH, `DELETE ${GROUP}`, REPOSITORIES, ITEM, ITEM_OFF, RUNNERS, RUNNER, RUNNER_OFF],
      required: ['visibility'],
      async read(scope, get, known) {
        const groups = await get.list<ListedGroup>(`GET ${GROUPS}`, scopeParams(scope))
        const runners = await readRunners(scope, groups, get, known)
        const touched = runners ? touchedByMoves(groups, runners, known) : new Set<number>()
        const isListed = (group: ListedGroup): boolean => known.concerns(group.name) || touched.has(group.id)
        return Promise.all(groups.map((group) => readGroup(scope, { group, isListed: isListed(group) }, runners, get)))
      },
      align: alignRunnerGroup,
      check: checkRunnerGroup,
      reach: reachGroup,
      write: writeRunnerGroup,
    },
  },
} satisfies Family<RunnerGroup, RunnerGroupRef>

async function readGroup(
  scope: Scope,
  { group, isListed }: { readonly group: ListedGroup; readonly isListed: boolean },
  runners: Runners | undefined,
  get: Get,
): Promise<Live<RunnerGroup, RunnerGroupRef>> {
  const params = { ...scopeParams(scope), runner_group_id: group.id }
  const listed =
    group.visibility === 'selected' && !group.inherited && isListed
      ? namesAndIds(await get.list<ListedRepository>(LIST_REPOSITORIES, params))
      : undefined
  const holds = runners?.byGroup.get(group.id)
  const members = group.default ? undefined : holds
  const spec: RunnerGroup = {
    visibility: group.visibility,
    ...(listed ? { repositories: listed.names } : {}),
    ...(members ? { runners: members } : {}),
    ...optional(group, 'allows_public_repositories'),
    ...optional(group, 'restricted_to_workflows'),
    ...(group.restricted_to_workflows ? { selected_workflows: [...(group.selected_workflows ?? [])].sort() } : {}),
  }
  return {
    key: group.name,
    spec,
    ref: {
      id: group.id,
      repositories: listed?.ids ?? {},
      runners: runners?.ids ?? {},
      ...(holds ? { holds } : {}),
    },
    ...fixedBy(group),
  }
}

/** Only a group that GitHub shows as neither default nor inherited may ever be deleted. */
function fixedBy(group: ListedGroup): Pick<Live, 'fixed'> {
  if (group.inherited !== false) return { fixed: 'inherited' }
  return group.default === false ? {} : { fixed: 'default' }
}

function optional<K extends keyof ListedGroup>(
  group: ListedGroup,
  field: K,
): Pick<ListedGroup, K> | Record<string, never> {
  return group[field] === undefined ? {} : ({ [field]: group[field] } as Pick<ListedGroup, K>)
}
