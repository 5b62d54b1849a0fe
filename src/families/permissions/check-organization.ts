import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { ScopeOf } from '../../core/scope.ts'
import { type Against, checkActionsAbove, isListed } from './check-above.ts'
import { error, hold } from './check-actions.ts'
import type { Permissions } from './document.ts'
import { desiredPolicy } from './policy.ts'

/**
 * Contradictions with the enterprise above. A wish against its YAML is an error. Its policy on GitHub holds a wish back, also
 * where its YAML has another one: another run writes the enterprise, and before this one.
 */
export function checkOrganization(
  wanted: Wanted<Permissions>,
  known: Known,
  { org }: ScopeOf<'organization'>,
): readonly Finding[] {
  const live = known.live('permissions', 'above')?.[0]?.spec as Permissions | undefined
  const desired = known.desired('permissions', 'above')?.[0] as Wanted<Permissions> | undefined
  const then = desired ? desiredPolicy(desired) : {}
  // A list that only GitHub has holds back.
  const isGiven = then.organizations !== undefined || desired?.edits.organizations !== undefined
  const isThen = !isGiven || isListed('organizations', org, live, desired)
  const errors = againstPolicy(wanted, then, isThen, (by, field, message) => ({
    ...error(field, message),
    against: by,
  }))
  const isNow = live !== undefined && isListed('organizations', org, live, undefined)
  const holds = againstPolicy(wanted, live ?? {}, isNow, (by, field, message, help) => {
    const first = 'Apply the enterprise first: its YAML allows it.'
    return hold(field, message, then[by] === undefined ? help : first)
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
