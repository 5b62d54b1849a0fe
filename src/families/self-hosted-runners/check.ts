import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { SelfHostedRunners } from './document.ts'

const SWITCH = 'disable_self_hosted_runners_for_all_orgs'

/** The field of the YAML that asks for runners in repositories; undefined where none does. */
function asking({ spec, edits }: Wanted<SelfHostedRunners>): 'enabled_repositories' | 'repositories' | undefined {
  const { enabled_repositories: mode, repositories } = spec
  if (mode !== undefined) return mode === 'none' ? undefined : 'enabled_repositories'
  return repositories !== undefined || (edits.repositories?.add.length ?? 0) > 0 ? 'repositories' : undefined
}

/**
 * An enterprise forbids an organization no more than to let repositories have runners. One that may stop to forbid it is read as
 * well: until then GitHub shows `none` in place of the organization's mode.
 */
export function boundBy(
  wanted: Wanted<SelfHostedRunners>,
  above: Wanted<SelfHostedRunners> | undefined,
): readonly string[] {
  const opens = above?.spec[SWITCH] === false && wanted.spec.enabled_repositories === 'none'
  return asking(wanted) === undefined && !opens ? [] : [SWITCH]
}

/** Whether the enterprise forbids the organization all, and its YAML no longer does. */
export function isAboutToOpen(known: Known): boolean {
  const live = known.live('self_hosted_runners', 'above')?.[0]?.spec as SelfHostedRunners | undefined
  const then = known.desired('self_hosted_runners', 'above')?.[0]?.spec as Partial<SelfHostedRunners> | undefined
  return live?.[SWITCH] === true && then?.[SWITCH] === false
}

/**
 * "When true, repository-level runners will be disabled across all organizations in the enterprise". A wish against the
 * enterprise's YAML is an error. The switch on GitHub holds a wish back, also where the YAML turns it: another run writes the
 * enterprise, and before this one.
 */
export function checkEnterprise(wanted: Wanted<SelfHostedRunners>, known: Known): readonly Finding[] {
  const field = asking(wanted)
  const live = known.live('self_hosted_runners', 'above')?.[0]?.spec as SelfHostedRunners | undefined
  const then = known.desired('self_hosted_runners', 'above')?.[0]?.spec as Partial<SelfHostedRunners> | undefined
  if (field === undefined || !(then?.[SWITCH] ?? live?.[SWITCH] ?? false)) {
    return field !== undefined && live?.[SWITCH] === true ? [hold(field, APPLY_FIRST)] : []
  }
  if (then?.[SWITCH] === true) return [{ severity: 'error', field, message: MESSAGE, against: SWITCH }]
  return [hold(field, 'Let the enterprise allow them first, or write enabled_repositories: none.')]
}

const MESSAGE = `the enterprise disables self-hosted runners of repositories (${SWITCH}: true)`
const APPLY_FIRST = 'Apply the enterprise first: its YAML allows them.'

function hold(field: string, help: string): Finding {
  return { severity: 'held back', field, message: MESSAGE, help }
}
