import type { Aligned, Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { isMentioned } from '../../core/leaves.ts'
import type { Live } from '../../core/live.ts'
import { type Environment, type EnvironmentRef, WHOLE } from './document.ts'
import { isTag } from './entries.ts'
import { ROUTES } from './routes.ts'

/** Where another policy is in force GitHub shows no list of patterns, which equals `[]`. */
export function alignEnvironment(
  wanted: Wanted<Environment>,
  live: Live<Environment, EnvironmentRef> | undefined,
): Aligned<Environment> {
  const { deployment_branch_policy: policy, deployment_branch_policies: patterns } = wanted.spec
  const isOther = policy !== undefined && policy !== 'custom_branch_policies'
  const isNone = isOther && patterns?.length === 0 && live?.spec.deployment_branch_policies === undefined
  const spec = live && isNone ? { ...live.spec, deployment_branch_policies: [] } : live?.spec
  return { wanted, live: spec, findings: [] }
}

/** Contradictions within an environment. */
export function checkEnvironment(
  wanted: Wanted<Environment>,
  live: Live<Environment, EnvironmentRef> | undefined,
  known: Known,
): readonly Finding[] {
  return [...checkPatterns(wanted, known), ...checkSelfReview(wanted, live, known), ...checkHidden(wanted, live)]
}

/** A PUT replaces the whole: it would take away the protection that GitHub's answer does not show. */
function checkHidden(
  wanted: Wanted<Environment>,
  live: Live<Environment, EnvironmentRef> | undefined,
): readonly Finding[] {
  const hidden = (live?.ref.hidden ?? []).filter((field) => wanted.spec[field] === undefined)
  if (hidden.length === 0) return []
  const names = hidden.join(' and ')
  const message = `GitHub does not show all of ${names} here: a change would take away what it does not show`
  const help = `Write ${names} of it too, whole, or change it by hand.`
  return WHOLE.filter((field) => isMentioned(wanted, field)).map((field) => ({
    severity: 'held back',
    field,
    message,
    help,
  }))
}

function checkPatterns({ spec, edits }: Wanted<Environment>, known: Known): readonly Finding[] {
  const field = 'deployment_branch_policies'
  const added = edits[field]?.add ?? []
  const listed = [...(spec[field] ?? []), ...added]
  const policy = spec.deployment_branch_policy
  const findings: Finding[] = []
  if (policy !== undefined && policy !== 'custom_branch_policies' && listed.length > 0) {
    const message = `${field} needs deployment_branch_policy: custom_branch_policies, and the YAML has ${policy}`
    findings.push({ severity: 'error', field, message })
  }
  if (known.product.accepts(ROUTES.addPattern, 'type')) return findings
  for (const entry of listed.filter(isTag)) {
    const message = `${known.product.name ?? 'this product'} has patterns of branches alone, and none of tags`
    findings.push({ severity: 'error', field, entry, message })
  }
  return findings
}

/** GitHub refuses it without reviewers (https://github.com/github-community-projects/safe-settings/issues/628). */
function checkSelfReview(
  { spec, edits }: Wanted<Environment>,
  live: Live<Environment, EnvironmentRef> | undefined,
  known: Known,
): readonly Finding[] {
  if (spec.prevent_self_review !== true || (edits.reviewers?.add ?? []).length > 0) return []
  const isNew = live === undefined && known.live('environments', 'here') !== undefined
  const now = spec.reviewers ?? live?.spec.reviewers ?? (isNew ? [] : undefined)
  if (now === undefined || now.length > 0) return []
  const field = 'prevent_self_review'
  const message = 'prevent_self_review: true needs reviewers: without any, GitHub refuses it'
  if (spec.reviewers !== undefined) return [{ severity: 'error', field, message }]
  return [{ severity: 'held back', field, message, help: 'Name reviewers, or take prevent_self_review out.' }]
}
