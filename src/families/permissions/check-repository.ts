import type { Known, Live, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isInSorted } from '../../core/in-sorted.ts'
import type { ScopeOf } from '../../core/scope.ts'
import { checkActions, error, hold, REPOSITORY, selectedActionsGiven } from './check-actions.ts'
import type { Permissions } from './document.ts'
import { desiredPolicy, isLooser, policyAbove, policyChange, showsLater } from './policy.ts'

/** Contradictions within itself, or with the organization above. */
export function checkRepository(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  { repo }: ScopeOf<'repository'>,
): readonly Finding[] {
  const findings = isWrittenLater(wanted, known, repo) ? [] : checkActions(wanted, live, known, REPOSITORY)
  const against = checkAgainstOrganization(wanted, known, repo)
  // A refusal of the organization makes other findings about `enabled` superfluous.
  const refused = against.some(({ field }) => field === 'enabled')
  return [...findings.filter(({ field }) => !refused || field !== 'enabled'), ...against]
}

/**
 * A policy without a list can be written as soon as the organization has switched Actions on, in either state of the
 * repository's own switch.
 */
function isWrittenLater({ spec, edits }: Wanted<Permissions>, known: Known, repo: string): boolean {
  const isPlain = spec.allowed_actions === 'local_only' && spec.selected_actions === undefined
  if (!isPlain || Object.keys(edits).length > 0) return false
  const change = policyChange(known, repo)
  return change !== undefined && showsLater(change, spec.enabled !== undefined)
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
