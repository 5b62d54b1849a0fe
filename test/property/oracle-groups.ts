import type { Body } from '../worlds/world.ts'
import { type Entry, listAfter } from './lists.ts'
import type { GroupState, OrganizationState, WorldState } from './state.ts'

type Groups = Readonly<Record<string, GroupState>>

/** The problems of the runner groups: their settings, and the group of each runner. */
export function groupProblems(
  organization: Body,
  { organizations: { acme: was }, product }: WorldState,
  { organizations: { acme: is } }: WorldState,
  repositories: (entries: readonly Entry[]) => string[],
): string[] {
  const wishes = (organization.runner_groups ?? {}) as Readonly<Record<string, Body | string>>
  const problems: string[] = []
  const homes = runnersAfter(organization, was)
  const [before, after]: [Groups, Groups] = [was.runner_groups, is.runner_groups]
  for (const name of new Set([...Object.keys(before), ...Object.keys(wishes), ...Object.keys(after)])) {
    const wish = wishes[name]
    const have = after[name]
    if (isGone(organization, name, before[name])) {
      if (have !== undefined) problems.push(`group ${name} is still there`)
      continue
    }
    const given = typeof wish === 'object' ? wish : undefined
    if (have === undefined) {
      if (before[name] !== undefined || given !== undefined) problems.push(`group ${name} is not there`)
      continue
    }
    const want = expectedGroup(given ?? {}, before[name], repositories)
    const stays =
      want.visibility === 'all' &&
      before[name]?.visibility === 'private' &&
      given?.allows_public_repositories === undefined
    const other = stays ? { ...want, visibility: 'private' } : want
    // The switch that `private` hides does not come into force by `all`; on GHES 2.22 there is none.
    const isHidden = stays && product !== 'ghes-2.22'
    // Without a switch for public repositories (GHES 2.22) these leave the list before the group turns private.
    const isUnswitched = want.visibility === 'private' && have.allows_public_repositories
    const isPublic = (repository: string): boolean => was.repositories[repository]?.visibility === 'public'
    const listed = want.repositories.filter((repository) => !isPublic(repository))
    const shut = isUnswitched ? { ...want, repositories: listed, allows_public_repositories: true } : want
    if (
      ![other, ...(isHidden ? [] : [want]), shut, sameWords(other)].some(
        (each) => same(each, settings(have)) || same(each, sameWords(settings(have))),
      )
    ) {
      problems.push(`group ${name}: expected ${JSON.stringify(want)}, is ${JSON.stringify(settings(have))}`)
    }
    const runners = Object.keys(was.runners).filter((runner) => homes.get(runner) === name)
    if (have.inherited !== true && !same([...(have.runners ?? [])].sort(), runners.sort())) {
      problems.push(`group ${name}: expected the runners ${runners}, has ${have.runners}`)
    }
  }
  return problems
}

type Settings = Pick<GroupState, 'visibility' | 'allows_public_repositories' | 'restricted_to_workflows'> & {
  readonly repositories: readonly string[]
  readonly selected_workflows: readonly string[]
}

function settings(group: GroupState): Settings {
  return {
    visibility: group.visibility,
    repositories: [...(group.repositories ?? [])].sort(),
    allows_public_repositories: group.allows_public_repositories,
    restricted_to_workflows: group.restricted_to_workflows,
    selected_workflows: [...group.selected_workflows].sort(),
  }
}

const CLOSED: Settings = {
  visibility: 'selected',
  repositories: [],
  allows_public_repositories: false,
  restricted_to_workflows: false,
  selected_workflows: [],
}

function expectedGroup(
  given: Body,
  before: GroupState | undefined,
  repositories: (entries: readonly Entry[]) => string[],
): Settings {
  const own = before === undefined ? CLOSED : settings(before)
  const workflows = listAfter(
    given,
    'selected_workflows',
    [...own.selected_workflows],
    (entries) => entries as string[],
  )
  return {
    visibility: (given.visibility as string | undefined) ?? own.visibility,
    repositories: listAfter(given, 'repositories', [...own.repositories], repositories) ?? own.repositories,
    allows_public_repositories:
      given.visibility === 'private'
        ? false
        : ((given.allows_public_repositories as boolean | undefined) ?? own.allows_public_repositories),
    restricted_to_workflows: (given.restricted_to_workflows as boolean | undefined) ?? own.restricted_to_workflows,
    selected_workflows: workflows ?? own.selected_workflows,
  }
}

/**
 * `private` shuts public repositories out, and so does `all` without them: GitHub shows either for the other. So a group
 * that is `private` may stay so where `all` is asked for and nothing is said of public repositories.
 */
function sameWords(group: Settings): Settings {
  if (group.visibility !== 'private') return group
  return { ...group, visibility: 'all', allows_public_repositories: false }
}

function isGone(organization: Body, name: string, before: GroupState | undefined): boolean {
  const wishes = (organization.runner_groups ?? {}) as Readonly<Record<string, unknown>>
  if (wishes[name] === 'absent') return true
  const fixed = before?.default === true || before?.inherited === true
  if (wishes[name] !== undefined || before === undefined || fixed) return false
  if (organization.runner_groups === undefined) return false
  const globs = (organization.prune ?? []) as readonly string[]
  return globs.some((glob) => glob === '*/*' || (glob === 'runner_groups/tmp*' && name.startsWith('tmp')))
}

/** The group of each runner: where a list puts it; else, once its own lets go of it or is gone, the default group. */
function runnersAfter(organization: Body, was: OrganizationState): Map<string, string> {
  const wishes = (organization.runner_groups ?? {}) as Readonly<Record<string, Body | string>>
  const homes = new Map<string, string>()
  const groups = Object.entries(was.runner_groups)
  const home = groups.find(([, group]) => group.default === true)?.[0] ?? ''
  for (const [name, group] of groups) {
    const wish = wishes[name]
    const gone = isGone(organization, name, group)
    for (const runner of group.runners ?? []) {
      const list =
        typeof wish === 'object'
          ? listAfter(wish, 'runners', [...(group.runners ?? [])], (all) => all as string[])
          : undefined
      homes.set(runner, gone || (list !== undefined && !list.includes(runner)) ? home : name)
    }
  }
  for (const [name, wish] of Object.entries(wishes)) {
    if (typeof wish !== 'object') continue
    const removed = (wish.remove_runners ?? []) as string[]
    for (const runner of [...((wish.runners ?? []) as string[]), ...((wish.add_runners ?? []) as string[])]) {
      if (homes.has(runner) && !removed.includes(runner)) homes.set(runner, name)
    }
  }
  return homes
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
