import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isInSorted } from '../../core/in-sorted.ts'
import type { Live } from '../../core/live.ts'
import type { ScopeOf } from '../../core/scope.ts'
import { applyFirst } from '../common/settings-above.ts'
import { type Against, checkActionsAbove, isListed } from './check-above.ts'
import { checkActions, error, hold, REPOSITORY } from './check-actions.ts'
import type { Permissions } from './document.ts'
import { desiredPolicy, policyAbove, policyChange, policyNext, showsLater } from './policy.ts'

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
  const against: Against = (by, field, message, help) =>
    desiredFields[by] === undefined ? hold(field, message, help) : { ...error(field, message), against: by }
  const findings: Finding[] = []
  const asksOn = wanted.spec.enabled === true
  const enabling = "Let the organization's enabled_repositories enable it first."
  if (asksOn && policy.enabled_repositories === 'none') {
    const message = 'the organization enables Actions for no repository, so enabled: true is refused'
    findings.push(against('enabled_repositories', 'enabled', message, enabling))
  }
  if (asksOn && policy.enabled_repositories === 'selected' && !isListed('repositories', repo, above, desired)) {
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
  const actions = checkActionsAbove(wanted, policy, 'organization', against)
  // The YAML allows these, and another run writes that.
  const waits = checkActionsAbove(wanted, policyNext(known), 'organization', (_, field, message) =>
    hold(field, message, applyFirst('organization')),
  )
  const told = new Set(actions.map(({ field }) => field?.split('.')[0]))
  return [...findings, ...actions, ...waits.filter(({ field }) => !told.has(field?.split('.')[0]))]
}

/** Whether this run's configuration puts the repository on the organization's list, where it is not now. */
function becomesListed(above: Permissions, desired: Wanted<Permissions> | undefined, repo: string): boolean {
  const named = desired?.spec.repositories ?? desired?.edits.repositories?.add ?? []
  if (!isInSorted(named, repo)) return false
  return above.enabled_repositories !== 'selected' || !isInSorted(above.repositories, repo)
}
