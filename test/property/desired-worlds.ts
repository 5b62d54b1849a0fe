import { isSupported, lackingFields, strip } from '../worlds/case.ts'
import { worlds } from '../worlds/index.ts'
import type { Body } from '../worlds/world.ts'
import { type Entry, listed } from './lists.ts'
import { fields, type Random } from './random.ts'
import { ALLOWED, GROUP_NAMES, PATTERNS, RUNNER_NAMES, SECRET_NAMES, VISIBILITIES, WORKFLOWS } from './seed.ts'
import type { OrganizationState, RepositoryState } from './state.ts'

/** A configuration of one organization, before it is written as YAML. */
export interface Wishes {
  readonly organization: Body
  readonly sets: readonly Body[]
  readonly repositories: Readonly<Record<string, Body>>
}

const GLOBS: readonly Entry[] = ['svc-*', '*', '?eb', 'ACME/svc-?', { name: ['svc-*', '!svc-a'] }, { name: 'LIB' }]
const SELECTORS: readonly Entry[] = [
  { topic: 'java' },
  { topic: ['java', 'go'] },
  { visibility: 'private' },
  { visibility: ['public', 'private'], fork: false },
  { archived: true },
  { name: 'svc-*', archived: false, topic: 'go' },
]

/**
 * A configuration that fits the state most of the time: contradictions, and requests that GitHub refuses, are in it
 * too, but rare.
 */
export function wishesBy(random: Random, product: string, state: OrganizationState): Wishes {
  const policy = random.chance(65) ? permissionsBy(random, state) : undefined
  const organization = fields({
    permissions: policy,
    secrets: random.chance(75) ? secretsBy(random, state) : undefined,
    runner_groups: random.chance(75) ? groupsBy(random, state) : undefined,
  })
  const prunes = ['secrets/PAY_*', 'runner_groups/tmp*', 'secrets/*', '*/*'].filter((glob) => {
    return glob === '*/*' ? organization.secrets !== undefined : organization[glob.split('/')[0] ?? ''] !== undefined
  })
  const prune = prunes.length > 0 && random.chance(35) ? { prune: [random.oneOf(prunes)] } : {}
  const names = random.some(Object.keys(state.repositories))
  const repositories = names.map((name) => [name, repositoryBy(random, state, name, policy)] as const)
  const wishes = {
    organization: { ...organization, ...prune },
    sets: random.chance(40) ? [setBy(random), ...(random.chance(40) ? [setBy(random)] : [])] : [],
    repositories: Object.fromEntries(repositories),
  }
  return supported(wishes, product)
}

/** Without the features that the product lacks. */
function supported({ organization, sets, repositories }: Wishes, product: string): Wishes {
  const trimmed = (body: Body): Body => {
    const kept = Object.entries(body).flatMap(([family, given]) => {
      const since = worlds[family]?.since
      if (since === undefined) return [[family, given]]
      if (!isSupported({ since, product })) return []
      return [[family, strip(given, lackingFields({ since, product })) ?? {}]]
    })
    return Object.fromEntries(kept)
  }
  const own = Object.entries(repositories).map(([name, body]) => [name, trimmed(body)])
  return { organization: trimmed(organization), sets: sets.map(trimmed), repositories: Object.fromEntries(own) }
}

function listBy(random: Random, state: OrganizationState): Entry[] {
  const names = Object.keys(state.repositories)
  if (random.chance(15)) return []
  const entries: Entry[] = random.chance(85) ? [random.oneOf(names)] : []
  if (random.chance(40)) entries.push(random.oneOf(GLOBS))
  if (random.chance(25)) entries.push(random.oneOf(SELECTORS))
  if (random.chance(8)) entries.push('gone')
  if (entries.length === 0) entries.push('*')
  if (random.chance(20)) entries.push(random.oneOf(['!svc-b', '!s*']))
  return entries
}

/** A list, exact where it must be, else perhaps only the names that are to join and to leave it. */
function listFields(random: Random, key: string, must: boolean, list: () => readonly unknown[]): Body {
  const kind = must ? 0 : random.upTo(3)
  if (kind === 0) return { [key]: list() }
  if (kind === 1) return { [key]: list(), [`remove_${key}`]: list() }
  if (kind === 2) {
    const add = list()
    // A name that one list adds cannot be removed by name in the other.
    const bare = (entry: unknown): string => JSON.stringify(entry).toLowerCase().replace('acme/', '')
    const named = new Set(add.map(bare))
    const remove = random.chance(50)
      ? list().filter((entry) => /[*?{]/.test(bare(entry)) || !named.has(bare(entry)))
      : []
    return { [`add_${key}`]: add, ...(remove.length > 0 ? { [`remove_${key}`]: remove } : {}) }
  }
  return {}
}

function permissionsBy(random: Random, state: OrganizationState): Body {
  const live = state.permissions
  const given = random.chance(75) ? random.oneOf(['all', 'selected', 'selected', 'none']) : undefined
  const enabled = given ?? live.enabled_repositories
  const pinning = random.chance(30) ? random.chance(50) : undefined
  if (enabled === 'none') return fields({ enabled_repositories: given, sha_pinning_required: pinning })
  const wasOff = live.enabled_repositories === 'none'
  const allowed = wasOff || random.chance(60) ? random.oneOf(ALLOWED) : undefined
  const list =
    enabled === 'selected'
      ? listFields(random, 'repositories', live.enabled_repositories !== 'selected', () => listBy(random, state))
      : {}
  const selects = (allowed ?? live.allowed_actions) === 'selected' && random.chance(60)
  return fields({
    enabled_repositories: given,
    ...list,
    allowed_actions: allowed,
    sha_pinning_required: pinning,
    selected_actions: selects ? actionsBy(random, wasOff || live.allowed_actions !== 'selected') : undefined,
  })
}

function actionsBy(random: Random, whole: boolean): Body | undefined {
  const actions = fields({
    github_owned_allowed: whole || random.chance(50) ? random.chance(50) : undefined,
    verified_allowed: whole || random.chance(50) ? random.chance(50) : undefined,
    ...listFields(random, 'patterns_allowed', whole, () => random.some(PATTERNS)),
  })
  return Object.keys(actions).length === 0 ? undefined : actions
}

function secretsBy(random: Random, state: OrganizationState): Body {
  const entries = SECRET_NAMES.filter(() => random.chance(65)).map((name) => {
    const live = state.secrets[name]
    const kind = random.upTo(99)
    const key = random.chance(20) ? name.toLowerCase() : name
    if (kind < 12) return [key, 'absent']
    if (kind < 18) return [key, 'unmanaged']
    if (kind < 24) return [key, {}]
    const value = kind < 80 ? { value: valueBy(random) } : {}
    const free = live === undefined || kind < 60
    const visibility = free && kind < 80 ? random.oneOf(VISIBILITIES) : live?.visibility
    const must = live === undefined || live.visibility !== 'selected'
    const list = visibility === 'selected' ? listFields(random, 'repositories', must, () => listBy(random, state)) : {}
    const told = live === undefined || visibility !== live.visibility || random.chance(50) ? { visibility } : {}
    return [key, fields({ ...told, ...list, ...value })]
  })
  return Object.fromEntries(entries)
}

function valueBy(random: Random): Body {
  return random.oneOf<Body>([{ env: 'V1' }, { env: 'V2' }, { env: 'V3' }, { file: 'f1.key' }])
}

function groupsBy(random: Random, state: OrganizationState): Body {
  const live = state.runner_groups
  const home = Object.keys(live).find((name) => live[name]?.default) ?? 'Default'
  const claims = new Map(RUNNER_NAMES.map((runner) => [runner, random.oneOf(['', ...GROUP_NAMES])]))
  const entries = [...GROUP_NAMES, home]
    .filter(() => random.chance(60))
    .map((name) => {
      const own = live[name]
      const kind = random.upTo(99)
      if (kind < 12 && name !== home) return [name, 'absent']
      if (kind < 18 && name !== home) return [name, 'unmanaged']
      const given = own === undefined || random.chance(50) ? random.oneOf(VISIBILITIES) : undefined
      const visibility = given ?? own?.visibility
      const must = own?.visibility !== 'selected'
      const list =
        visibility === 'selected'
          ? listFields(random, 'repositories', must && given !== undefined, () => listBy(random, state))
          : {}
      const mine = RUNNER_NAMES.filter((runner) => claims.get(runner) === name)
      const others = RUNNER_NAMES.filter((runner) => claims.get(runner) !== name)
      const runners = random.chance(50)
        ? { runners: mine }
        : { add_runners: mine, ...(random.chance(50) ? { remove_runners: random.some(others) } : {}) }
      return [
        name,
        fields({
          visibility: given,
          ...list,
          ...(name !== home && random.chance(60) ? runners : {}),
          allows_public_repositories: random.chance(40) ? visibility !== 'private' && random.chance(50) : undefined,
          ...workflowsBy(random, own?.restricted_to_workflows === true),
        }),
      ]
    })
  return Object.fromEntries(entries)
}

function workflowsBy(random: Random, restricted: boolean): Body {
  if (random.chance(60)) return {}
  if (random.chance(25)) return { restricted_to_workflows: false }
  return {
    restricted_to_workflows: true,
    ...listFields(random, 'selected_workflows', !restricted, () => random.some(WORKFLOWS)),
  }
}

function repositorySecretsBy(random: Random): Body {
  const entries = ['TOKEN', 'KEY', 'PAY_1', 'token2']
    .filter(() => random.chance(50))
    .map((name) => {
      const kind = random.upTo(99)
      if (kind < 20) return [name, 'absent']
      if (kind < 30) return [name, 'unmanaged']
      return [name, kind < 40 ? {} : { value: valueBy(random) }]
    })
  return Object.fromEntries(entries)
}

function setBy(random: Random): Body {
  const match = random.oneOf([{}, { name: 'svc-*' }, { topic: 'java' }, { visibility: 'public' }, { archived: true }])
  const secrets = random.chance(70) ? repositorySecretsBy(random) : undefined
  return fields({
    match,
    secrets,
    permissions: random.chance(25) ? { sha_pinning_required: true } : undefined,
    prune: secrets !== undefined && random.chance(25) ? ['secrets/PAY_*'] : undefined,
  })
}

function repositoryBy(random: Random, state: OrganizationState, name: string, policy: Body | undefined): Body {
  const secrets = random.chance(60) ? repositorySecretsBy(random) : undefined
  const managed = policy !== undefined && random.chance(60)
  return fields({
    secrets,
    prune: secrets !== undefined && random.chance(20) ? ['secrets/*'] : undefined,
    permissions: managed ? repositoryPermissionsBy(random, state, name, policy) : undefined,
  })
}

function repositoryPermissionsBy(random: Random, state: OrganizationState, name: string, policy: Body): Body | string {
  if (random.chance(8)) return 'unmanaged'
  const live = state.permissions
  const own = state.repositories[name] as RepositoryState
  const becomes = { ...live, ...policy }
  const wasListed = live.enabled_repositories === 'selected' && (live.repositories ?? []).includes(name)
  const exact = policy.repositories as Entry[] | undefined
  const isListed = exact === undefined ? wasListed : listed(exact, state.repositories).includes(name)
  const canBeOn = becomes.enabled_repositories === 'all' || (becomes.enabled_repositories === 'selected' && isListed)
  const joins = becomes.enabled_repositories === 'selected' && isListed && !wasListed
  const isOn = own.permissions.enabled && (live.enabled_repositories === 'all' || wasListed)
  // A refusal is predictable only where the configuration mentions the organization's switch.
  const isRefused = policy.enabled_repositories !== undefined && random.chance(5)
  const enabled = random.oneOf([undefined, canBeOn || isRefused, joins && random.chance(95)])
  const pinning = random.chance(40) ? becomes.sha_pinning_required || random.chance(50) : undefined
  const willBeOn = enabled ?? (isOn && canBeOn)
  if (!willBeOn) return fields({ enabled, sha_pinning_required: pinning })
  const limit = ['local_only', 'selected', 'all'].indexOf(String(becomes.allowed_actions))
  const loose = ['local_only', 'selected', 'all'].slice(0, random.chance(95) ? limit + 1 : 3)
  const allowed = !isOn || random.chance(60) ? random.oneOf(loose) : undefined
  const selects = allowed === 'selected' && becomes.allowed_actions !== 'selected' && random.chance(60)
  return fields({
    enabled,
    allowed_actions: allowed,
    sha_pinning_required: pinning,
    selected_actions: selects ? actionsBy(random, true) : undefined,
  })
}
