import { append } from '../../core/append.ts'
import type { Known, Live, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isInSorted } from '../../core/in-sorted.ts'
import type { ScopeOf } from '../../core/scope.ts'
import { checkSelected } from '../common/selected-access.ts'
import { ACTIONS, type Permissions } from './document.ts'
import { desiredPolicy, isLooser, policyAbove, policyChange, showsLater } from './policy.ts'
import { type PolicyRoutes, ROUTES } from './requests.ts'

/** The switch of Actions at one level, and the words for its narrowest value. */
interface Level {
  readonly main: 'enabled_repositories' | 'enabled'
  readonly off: string
  readonly routes: PolicyRoutes
}

const ORGANIZATION: Level = {
  main: 'enabled_repositories',
  off: 'enabled_repositories is none',
  routes: ROUTES.organization,
}
const REPOSITORY: Level = { main: 'enabled', off: 'enabled is false', routes: ROUTES.repository }

type LivePermissions = Live<Permissions> | undefined

/** Contradictions within itself. */
export function checkOrganization(
  wanted: Wanted<Permissions>,
  live: LivePermissions,
  known: Known,
): readonly Finding[] {
  return [
    ...checkActions(wanted, live, known, ORGANIZATION),
    ...checkSelected(wanted, 'enabled_repositories', 'repositories'),
  ]
}

/** Contradictions within itself, or with the organization above. */
export function checkRepository(
  wanted: Wanted<Permissions>,
  live: LivePermissions,
  known: Known,
  { repo }: ScopeOf<'repository'>,
): readonly Finding[] {
  const findings = isWrittenLater(wanted, known, repo) ? [] : checkActions(wanted, live, known, REPOSITORY)
  const against = checkAgainstOrganization(wanted, known, repo)
  // A refusal of the organization makes other findings about `enabled` superfluous.
  const refused = against.some(({ field }) => field === 'enabled')
  return [...findings.filter(({ field }) => !refused || field !== 'enabled'), ...against]
}

function error(field: string, message: string): Finding {
  return { severity: 'error', field, message }
}

function hold(field: string, message: string, help: string): Finding {
  return { severity: 'held back', field, message, help }
}

/** Whether Actions will be on; undefined where that is unknown (offline, without a setting). */
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
  level: Level,
): readonly Finding[] {
  const { spec } = wanted
  const on = becomesOn(wanted, live)
  if (on === false) return checkOff(wanted, level)
  const findings: Finding[] = []
  const wasOff = live !== undefined && becomesOn({ ...wanted, spec: {} }, live) === false
  if (on === true && wasOff && spec.allowed_actions === undefined) {
    const message = 'switching Actions on needs allowed_actions: GitHub has no value to keep while it is off'
    findings.push(hold(level.main, message, 'Write allowed_actions.'))
  }
  append(findings, checkCarried(wanted, live, level))
  const actions = selectedActionsGiven(wanted)
  if (actions === undefined) return findings
  if (spec.allowed_actions !== undefined && spec.allowed_actions !== 'selected') {
    findings.push(error(actions, `selected_actions needs allowed_actions: selected, but it is ${spec.allowed_actions}`))
  }
  // In force already, and not to be seen: the level above hid it.
  const isHidden = live?.spec.allowed_actions === 'selected' && live.spec.selected_actions === undefined
  const missing = isHidden && spec.allowed_actions !== 'all' ? missingActions(wanted, known, level) : []
  if (missing.length > 0) {
    const message = `selected_actions needs ${missing.join(' and ')} too: what GitHub kept of an earlier list cannot be seen`
    findings.push(hold('selected_actions', message, `Write ${missing.join(' and ')} in selected_actions.`))
  }
  return findings
}

/**
 * A policy without a list can be written as soon as the organization has switched Actions on, in either state of the
 * repository's own switch.
 */
function isWrittenLater({ spec, edits }: Wanted<Permissions>, known: Known, repo: string): boolean {
  const change = policyChange(known, repo)
  const isPlain = spec.allowed_actions === 'local_only' && spec.selected_actions === undefined
  return (
    change !== undefined && showsLater(change, spec.enabled !== undefined) && isPlain && Object.keys(edits).length === 0
  )
}

/** Where nothing says that Actions is off, it is off on GitHub alone. */
function checkOff(wanted: Wanted<Permissions>, { off }: Level): readonly Finding[] {
  const { spec } = wanted
  const because = `has no effect while ${off}: GitHub keeps none while Actions is off`
  const isSaid = spec.enabled !== undefined || spec.enabled_repositories !== undefined
  const refused = (field: string, message: string): Finding => {
    if (!isSaid) return hold(field, message, 'Switch Actions on in the YAML.')
    // A set may give it to many repositories, one of which says that Actions is off there.
    return { severity: spec.enabled === false ? 'warning' : 'error', field, message }
  }
  const actions = selectedActionsGiven(wanted)
  return [
    ...(spec.allowed_actions === undefined ? [] : [refused('allowed_actions', `allowed_actions ${because}`)]),
    ...(actions === undefined ? [] : [refused(actions, `selected_actions ${because}`)]),
  ]
}

function missingActions(wanted: Wanted<Permissions>, known: Known, { routes }: Level): readonly string[] {
  return ACTIONS.filter((field) => {
    const isGiven = wanted.spec.selected_actions?.[field] !== undefined || wanted.edits[`selected_actions.${field}`]
    return !isGiven && known.product.accepts(routes.putActions, field)
  })
}

/**
 * GitHub takes the switches only together: those that the YAML leaves out are sent with their present values, which
 * must be known.
 */
function checkCarried(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  { main }: Level,
): readonly Finding[] {
  if (!live || becomesOn({ ...wanted, spec: {} }, live) === false) return []
  const rewritten = [main, 'allowed_actions', 'sha_pinning_required'] as const
  const differs = rewritten.find((field) => wanted.spec[field] !== undefined && wanted.spec[field] !== live.spec[field])
  if (differs === undefined || becomesOn(wanted, live) === false) return []
  return ([main, 'allowed_actions'] as const)
    .filter((field) => wanted.spec[field] === undefined && live.spec[field] === undefined)
    .map((field) => {
      const message = `changing ${differs} needs ${field} too: GitHub's answer does not tell what it is now`
      return hold(differs, message, `Write ${field}.`)
    })
}

/** The first field of selected_actions that the YAML gives. */
function selectedActionsGiven(wanted: Wanted<Permissions>): string | undefined {
  const [given] = Object.keys(wanted.spec.selected_actions ?? {})
  if (given !== undefined) return `selected_actions.${given}`
  return Object.keys(wanted.edits).find((field) => field.startsWith('selected_actions.'))
}

/** A wish against the organization's YAML is an error; a wish against a policy that is only on GitHub is held back. */
function checkAgainstOrganization(wanted: Wanted<Permissions>, known: Known, repo: string): readonly Finding[] {
  const above = known.live('permissions', 'above')?.[0]?.spec as Permissions | undefined
  const desired = known.desired('permissions', 'above')?.[0] as Wanted<Permissions> | undefined
  const policy = policyAbove(known)
  const desiredFields = desired ? desiredPolicy(desired) : {}
  const against = (by: keyof Permissions, field: string, message: string, help: string): Finding =>
    desiredFields[by] === undefined ? hold(field, message, help) : error(field, message)
  const findings: Finding[] = []
  const asksOn = wanted.spec.enabled === true
  const enabling = "Let the organization's enabled_repositories enable it first."
  if (asksOn && policy.enabled_repositories === 'none') {
    const message = 'the organization enables Actions for no repository, so enabled: true is refused'
    findings.push(against('enabled_repositories', 'enabled', message, enabling))
  }
  if (asksOn && policy.enabled_repositories === 'selected' && !listed(above, desired, repo)) {
    const message = "enabled: true is refused: the organization's list of repositories lacks it"
    const isTaken = isInSorted(desired?.edits.repositories?.remove, repo)
    const help = `Put ${repo} on the organization's list of repositories.`
    const found = isTaken ? error('enabled', message) : against('repositories', 'enabled', message, help)
    findings.push(found.severity === 'held back' ? found : { ...found, onNames: true })
  }
  if (wanted.spec.enabled === false && above && becomesListed(above, desired, repo)) {
    const message = "joining the organization's list of repositories enables it, and enabled: false disables it"
    findings.push(error('enabled', message))
  }
  const loosening = "Change the organization's policy first, or write what it allows."
  const allowed = wanted.spec.allowed_actions
  const limit = policy.allowed_actions
  if (allowed !== undefined && limit !== undefined && isLooser(allowed, limit)) {
    const message = `allowed_actions: ${allowed} is looser than the organization's ${limit}`
    findings.push(against('allowed_actions', 'allowed_actions', message, loosening))
  }
  if (wanted.spec.sha_pinning_required === false && policy.sha_pinning_required === true) {
    const message = "sha_pinning_required: false is looser than the organization's, which requires it"
    findings.push(against('sha_pinning_required', 'sha_pinning_required', message, loosening))
  }
  const actions = selectedActionsGiven(wanted)
  if (actions !== undefined && limit === 'selected') {
    const message = "the organization's allowed_actions is selected: its list holds here and cannot be overridden"
    const isDesired = desiredFields.allowed_actions !== undefined
    const help = "Change the organization's selected_actions, or take those of the repository out."
    findings.push(isDesired ? error(actions, message) : hold('selected_actions', message, help))
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
  if (!isInSorted(named, repo)) return false
  return above.enabled_repositories !== 'selected' || !isInSorted(above.repositories, repo)
}

/** Whether the organization's list will hold the repository; true where that is unknown. */
function listed(above: Permissions | undefined, desired: Wanted<Permissions> | undefined, repo: string): boolean {
  if (isInSorted(desired?.undecided?.repositories, repo)) return true
  if (desired?.spec.repositories !== undefined) return isInSorted(desired.spec.repositories, repo)
  const edit = desired?.edits.repositories
  if (isInSorted(edit?.remove, repo)) return false
  if (isInSorted(edit?.add, repo)) return true
  return above?.repositories === undefined || isInSorted(above.repositories, repo)
}
