import { RUNNER_NAMES, WORKFLOWS } from './seed.ts'
import {
  actionsOf,
  type GroupState,
  type OrganizationState,
  type RepositoryState,
  type SelectedActions,
  type WorldState,
} from './state.ts'

/** Repositories that may be created tomorrow: settings that are open to all are open to them. */
const TOMORROW: Readonly<Record<string, Pick<RepositoryState, 'visibility'>>> = {
  '(a public one)': { visibility: 'public' },
  '(a private one)': { visibility: 'private' },
  '(an internal one)': { visibility: 'internal' },
}

/** Actions as workflows name them, with GitHub's facts about each. */
const ACTIONS = [
  { name: 'actions/checkout@v4', by: 'github' },
  { name: 'vendor/tool@v1', by: 'verified' },
  { name: 'docker/build@v3', by: 'anybody' },
  { name: 'acme/good@v1', by: 'anybody' },
  { name: 'acme/bad@v1', by: 'anybody' },
  { name: 'stranger/x@v9', by: 'anybody' },
] as const

type Allowed = 'all' | 'local_only' | 'selected'
const STRICTNESS: readonly Allowed[] = ['local_only', 'selected', 'all']

/**
 * All permissions of a world, as sentences: which repository reads which value of which secret, uses which runner and
 * group from which workflow, and runs which action. Written from GitHub's documentation and for the test alone.
 */
export function powers({ organizations: { acme } }: WorldState): ReadonlySet<string> {
  return new Set([...secretPowers(acme), ...groupPowers(acme), ...actionPowers(acme)])
}

function secretPowers(acme: OrganizationState): string[] {
  const all = { ...acme.repositories, ...TOMORROW }
  const found: string[] = []
  for (const [name, { visibility, repositories, value }] of Object.entries(acme.secrets)) {
    for (const [repository, { visibility: own }] of Object.entries(all)) {
      const open = visibility === 'all' || (visibility === 'private' && own !== 'public')
      const listed = visibility === 'selected' && (repositories ?? []).includes(repository)
      if (open || listed) found.push(`${repository} reads ${name}: ${value}`)
    }
  }
  for (const [repository, { secrets }] of Object.entries(acme.repositories)) {
    for (const [name, { value }] of Object.entries(secrets)) found.push(`${repository} reads its own ${name}: ${value}`)
  }
  return found
}

function groupPowers(acme: OrganizationState): string[] {
  const all = { ...acme.repositories, ...TOMORROW }
  const found: string[] = []
  for (const [name, group] of Object.entries(acme.runner_groups)) {
    for (const [repository, { visibility }] of Object.entries(all)) {
      if (!mayUse(group, repository, visibility)) continue
      for (const workflow of [...WORKFLOWS, 'any other workflow']) {
        if (group.restricted_to_workflows && !group.selected_workflows.includes(workflow)) continue
        found.push(`${repository} uses the group ${name} from ${workflow}`)
        const runners = RUNNER_NAMES.filter((runner) => (group.runners ?? []).includes(runner))
        found.push(...runners.map((runner) => `${repository} uses the runner ${runner} from ${workflow}`))
      }
    }
  }
  return found
}

function mayUse(group: GroupState, repository: string, own: string): boolean {
  if (own === 'public' && (!group.allows_public_repositories || group.visibility === 'private')) return false
  return group.visibility !== 'selected' || (group.repositories ?? []).includes(repository)
}

function actionPowers(acme: OrganizationState): string[] {
  const above = acme.permissions
  const found: string[] = []
  for (const [name, { permissions: own }] of Object.entries(acme.repositories)) {
    const lets =
      above.enabled_repositories === 'all' ||
      (above.enabled_repositories === 'selected' && (above.repositories ?? []).includes(name))
    if (!lets || !own.enabled) continue
    const looser = STRICTNESS.indexOf(own.allowed_actions) > STRICTNESS.indexOf(above.allowed_actions)
    found.push(
      ...runs(name, {
        allowed: looser ? above.allowed_actions : own.allowed_actions,
        list: actionsOf(above.allowed_actions === 'selected' ? above : own),
        pinned: own.sha_pinning_required || above.sha_pinning_required,
      }),
    )
  }
  if (above.enabled_repositories === 'all') {
    const open = { allowed: above.allowed_actions, list: actionsOf(above), pinned: above.sha_pinning_required }
    found.push(...runs('(one made tomorrow)', open))
  }
  return found
}

/** Which actions workflows may run. */
export interface Policy {
  readonly allowed: Allowed
  readonly list: SelectedActions
  readonly pinned: boolean
}

/** What workflows of a repository run under a policy, as sentences. */
export function runs(repository: string, { allowed, list, pinned }: Policy): string[] {
  const actions = allowed === 'local_only' ? [] : ACTIONS.filter((action) => allowed === 'all' || admits(list, action))
  const named = actions.map(({ name }) => name)
  const ways = pinned ? ['by its commit'] : ['by its commit', 'by a tag']
  return [
    `${repository} runs workflows`,
    ...named.flatMap((name) => ways.map((way) => `${repository} runs ${name} ${way}`)),
  ]
}

function admits(list: SelectedActions, { name, by }: (typeof ACTIONS)[number]): boolean {
  const matches = (pattern: string): boolean => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name)
  const blocked = list.patterns_allowed.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))
  const asked = list.patterns_allowed.some((pattern) => !pattern.startsWith('!') && matches(pattern))
  const ticked = (by === 'github' && list.github_owned_allowed) || (by === 'verified' && list.verified_allowed)
  return !blocked && (asked || ticked)
}
