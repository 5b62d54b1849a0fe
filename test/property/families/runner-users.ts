import type { Body } from '../../worlds/world.ts'
import { mapAt } from './names.ts'

/**
 * Repositories that may use a runner on the way, and may neither before nor after. GitHub lets all of an organization in at first
 * where an enterprise comes to share a group with it: that counts as before for the runners that are in the group after.
 */
export function strangersInBetween(before: Body, step: Body, after: Body): string[] {
  const [was, will] = [runnerUsers(before), runnerUsers(after)]
  const homes = new Map(membersAt(after, 'enterprises').flatMap(([slug, enterprise]) => homesIn(slug, enterprise)))
  return [...runnerUsers(step)].flatMap(([user, { from }]) => {
    const isFirst = from !== undefined && !isSharedIn(before, from) && homes.get(from.runner) === from.group
    return was.has(user) || will.has(user) || isFirst ? [] : [`${user}, and may neither before nor after`]
  })
}

/** The group of each runner of an enterprise. */
function homesIn(slug: string, enterprise: Body): [string, string][] {
  return runnersOf(enterprise).map(([runner, { name }]) => [`${runner} of ${slug}`, name])
}

/**
 * The repositories that may use each runner and each hosted runner, as `acme/web uses r1 of inc`: through its group, and of an
 * enterprise's through what each organization has chosen of the group. Written from GitHub's documentation for the test alone:
 * https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access
 */
function runnerUsers(state: Body): ReadonlyMap<string, { readonly from?: Share }> {
  const organizations = membersAt(state, 'organizations')
  const found = new Map<string, { readonly from?: Share }>()
  for (const [name, organization] of organizations) {
    for (const [runner, group] of runnersOf(organization)) {
      for (const repository of usersIn(organization, group))
        found.set(`${name}/${repository} uses ${runner} of ${name}`, {})
    }
  }
  for (const [slug, enterprise] of membersAt(state, 'enterprises')) {
    for (const [runner, group] of runnersOf(enterprise)) {
      for (const [name, organization] of organizations) {
        const shared = mapAt(organization, 'runner_groups')[group.name] as Body | undefined
        if (shared?.inherited !== true || !isShared(group, name)) continue
        const own = { ...shared, name: group.name, allows_public_repositories: group.allows_public_repositories }
        for (const repository of usersIn(organization, own))
          found.set(`${name}/${repository} uses ${runner} of ${slug}`, {
            from: { slug, group: group.name, name, runner: `${runner} of ${slug}` },
          })
      }
    }
  }
  return found
}

/** A group of an enterprise, the organization that it is shared with, and a runner in it. */
interface Share {
  readonly slug: string
  readonly group: string
  readonly name: string
  readonly runner: string
}

function membersAt(value: unknown, key: string): [string, Body][] {
  return Object.entries(mapAt(value, key)) as [string, Body][]
}

function isSharedIn(state: Body, { slug, group, name }: Omit<Share, 'runner'>): boolean {
  const enterprise = mapAt(mapAt(state, 'enterprises'), slug)
  const found = mapAt(enterprise, 'runner_groups')[group] as Body | undefined
  return found !== undefined && isShared({ ...found, name: group }, name)
}

type Group = Body & { readonly name: string }

/** Each runner with its group; of those that no group lists it is not known, and they are left out. */
function runnersOf(level: Body): [string, Group][] {
  const groups = membersAt(level, 'runner_groups').filter(([, group]) => group.inherited !== true)
  const own = groups.flatMap(([name, group]) => {
    const names = (group.runners ?? []) as readonly string[]
    return names.map((runner): [string, Group] => [`runner ${runner}`, { ...group, name }])
  })
  const hosted = membersAt(level, 'hosted_runners').flatMap(([runner, { runner_group: of }]) => {
    return groups
      .filter(([name]) => name === of)
      .map(([name, group]): [string, Group] => [`hosted ${runner}`, { ...group, name }])
  })
  return [...own, ...hosted]
}

function isShared({ visibility, organizations = [] }: Group, name: string): boolean {
  return visibility !== 'selected' || (organizations as readonly string[]).includes(name)
}

function usersIn(
  organization: Body,
  { visibility, repositories = [], allows_public_repositories: open }: Group,
): string[] {
  return membersAt(organization, 'repositories').flatMap(([name, { visibility: own }]) => {
    if (own === 'public' && (open !== true || visibility === 'private')) return []
    return visibility === 'selected' && !(repositories as readonly string[]).includes(name) ? [] : [name]
  })
}
