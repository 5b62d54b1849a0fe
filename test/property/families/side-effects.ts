import type { Json } from '../../../src/core/json.ts'
import { isWider } from '../../../src/core/wider.ts'
import { families } from '../../../src/families/index.ts'
import type { Body } from '../../worlds/world.ts'
import type { Difference } from './leaves.ts'
import type { Place } from './places.ts'

interface Course {
  readonly before: Body
  readonly after: Body
  readonly place: Place | undefined
}

interface SideEffect {
  readonly what: string
  /** Where GitHub documents it. */
  readonly source: string
  is(difference: Difference, course: Course): boolean
}

/** What changes on GitHub beside what is written, each with its source. */
const SIDE_EFFECTS: readonly SideEffect[] = [
  {
    what: 'a runner that another group takes, or whose group goes, is no longer where it was',
    source:
      'https://docs.github.com/actions/hosting-your-own-runners/managing-self-hosted-runners/managing-access-to-self-hosted-runners-using-groups',
    is: ({ path }) => path.includes('runner_groups') && path.at(-1) === 'runners',
  },
  {
    what: 'a document that GitHub takes as a whole holds what was in force of the rest: of the level above, or by default',
    source: 'https://docs.github.com/rest/actions/permissions',
    is: ({ path, before }, { place }) => {
      const family = families.find(({ name }) => name === path[place?.path.length ?? 0])
      return before === undefined && family?.shape === 'settings' && place?.wish[family.name] !== undefined
    },
  },
  {
    what: 'an organization has the groups that its enterprise shares with it, as the enterprise changes them',
    source:
      'https://docs.github.com/enterprise-cloud@latest/actions/how-tos/manage-runners/self-hosted-runners/manage-access',
    is: ({ path: [level, name = '', family, group = ''] }, { before, after }) => {
      const [was, is] = [before, after].map((state) =>
        at(state, ['organizations', name, 'runner_groups', group, 'inherited']),
      )
      return level === 'organizations' && family === 'runner_groups' && (was === true || is === true)
    },
  },
  {
    what: 'a hosted runner that is being deleted goes',
    source: 'https://docs.github.com/rest/actions/hosted-runners#delete-a-github-hosted-runner-for-an-organization',
    is: ({ path }, { before }) => isLeaving(path, before),
  },
  {
    what: 'the runners of a group that is deleted go to the default group, hosted ones too',
    source: 'https://docs.github.com/actions/how-tos/manage-runners/larger-runners/control-access',
    is: ({ path, before }, { after }) => {
      const index = path.indexOf('hosted_runners')
      const groups = [...path.slice(0, index), 'runner_groups', JSON.parse(before ?? '""') as string]
      const group = at(after, groups) as Body | undefined
      return index > 0 && path.at(-1) === 'runner_group' && (group === undefined || group.inherited === true)
    },
  },
  {
    what: 'a list that is not in force is kept or dropped, and nobody sees which',
    source: 'https://docs.github.com/rest/actions/secrets#create-or-update-an-organization-secret',
    is: ({ path }, { after }) => {
      const switched: unknown = at(after, [...path.slice(0, -1), 'visibility'])
      return path.at(-1) === 'repositories' && switched !== undefined && switched !== 'selected'
    },
  },
  {
    what: 'a list of actions without any of its switches on is the same as none',
    source:
      'https://docs.github.com/rest/actions/permissions#get-allowed-actions-and-reusable-workflows-for-an-organization',
    is: ({ path, before, after }) =>
      path.includes('selected_actions') && (before ?? 'false') === 'false' && (after ?? 'false') === 'false',
  },
  {
    what: 'what a level above disables is disabled below it',
    source:
      'https://docs.github.com/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization',
    is: ({ path, before, after }, { place }) => {
      const family = path[place?.path.length ?? 0]
      return family === 'fork_pr_workflows_private_repos' && before === 'true' && after === 'false'
    },
  },
  {
    what: 'a template of claims that is not in force, beside the default, is not kept when the repository goes to or from that',
    source:
      'https://docs.github.com/rest/actions/oidc#set-the-customization-template-for-an-oidc-subject-claim-for-a-repository',
    is: ({ path, after }, { before: was, after: now, place }) => {
      const wish = place?.wish.oidc_subject_claim as Body | undefined
      const sides = [was, now].map((state) => at(state, [...path.slice(0, -1), 'use_default']))
      const isDefault = sides[0] !== false || sides[1] === true
      return path.at(-1) === 'include_claim_keys' && after === undefined && wish !== undefined && isDefault
    },
  },
  {
    what: 'a repository that joins the list of those that Actions is enabled for is enabled',
    source:
      'https://docs.github.com/rest/actions/permissions#set-selected-repositories-enabled-for-github-actions-in-an-organization',
    is: ({ path: [, owner = '', , name = '', family, field], after: became }, { before, after }) => {
      const listed = (state: Body): boolean => {
        const names = at(state, ['organizations', owner, 'permissions', 'repositories'])
        return Array.isArray(names) && names.includes(name)
      }
      return family === 'permissions' && field === 'enabled' && became === 'true' && listed(after) && !listed(before)
    },
  },
  {
    what: 'a level shows what those above hold it to, and a document that is written as a whole has it from there: never wider',
    source: 'https://docs.github.com/rest/actions/permissions#get-github-actions-permissions-for-a-repository',
    is: ({ path, before: was = 'null', after: became = 'null' }, { place }) => {
      const [name = '', ...rest] = path.slice(place?.path.length ?? path.length)
      const family = families.find((each) => each.name === name)
      const field = family?.fields[rest.join('.')]
      if (!family?.boundBy || !field || place?.wish[name] === undefined) return false
      const [from, to] = [JSON.parse(was) as Json, JSON.parse(became) as Json]
      return isWider(field, to, from) && !isWider(field, from, to)
    },
  },
  {
    what: 'a group that becomes private is closed to public repositories, by its switch too: GitHub may show it as all',
    source: 'https://github.com/integrations/terraform-provider-github/pull/821',
    is: ({ path, after: became }, { after }) => {
      const isPrivate = at(after, [...path.slice(0, -1), 'visibility']) === 'private'
      return path.at(-1) === 'allows_public_repositories' && became === 'false' && isPrivate
    },
  },
]

/** Whether a path is in a hosted runner that was being deleted before: it goes at a time of GitHub's choice. */
export function isLeaving(path: readonly string[], before: Body): boolean {
  const index = path.indexOf('hosted_runners')
  return index > 0 && at(before, [...path.slice(0, index + 2), 'status']) === 'Deleting'
}

function at(state: Body, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Body | undefined)?.[key], state)
}

export function isSideEffect(difference: Difference, course: Course): boolean {
  return SIDE_EFFECTS.some((each) => each.is(difference, course))
}
