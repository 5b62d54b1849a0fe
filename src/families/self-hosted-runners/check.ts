import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { applyFirst, settingsAbove } from '../common/settings-above.ts'
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

/** The enterprise's switch, as GitHub has it, as the YAML wants it, and whether this run writes it. */
function switchAbove(known: Known) {
  const { now, desired, isWritten, isInForce } = settingsAbove<SelfHostedRunners>(known, 'self_hosted_runners')
  return { now: now?.[SWITCH], desired: desired?.spec[SWITCH], isWritten, isInForce }
}

/** Whether the enterprise forbids the organization all until this run. */
export function isAboutToOpen(known: Known): boolean {
  const { now, desired, isWritten } = switchAbove(known)
  return isWritten && now === true && desired === false
}

/**
 * "When true, repository-level runners will be disabled across all organizations in the enterprise". A wish against the
 * enterprise's YAML is an error. The switch on GitHub holds a wish back where this run does not turn it.
 */
export function checkEnterprise(wanted: Wanted<SelfHostedRunners>, known: Known): readonly Finding[] {
  const field = asking(wanted)
  const { now, desired, isInForce } = switchAbove(known)
  if (field === undefined) return []
  if (desired === true) return [{ severity: 'error', field, message: MESSAGE, against: SWITCH }]
  if (now !== true || (desired === false && isInForce)) return []
  const help =
    desired === false
      ? applyFirst('enterprise', 'them')
      : 'Let the enterprise allow them first, or write enabled_repositories: none.'
  return [{ severity: 'held back', field, message: MESSAGE, help }]
}

const MESSAGE = `the enterprise disables self-hosted runners of repositories (${SWITCH}: true)`
