import type { Finding, Known, Live, Wanted } from '../core/family.ts'
import type { Scope } from '../core/scope.ts'
import type { Permissions } from './permissions.ts'
import { isLooser } from './permissions-policy.ts'
import { givesList } from './repository-list.ts'

const ACTIONS = ['github_owned_allowed', 'verified_allowed', 'patterns_allowed'] as const
const LISTS = {
  organization: 'PUT /orgs/{org}/actions/permissions/selected-actions',
  repository: 'PUT /repos/{owner}/{repo}/actions/permissions/selected-actions',
} as const

/** What contradicts itself or the organization above. */
export function checkPermissions(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  scope: Scope,
): readonly Finding[] {
  const findings = checkActions(wanted, live, known, scope)
  if (scope.type === 'organization') return [...findings, ...checkEnabledList(wanted, live)]
  if (scope.type !== 'repository') return findings
  const against = checkAgainstOrganization(wanted, known, scope.repo)
  // What the organization refuses needs nothing else.
  const refused = against.some(({ field }) => field === 'enabled')
  return [...findings.filter(({ field }) => !refused || field !== 'enabled'), ...against]
}

function error(field: string, message: string): Finding {
  return { severity: 'error', field, message }
}

/** Whether Actions will be on, off, or cannot be told (offline, with nothing said). */
function becomesOn(wanted: Wanted<Permissions>, live: Live<Permissions> | undefined): boolean | undefined {
  const enabled = wanted.spec.enabled ?? live?.spec.enabled
  const repositories = wanted.spec.enabled_repositories ?? live?.spec.enabled_repositories
  if (enabled === undefined && repositories === undefined) return undefined
  return enabled ?? repositories !== 'none'
}

function checkActions(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  scope: Scope,
): readonly Finding[] {
  const { spec } = wanted
  const on = becomesOn(wanted, live)
  const actions = selectedActionsGiven(wanted)
  if (on === false) {
    const off = scope.type === 'organization' ? 'enabled_repositories is none' : 'enabled is false'
    const because = `has no effect while ${off}: GitHub keeps none while Actions is off`
    // A set may give it to many repositories, one of which says that Actions is off there.
    const severity = spec.enabled === false ? 'warning' : 'error'
    const findings: Finding[] = []
    if (spec.allowed_actions !== undefined) {
      findings.push({ severity, field: 'allowed_actions', message: `allowed_actions ${because}` })
    }
    if (actions !== undefined) findings.push({ severity, field: actions, message: `selected_actions ${because}` })
    return findings
  }
  const findings: Finding[] = []
  const allowed = spec.allowed_actions ?? live?.spec.allowed_actions
  const wasOff = live !== undefined && becomesOn({ ...wanted, spec: {} }, live) === false
  if (on === true && wasOff && spec.allowed_actions === undefined) {
    const field = scope.type === 'organization' ? 'enabled_repositories' : 'enabled'
    findings.push(
      error(field, 'switching Actions on needs allowed_actions: GitHub has no value to keep while it is off'),
    )
  }
  findings.push(...checkCarried(wanted, live, scope))
  if (actions !== undefined && allowed !== undefined && allowed !== 'selected') {
    findings.push(error(actions, `selected_actions needs allowed_actions: selected, but it is ${allowed}`))
  }
  if (
    actions !== undefined &&
    allowed === 'selected' &&
    live !== undefined &&
    live.spec.selected_actions === undefined
  ) {
    const missing = ACTIONS.filter((field) => {
      const path = `selected_actions.${field}`
      const isGiven = spec.selected_actions?.[field] !== undefined || wanted.edits[path] !== undefined
      return !isGiven && known.product.accepts(LISTS[scope.type === 'organization' ? scope.type : 'repository'], field)
    })
    if (missing.length > 0) {
      const message = `selected_actions needs ${missing.join(' and ')} too: what GitHub kept of an earlier list cannot be seen`
      findings.push(error(actions, message))
    }
  }
  return findings
}

/** GitHub takes the switches only together: what the YAML leaves open is sent as it is now, so that it must be known. */
function checkCarried(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  scope: Scope,
): readonly Finding[] {
  if (!live || becomesOn({ ...wanted, spec: {} }, live) === false) return []
  const main = scope.type === 'organization' ? 'enabled_repositories' : 'enabled'
  const rewritten = [main, 'allowed_actions', 'sha_pinning_required'] as const
  const differs = rewritten.find((field) => wanted.spec[field] !== undefined && wanted.spec[field] !== live.spec[field])
  if (differs === undefined || becomesOn(wanted, live) === false) return []
  return ([main, 'allowed_actions'] as const)
    .filter((field) => wanted.spec[field] === undefined && live.spec[field] === undefined)
    .map((field) =>
      error(differs, `changing ${differs} needs ${field} too: GitHub's answer does not tell what it is now`),
    )
}

/** The first field of selected_actions that the YAML gives. */
function selectedActionsGiven(wanted: Wanted<Permissions>): string | undefined {
  const [given] = Object.keys(wanted.spec.selected_actions ?? {})
  if (given !== undefined) return `selected_actions.${given}`
  return Object.keys(wanted.edits).find((field) => field.startsWith('selected_actions.'))
}

function checkEnabledList(wanted: Wanted<Permissions>, live: Live<Permissions> | undefined): readonly Finding[] {
  const becomes = wanted.spec.enabled_repositories ?? live?.spec.enabled_repositories
  const given = givesList(wanted, 'repositories')
  if (given && becomes !== undefined && becomes !== 'selected') {
    return [error('repositories', `repositories needs enabled_repositories: selected, but it is ${becomes}`)]
  }
  const wasSelected = live?.spec.enabled_repositories === 'selected'
  if (live && becomes === 'selected' && !wasSelected && wanted.spec.repositories === undefined) {
    const message = 'enabled_repositories: selected needs repositories: the list that GitHub kept cannot be seen'
    return [error('enabled_repositories', message)]
  }
  return []
}

function checkAgainstOrganization(wanted: Wanted<Permissions>, known: Known, repo: string): readonly Finding[] {
  const above = known.live('permissions', 'above')?.[0]?.spec as Permissions | undefined
  const desired = known.desired('permissions', 'above')?.[0] as Wanted<Permissions> | undefined
  const policy: Permissions = { ...above, ...desired?.spec }
  const findings: Finding[] = []
  const asksOn = wanted.spec.enabled === true
  if (asksOn && policy.enabled_repositories === 'none') {
    findings.push(error('enabled', 'the organization enables Actions for no repository, so enabled: true is refused'))
  }
  if (asksOn && policy.enabled_repositories === 'selected' && !listed(above, desired, repo)) {
    findings.push(error('enabled', "enabled: true is refused: the organization's list of repositories lacks it"))
  }
  if (wanted.spec.enabled === false && above && becomesListed(above, desired, repo)) {
    findings.push(
      error('enabled', "joining the organization's list of repositories enables it, and enabled: false disables it"),
    )
  }
  const allowed = wanted.spec.allowed_actions
  const limit = policy.allowed_actions
  if (allowed !== undefined && limit !== undefined && isLooser(allowed, limit)) {
    findings.push(error('allowed_actions', `allowed_actions: ${allowed} is looser than the organization's ${limit}`))
  }
  if (wanted.spec.sha_pinning_required === false && policy.sha_pinning_required === true) {
    findings.push(
      error('sha_pinning_required', "sha_pinning_required: false is looser than the organization's, which requires it"),
    )
  }
  const actions = selectedActionsGiven(wanted)
  if (actions !== undefined && limit === 'selected') {
    findings.push(
      error(actions, "the organization's allowed_actions is selected: its list holds here and cannot be overridden"),
    )
  }
  if (allowed === 'local_only' && limit === 'selected') {
    const message = "GitHub may refuse allowed_actions: local_only while the organization's is selected"
    findings.push({ severity: 'warning', field: 'allowed_actions', message })
  }
  return findings
}

/** Whether this run's configuration puts the repository on the organization's list, where it is not now. */
function becomesListed(above: Permissions, desired: Wanted<Permissions> | undefined, repo: string): boolean {
  const named = desired?.spec.repositories ?? desired?.edits.repositories?.add ?? []
  if (!named.includes(repo)) return false
  return above.enabled_repositories !== 'selected' || !(above.repositories ?? []).includes(repo)
}

/** Whether the organization's list will hold the repository; what cannot be told counts as held. */
function listed(above: Permissions | undefined, desired: Wanted<Permissions> | undefined, repo: string): boolean {
  if (desired?.spec.repositories !== undefined) return desired.spec.repositories.includes(repo)
  const edit = desired?.edits.repositories
  if (edit?.remove.includes(repo)) return false
  if (edit?.add.includes(repo)) return true
  return above?.repositories === undefined || above.repositories.includes(repo)
}
