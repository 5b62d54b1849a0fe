import type { Aligned, Known, Live, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isInSorted } from '../../core/in-sorted.ts'
import type { ScopeOf } from '../../core/scope.ts'
import type { AllowedActions, Permissions } from './document.ts'

const STRICTNESS: readonly AllowedActions[] = ['local_only', 'selected', 'all']

/** Whether one lets more actions run than the other. */
export function isLooser(allowed: AllowedActions, limit: AllowedActions): boolean {
  return STRICTNESS.indexOf(allowed) > STRICTNESS.indexOf(limit)
}

/** Compares an organization; its settings of actions wait while Actions is off. */
export function alignOrganization(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
): Aligned<Permissions> {
  return live ? compared(wanted, live.spec) : { wanted, live: undefined, findings: [] }
}

/**
 * GitHub shows the effective policy of a repository, which may be its organization's and not its own setting. Where
 * this run changes that policy, the repository is compared with the future effective one: values that the new policy
 * dictates are there already, and those that the old one hid are unknown, so that they are written even where they seem
 * to be right.
 */
export function alignRepository(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  { repo }: ScopeOf<'repository'>,
): Aligned<Permissions> {
  const change = policyChange(known, repo)
  if (!live || !change) return alignOrganization(wanted, live)
  const asked = joins(change, repo) ? switchedOn(wanted) : wanted
  const held = underPolicy(asked, live.spec, change, repo)
  return mayBeSwitchedOn(change, repo) ? { wanted: asked, live: held, findings: [] } : compared(asked, held)
}

function compared(wanted: Wanted<Permissions>, held: Permissions): Aligned<Permissions> {
  return staysOff(wanted, held) ? { ...withoutActions(wanted), live: held } : { wanted, live: held, findings: [] }
}

/**
 * The allowed actions can be written only once GitHub has enabled the repository with the list, so the switch is sent
 * with them.
 */
function switchedOn(wanted: Wanted<Permissions>): Wanted<Permissions> {
  const { spec } = wanted
  if (spec.enabled !== undefined || spec.allowed_actions === undefined) return wanted
  return { ...wanted, spec: { ...spec, enabled: true } }
}

function staysOff({ spec }: Wanted<Permissions>, live: Permissions): boolean {
  if (spec.enabled === false) return true
  if (spec.enabled !== undefined || spec.enabled_repositories !== undefined) return false
  return live.enabled === false || live.enabled_repositories === 'none'
}

/** From `none` or a list without it to `all`: its own switch will come into force, and its state is unknown. */
function mayBeSwitchedOn({ now, then }: PolicyChange, repo: string): boolean {
  return then.enabled_repositories === 'all' && enables(now, repo) === false
}

/**
 * Whether the organization goes from none to all, and the YAML does not say whether the repository is to be on: its own
 * switch shows only then. The organization begins with local actions alone, so that the repository's prohibitions are
 * written next.
 */
export function showsLater({ now, then }: PolicyChange, isGiven: boolean): boolean {
  return !isGiven && now.enabled_repositories === 'none' && then.enabled_repositories === 'all'
}

/**
 * GitHub keeps no allowed actions while Actions is off: such settings, which one file gives to many repositories, wait,
 * with a message.
 */
function withoutActions(wanted: Wanted<Permissions>): Pick<Aligned<Permissions>, 'wanted' | 'findings'> {
  const { allowed_actions: allowed, selected_actions: actions, ...spec } = wanted.spec
  const edits = Object.entries(wanted.edits).filter(([field]) => !field.startsWith('selected_actions.'))
  const lists = edits.length < Object.keys(wanted.edits).length
  const [field] = Object.keys(actions ?? {}).map((name) => `selected_actions.${name}`)
  const waiting = [
    ...(allowed === undefined ? [] : ['allowed_actions']),
    ...(field === undefined && !lists ? [] : [field ?? 'selected_actions.patterns_allowed']),
  ]
  const findings = waiting.map((path): Finding => {
    const message = `${path.split('.')[0]} waits until Actions is switched on here: GitHub keeps none while it is off`
    return { severity: 'warning', field: path, message }
  })
  return { wanted: { ...wanted, spec, edits: Object.fromEntries(edits) }, findings }
}

/**
 * The organization's fields that may forbid a repository's wish: its policy, and its list where the repository is to be
 * enabled.
 */
export function boundBy({ spec, edits }: Wanted<Permissions>): readonly string[] {
  if (spec.enabled_repositories !== undefined || spec.repositories !== undefined) return []
  const asksOn = spec.enabled === true
  const actions =
    spec.allowed_actions !== undefined || spec.selected_actions !== undefined || Object.keys(edits).length > 0
  if (!asksOn && !actions && spec.sha_pinning_required !== false) return []
  const which = ['selected_actions.github_owned_allowed', 'allowed_actions', 'sha_pinning_required']
  return asksOn ? [...which, 'enabled_repositories', 'repositories'] : which
}

/** The organization's policy after this run, as far as it is known. */
export function policyAbove(known: Known): Permissions {
  const above = known.live('permissions', 'above')?.[0]?.spec as Permissions | undefined
  const desired = known.desired('permissions', 'above')?.[0] as Wanted<Permissions> | undefined
  return { ...above, ...(desired && desiredPolicy(desired)) }
}

/** The organization's desired policy, with the modes that its lists imply. */
export function desiredPolicy({ spec, edits }: Wanted<Permissions>): Partial<Permissions> {
  const lists = spec.repositories !== undefined || (edits.repositories?.add.length ?? 0) > 0
  const actions = spec.selected_actions !== undefined || edits['selected_actions.patterns_allowed'] !== undefined
  return {
    ...(lists ? { enabled_repositories: 'selected' } : {}),
    ...(actions ? { allowed_actions: 'selected' } : {}),
    ...spec,
  }
}

export interface PolicyChange {
  readonly now: Permissions
  readonly then: Permissions
}

/**
 * The organization's policy now and after this run; undefined where either is not known. An edited list is given only
 * as far as it concerns one repository: all of it, for each of ten thousand, would take longer than all other work.
 */
export function policyChange(known: Known, repo: string): PolicyChange | undefined {
  const now = known.live('permissions', 'above')?.[0]?.spec as Permissions | undefined
  const desired = known.desired('permissions', 'above')?.[0] as Wanted<Permissions> | undefined
  if (!now || !desired) return undefined
  const edit = desired.edits.repositories
  const isHeld = isInSorted(edit?.add, repo) || isInSorted(now.repositories, repo)
  const list = isHeld && !isInSorted(edit?.remove, repo) ? [repo] : []
  const then = { ...now, ...(edit ? { repositories: list } : {}), ...desiredPolicy(desired) }
  return { now, then }
}

function underPolicy(wanted: Wanted<Permissions>, seen: Permissions, change: PolicyChange, repo: string): Permissions {
  const enabled = enabledUnder(wanted, seen, change, repo)
  const allowed = enabled === false ? undefined : allowedUnder(wanted, seen, change)
  const pinning = pinningUnder(wanted, seen, change)
  const ownList = change.now.allowed_actions !== 'selected' || change.then.allowed_actions === 'selected'
  return {
    ...(enabled === undefined ? {} : { enabled }),
    ...(allowed === undefined ? {} : { allowed_actions: allowed }),
    ...(pinning === undefined ? {} : { sha_pinning_required: pinning }),
    ...(seen.selected_actions && allowed === 'selected' && ownList ? { selected_actions: seen.selected_actions } : {}),
  }
}

function enabledUnder(
  { spec, edits }: Wanted<Permissions>,
  seen: Permissions,
  { now, then }: PolicyChange,
  repo: string,
): boolean | undefined {
  const after = enables(then, repo)
  if (after === false) return false
  if (after === undefined || enables(now, repo) !== false) return seen.enabled
  if (mayBeSwitchedOn({ now, then }, repo)) return spec.enabled === false ? undefined : seen.enabled
  // GitHub enables a repository that joins the list: where nothing else is wanted of it, nothing is left to do.
  const actions = spec.allowed_actions !== undefined || spec.selected_actions !== undefined
  return spec.enabled === true && !actions && Object.keys(edits).length === 0 ? true : seen.enabled
}

/** Whether the repository is not enabled now, and the list that will hold then names it. */
function joins({ now, then }: PolicyChange, repo: string): boolean {
  return then.enabled_repositories === 'selected' && enables(then, repo) === true && enables(now, repo) === false
}

function allowedUnder(
  { spec }: Wanted<Permissions>,
  seen: Permissions,
  { now, then }: PolicyChange,
): AllowedActions | undefined {
  const [own, before, limit] = [seen.allowed_actions, now.allowed_actions, then.allowed_actions]
  if (own === undefined || limit === undefined) return own
  if (isLooser(own, limit)) return limit
  const hidden = own === before && isLooser(limit, before)
  return hidden && spec.allowed_actions === own ? undefined : own
}

function pinningUnder(
  { spec }: Wanted<Permissions>,
  seen: Permissions,
  { now, then }: PolicyChange,
): boolean | undefined {
  if (seen.sha_pinning_required === undefined) return undefined
  if (then.sha_pinning_required === true) return true
  const hidden = now.sha_pinning_required === true
  return hidden && spec.sha_pinning_required === true ? undefined : seen.sha_pinning_required
}

/** Whether a policy lets a repository run workflows; undefined where its list was not read. */
export function enables(policy: Permissions, repo: string): boolean | undefined {
  if (policy.enabled_repositories === 'selected') return policy.repositories && isInSorted(policy.repositories, repo)
  return policy.enabled_repositories === undefined ? undefined : policy.enabled_repositories !== 'none'
}
