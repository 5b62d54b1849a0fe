import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isInSorted } from '../../core/in-sorted.ts'
import { hasAny } from '../../core/json.ts'
import type { Live } from '../../core/live.ts'
import type { ScopeOf } from '../../core/scope.ts'
import { applyFirst, seeWhatFollows, settingsAbove } from '../common/settings-above.ts'
import { type Against, checkActionsAbove, isListed } from './check-above.ts'
import { checkActions, error, hold, REPOSITORY } from './check-actions.ts'
import type { Permissions } from './document.ts'
import { desiredPolicy, policyAbove, policyChange, policyNext, policySure, showsLater } from './policy.ts'

/** Contradictions within itself, or with the organization above. */
export function checkRepository(
  wanted: Wanted<Permissions>,
  live: Live<Permissions> | undefined,
  known: Known,
  { owner, repo }: ScopeOf<'repository'>,
): readonly Finding[] {
  const findings = isWrittenLater(wanted, known, repo) ? [] : checkActions(wanted, live, known, REPOSITORY)
  const against = checkAgainstOwner(wanted, known, { owner, repo })
  // A refusal of the organization makes other findings about `enabled` superfluous.
  if (against.length === 0) return findings
  const refused = against.some(({ field }) => field === 'enabled')
  return [...findings.filter(({ field }) => !refused || field !== 'enabled'), ...against]
}

/**
 * A policy without a list can be written as soon as the organization has switched Actions on, in either state of the
 * repository's own switch.
 */
function isWrittenLater({ spec, edits }: Wanted<Permissions>, known: Known, repo: string): boolean {
  const isPlain = spec.allowed_actions === 'local_only' && spec.selected_actions === undefined
  if (!isPlain || hasAny(edits)) return false
  const change = policyChange(known, repo)
  return change !== undefined && showsLater(change, spec.enabled !== undefined)
}

/** A wish against the YAML above is an error; a wish against a policy that is only on GitHub is held back. */
function checkAgainstOwner(
  wanted: Wanted<Permissions>,
  known: Known,
  { owner, repo }: { readonly owner: string; readonly repo: string },
): readonly Finding[] {
  const settings = settingsAbove<Permissions>(known, 'permissions')
  const { now: above, desired } = settings
  const policy = policyAbove(settings)
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
  // The organization stays as it is, so that what it may have later is the same.
  if (desired === undefined) return firstOfField([findings, actions, againstEnterprise(wanted, known, owner)])
  // The YAML allows these, and another run writes that.
  const waits = checkActionsAbove(wanted, policyNext(settings), 'organization', (_, field, message) =>
    hold(field, message, applyFirst('organization')),
  )
  const unsure = checkActionsAbove(wanted, policySure(settings), 'organization', (by, field, message) =>
    hold(field, message, seeWhatFollows(by, 'organization', 'enterprise')),
  )
  return firstOfField([findings, actions, waits, againstEnterprise(wanted, known, owner), unsure])
}

/** Findings of which each field has what the first list says against it, and no message twice. */
function firstOfField(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  if (lists.every((list) => list.length === 0)) return []
  const told = new Set<string | undefined>()
  return lists.flatMap((list) => {
    const fresh = list.filter(({ field, message }) => !told.has(field?.split('.')[0]) && !told.has(message))
    for (const { severity, field, message } of fresh) told.add(severity === 'warning' ? message : field?.split('.')[0])
    return fresh
  })
}

/** A wish against the enterprise's YAML, which holds through the organization: also where the YAML has nothing of that. */
function againstEnterprise(wanted: Wanted<Permissions>, known: Known, owner: string): readonly Finding[] {
  const { desired } = settingsAbove<Permissions>(known, 'permissions', 'further above')
  if (desired === undefined) return []
  const policy = desiredPolicy(desired)
  const against: Against = (by, field, message) => ({
    ...error(field, message),
    against: by,
    againstIn: 'further above',
  })
  const findings: Finding[] = []
  if (wanted.spec.enabled === true && policy.enabled_organizations === 'none') {
    const message = 'the enterprise enables Actions for no organization, so enabled: true is refused'
    findings.push(against('enabled_organizations', 'enabled', message, ''))
  }
  const isSelected = wanted.spec.enabled === true && policy.enabled_organizations === 'selected'
  if (isSelected && policy.organizations !== undefined && !isListed('organizations', owner, undefined, desired)) {
    const message = "enabled: true is refused: the enterprise's list of organizations lacks its own"
    findings.push({
      severity: 'error',
      field: 'enabled',
      message,
      against: 'organizations',
      againstIn: 'further above',
    })
  }
  return [...findings, ...checkActionsAbove(wanted, policy, 'enterprise', against)]
}

/** Whether this run's configuration puts the repository on the organization's list, where it is not now. */
function becomesListed(above: Permissions, desired: Wanted<Permissions> | undefined, repo: string): boolean {
  const named = desired?.spec.repositories ?? desired?.edits.repositories?.add ?? []
  if (!isInSorted(named, repo)) return false
  return above.enabled_repositories !== 'selected' || !isInSorted(above.repositories, repo)
}
