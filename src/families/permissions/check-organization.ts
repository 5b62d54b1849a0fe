import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { ScopeOf } from '../../core/scope.ts'
import { applyFirst, settingsAbove } from '../common/settings-above.ts'
import { type Against, checkActionsAbove, isListed } from './check-above.ts'
import { error, hold } from './check-actions.ts'
import type { Permissions } from './document.ts'
import { desiredPolicy } from './policy.ts'

/**
 * Contradictions with the enterprise above. A wish against its YAML is an error. Its policy on GitHub holds a wish back where
 * this run does not write another one.
 */
export function checkOrganization(
  wanted: Wanted<Permissions>,
  known: Known,
  { org }: ScopeOf<'organization'>,
): readonly Finding[] {
  const { now, desired, isInForce } = settingsAbove<Permissions>(known, 'permissions')
  const then = desired ? desiredPolicy(desired) : {}
  // A list that only GitHub has holds back.
  const isGiven = then.organizations !== undefined || desired?.edits.organizations !== undefined
  const isThen = !isGiven || isListed('organizations', org, now, desired)
  const errors = againstPolicy(wanted, then, isThen, (by, field, message) => ({
    ...error(field, message),
    against: by,
  }))
  const next = isInForce ? { ...now, ...then } : (now ?? {})
  const isNext = now !== undefined && isListed('organizations', org, now, isInForce ? desired : undefined)
  const holds = againstPolicy(wanted, next, isNext, (by, field, message, help) => {
    return hold(field, message, then[by] === undefined ? help : applyFirst('enterprise'))
  })
  const told = new Set(errors.map(({ field }) => field?.split('.')[0]))
  return [...errors, ...holds.filter(({ field }) => !told.has(field?.split('.')[0]))]
}

function againstPolicy(
  wanted: Wanted<Permissions>,
  policy: Permissions,
  isOnList: boolean,
  against: Against,
): readonly Finding[] {
  const { enabled_repositories: mode } = desiredPolicy(wanted)
  const field = wanted.spec.enabled_repositories === undefined ? 'repositories' : 'enabled_repositories'
  const enabling: Finding[] = []
  if (mode !== undefined && mode !== 'none') {
    const help = "Let the enterprise's enabled_organizations enable the organization first."
    if (policy.enabled_organizations === 'none') {
      const message = `the enterprise enables Actions for no organization, so enabled_repositories: ${mode} is refused`
      enabling.push(against('enabled_organizations', field, message, help))
    }
    if (policy.enabled_organizations === 'selected' && !isOnList) {
      const message = `enabled_repositories: ${mode} is refused: the enterprise's list of organizations lacks this one`
      const found = against('organizations', field, message, help)
      enabling.push(found.severity === 'held back' ? found : { ...found, onNames: true })
    }
  }
  return [...enabling, ...checkActionsAbove(wanted, policy, 'enterprise', against)]
}
