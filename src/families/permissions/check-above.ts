import type { Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isInSorted } from '../../core/in-sorted.ts'
import { selectedActionsGiven } from './check-actions.ts'
import type { Permissions } from './document.ts'
import { isLooser } from './policy.ts'

/** Makes the finding about a field that contradicts `by`, a field of the level above. */
export type Against = (by: keyof Permissions, field: string, message: string, help: string) => Finding

/**
 * The settings of actions that a policy above refuses: "you cannot override them"
 * (https://docs.github.com/rest/actions/permissions#set-github-actions-permissions-for-an-organization).
 */
export function checkActionsAbove(
  wanted: Wanted<Permissions>,
  policy: Permissions,
  owner: 'organization' | 'enterprise',
  against: Against,
): readonly Finding[] {
  const findings: Finding[] = []
  const loosening = `Change the ${owner}'s policy first, or write what it allows.`
  const allowed = wanted.spec.allowed_actions
  const limit = policy.allowed_actions
  if (allowed !== undefined && limit !== undefined && isLooser(allowed, limit)) {
    const message = `allowed_actions: ${allowed} is looser than the ${owner}'s ${limit}`
    findings.push(against('allowed_actions', 'allowed_actions', message, loosening))
  }
  if (wanted.spec.sha_pinning_required === false && policy.sha_pinning_required === true) {
    const message = `sha_pinning_required: false is looser than the ${owner}'s, which requires it`
    findings.push(against('sha_pinning_required', 'sha_pinning_required', message, loosening))
  }
  const actions = selectedActionsGiven(wanted)
  if (actions !== undefined && limit === 'selected') {
    const message = `the ${owner}'s allowed_actions is selected: its list holds here and cannot be overridden`
    const help = `Change the ${owner}'s selected_actions, or take those written here out.`
    const found = against('allowed_actions', actions, message, help)
    findings.push(found.severity === 'held back' ? { ...found, field: 'selected_actions' } : found)
  }
  if (actions !== undefined && allowed === undefined && limit === 'local_only') {
    const message = `selected_actions means allowed_actions: selected, which is looser than the ${owner}'s ${limit}`
    const found = against('allowed_actions', actions, message, loosening)
    findings.push(found.severity === 'held back' ? { ...found, field: 'selected_actions' } : found)
  }
  if (allowed === 'local_only' && limit === 'selected') {
    const message = `GitHub may refuse allowed_actions: local_only while the ${owner}'s is selected`
    findings.push({ severity: 'warning', field: 'allowed_actions', message })
  }
  return findings
}

/** Whether the list above will hold a name; true where that is unknown. */
export function isListed(
  list: 'repositories' | 'organizations',
  name: string,
  above: Permissions | undefined,
  desired: Wanted<Permissions> | undefined,
): boolean {
  if (isInSorted(desired?.undecided?.[list], name)) return true
  const exact = desired?.spec[list]
  if (exact !== undefined) return isInSorted(exact, name)
  const edit = desired?.edits[list]
  if (isInSorted(edit?.remove, name)) return false
  if (isInSorted(edit?.add, name)) return true
  return above?.[list] === undefined || isInSorted(above[list], name)
}
