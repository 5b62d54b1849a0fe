import type { Edit, Family, Get, Known, Live } from '../core/family.ts'
import type { Scope } from '../core/scope.ts'
import { scopeParams } from '../core/scope.ts'
import { type ListedRepository, namesAndIds, type RepositoryIds, reached, reachedWhere } from './repository-list.ts'
import { alignRunnerGroup, checkRunnerGroup } from './runner-groups-check.ts'
import {
  fallToDefault,
  GROUP,
  GROUPS,
  ITEM,
  ITEM_OFF,
  REPOSITORIES,
  RUNNER,
  RUNNER_OFF,
  RUNNERS,
  runnersAsked,
  writeRunnerGroup,
} from './runner-groups-write.ts'

/** A group of self-hosted runners and who may use it. */
export type RunnerGroup = {
  readonly visibility?: 'selected' | 'private' | 'all'
  readonly repositories?: readonly string[]
  /** Names of the runners in it; a runner is in exactly one group. */
  readonly runners?: readonly string[]
  readonly allows_public_repositories?: boolean
  readonly restricted_to_workflows?: boolean
  /** `owner/repo/.github/workflows/file.yml@ref`; they hold only while `restricted_to_workflows` is true. */
  readonly selected_workflows?: readonly string[]
}

export type RunnerGroupRef = {
  readonly id: number
  readonly repositories: RepositoryIds
  /** Ids of the organization's runners, by name: at least of those in a group that is read, or asked for. */
  readonly runners: Readonly<Record<string, number>>
}

interface Listed {
  readonly id: number
  readonly name: string
  readonly visibility: NonNullable<RunnerGroup['visibility']>
  readonly default: boolean
  readonly inherited: boolean
  readonly allows_public_repositories?: boolean
  readonly restricted_to_workflows?: boolean
  readonly selected_workflows?: readonly string[]
}

interface Runner {
  readonly id: number
  readonly name: string
  readonly runner_group_id?: number | null
}

const LIST_REPOSITORIES = 'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories'
const LIST_GROUP_RUNNERS = 'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/runners'
const LIST_RUNNERS = 'GET /orgs/{org}/actions/runners'
const POST = `POST ${GROUPS}` as const
const PATCH = `PATCH ${GROUP}` as const

/** https://docs.github.com/rest/actions/self-hosted-runner-groups */
export const runnerGroups: Family<RunnerGroup, RunnerGroupRef> = {
  name: 'runner_groups',
  shape: 'members',
  scopes: {
    organization: {
      reads: [`GET ${GROUPS}`, `GET ${GROUP}`, LIST_REPOSITORIES, LIST_GROUP_RUNNERS, LIST_RUNNERS],
      writes: [POST, PATCH, `DELETE ${GROUP}`, REPOSITORIES, ITEM, ITEM_OFF, RUNNERS, RUNNER, RUNNER_OFF],
    },
  },
  fields: {
    visibility: { wider: ['selected', 'private', 'all'], written: { organization: { route: PATCH } } },
    repositories: {
      list: 'repositories',
      wider: 'more',
      written: { organization: { route: REPOSITORIES, as: 'selected_repository_ids' } },
    },
    runners: { list: 'names', wider: 'more', written: { organization: { route: RUNNERS } } },
    allows_public_repositories: { wider: [false, true], written: { organization: { route: PATCH } } },
    restricted_to_workflows: { wider: [true, false], written: { organization: { route: PATCH } } },
    selected_workflows: { list: 'names', wider: 'more', written: { organization: { route: PATCH } } },
  },
  required: { organization: ['visibility'] },
  beginning: { visibility: 'selected', repositories: [], runners: [], allows_public_repositories: false },
  fold: (key) => key,
  async read(scope, get, known) {
    const groups = await get.list<Listed>(`GET ${GROUPS}`, scopeParams(scope))
    const runners = await readRunners(scope, groups, get, known)
    return Promise.all(groups.map((group) => readGroup(scope, group, runners, get, known)))
  },
  align: alignRunnerGroup,
  check: checkRunnerGroup,
  listed: ({ repositories }) => repositories,
  reach(spec, known) {
    // A group that does not say is one that is to be created: closed, where GitHub can close it.
    const open = spec.allows_public_repositories ?? !known.product.accepts(PATCH, 'allows_public_repositories')
    const nonPublic = spec.visibility === 'private' || !open
    const selected = spec.visibility === 'selected' ? new Set(reached(spec.repositories ?? [], known)) : undefined
    return reachedWhere(
      known,
      ({ id, visibility }) => (selected === undefined || selected.has(id)) && !(nonPublic && visibility === 'public'),
    )
  },
  hosts: ({ runners }) => runners,
  workflows: (spec) => (spec.restricted_to_workflows === true ? (spec.selected_workflows ?? []) : 'all'),
  consequences: fallToDefault,
  write: (edit: Edit<RunnerGroup, RunnerGroupRef>) => writeRunnerGroup(edit),
}

interface Runners {
  readonly ids: Readonly<Record<string, number>>
  /** Names by the id of their group; a group that this run does not concern may be missing. */
  readonly byGroup: ReadonlyMap<number, readonly string[]>
}

/**
 * The runners, where the configuration mentions any or deletes a group: those of it fall to the default group. From GHES
 * 3.17 a runner names its group, so that one list serves all groups; else each group is asked for its own.
 */
async function readRunners(
  scope: Scope,
  groups: readonly Listed[],
  get: Get,
  known: Known,
): Promise<Runners | undefined> {
  const mentioned = known.mentions('runners')
  const wanted = known.desired('runner_groups', 'here') ?? []
  const goes = (group: Listed): boolean => wanted.some(({ key, state }) => key === group.name && state === 'absent')
  if (!mentioned && !groups.some(goes)) return undefined
  const readAll = (): Promise<readonly Runner[]> => get.list<Runner>(LIST_RUNNERS, scopeParams(scope))
  if (known.product.returns(LIST_RUNNERS, 'runner_group_id')) {
    const all = await readAll()
    const ids = idsByName(all)
    const inGroup = (id: number): readonly Runner[] => all.filter((runner) => runner.runner_group_id === id)
    if (all.every((runner) => typeof runner.runner_group_id === 'number')) {
      return { ids, byGroup: new Map(groups.map(({ id }) => [id, namesOf(inGroup(id))])) }
    }
  }
  const asked = groups
    .filter((group) => !group.inherited && !group.default && known.concerns(group.name))
    .filter((group) => mentioned || goes(group))
  const lists = await Promise.all(
    asked.map(({ id }) => get.list<Runner>(LIST_GROUP_RUNNERS, { ...scopeParams(scope), runner_group_id: id })),
  )
  const byGroup = new Map(asked.map(({ id }, index) => [id, namesOf(lists[index] ?? [])]))
  const ids = idsByName(lists.flat())
  // Who stands in none of these groups may be in another one, or not registered at all.
  const isFound = wanted.flatMap(runnersAsked).every((name) => Object.hasOwn(ids, name))
  return { ids: isFound ? ids : idsByName(await readAll()), byGroup }
}

function idsByName(runners: readonly Runner[]): Readonly<Record<string, number>> {
  return Object.fromEntries(runners.map(({ name, id }) => [name, id]))
}

function namesOf(runners: readonly Runner[]): readonly string[] {
  return runners.map(({ name }) => name).sort()
}

async function readGroup(
  scope: Scope,
  group: Listed,
  runners: Runners | undefined,
  get: Get,
  known: Known,
): Promise<Live<RunnerGroup, RunnerGroupRef>> {
  const params = { ...scopeParams(scope), runner_group_id: group.id }
  const listed =
    group.visibility === 'selected' && !group.inherited && known.concerns(group.name)
      ? namesAndIds(await get.list<ListedRepository>(LIST_REPOSITORIES, params))
      : undefined
  const members = group.default ? undefined : runners?.byGroup.get(group.id)
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
    ref: { id: group.id, repositories: listed?.ids ?? {}, runners: runners?.ids ?? {} },
    ...fixedBy(group),
  }
}

/** Only what GitHub says is neither default nor inherited may ever be deleted. */
function fixedBy(group: Listed): Pick<Live, 'fixed'> {
  if (group.inherited !== false) return { fixed: 'inherited' }
  return group.default === false ? {} : { fixed: 'default' }
}

function optional<K extends keyof Listed>(group: Listed, field: K): Pick<Listed, K> | Record<string, never> {
  return group[field] === undefined ? {} : ({ [field]: group[field] } as Pick<Listed, K>)
}
