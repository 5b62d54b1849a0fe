import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Document } from '../../core/json.ts'
import type { Live } from '../../core/live.ts'
import { applyFirst, seeWhatFollows, settingsAbove } from '../common/settings-above.ts'
import { LIMITED } from './fields.ts'

const FAMILY = 'fork_pr_workflows_private_repos'
const RUNS = LIMITED[0]

/** The fields above that may forbid a wish. */
export function boundBy({ spec }: Wanted<Document>): readonly string[] {
  return LIMITED.filter((field) => spec[field] === true)
}

/**
 * Contradictions with the enterprise. What it shows as false it may not have set at all, and then it forbids nothing: GitHub's
 * answer to the write decides, unless the enterprise's YAML enables it in another run.
 */
export function checkOrganization(wanted: Wanted<Document>, live: Live<Document> | undefined, known: Known) {
  return [...againstAbove(wanted, known, 'enterprise', 'may be unset'), ...withoutEffect(wanted, live)]
}

/** Contradictions with the organization. */
export function checkRepository(wanted: Wanted<Document>, live: Live<Document> | undefined, known: Known) {
  const near = againstAbove(wanted, known, 'organization', 'forbids')
  const told = new Set(near.map(({ field }) => field))
  const far = againstFurther(wanted, known).filter(({ field }) => !told.has(field))
  return [...near, ...far, ...withoutEffect(wanted, live)]
}

/**
 * "If a policy is disabled for an enterprise, it cannot be enabled for organizations. If a policy is disabled for an
 * organization, it cannot be enabled for repositories."
 */
function againstAbove(
  { spec }: Wanted<Document>,
  known: Known,
  above: string,
  unset: 'forbids' | 'may be unset',
): readonly Finding[] {
  const { now, desired: { spec: then } = {}, isInForce, following } = settingsAbove<Document>(known, FAMILY)
  return LIMITED.filter((field) => spec[field] === true).flatMap((field): Finding[] => {
    const message = `${field} is false at the ${above} above, and cannot be enabled below it`
    if (then?.[field] === false) return [{ severity: 'error', field, message, against: field }]
    if (now?.[field] !== false) return []
    if (following.includes(field)) {
      return [{ severity: 'held back', field, message, help: seeWhatFollows(field, above, 'enterprise') }]
    }
    const isOpened = then?.[field] === true
    if (isOpened ? isInForce : unset === 'may be unset') return []
    const help = isOpened ? applyFirst(above) : `Enable it at the ${above} first.`
    return [{ severity: 'held back', field, message, help }]
  })
}

/** Wishes against the enterprise's YAML, which hold also where the YAML has nothing of the organization. */
function againstFurther({ spec }: Wanted<Document>, known: Known): readonly Finding[] {
  const { desired } = settingsAbove<Document>(known, FAMILY, 'further above')
  return LIMITED.filter((field) => spec[field] === true && desired?.spec[field] === false).map((field) => {
    const message = `${field} is false at the enterprise above, and cannot be enabled below it`
    return { severity: 'error', field, message, against: field, againstIn: 'further above' }
  })
}

/** GitHub's pages offer the others only where workflows run: it may not keep them. */
export function withoutEffect({ spec }: Wanted<Document>, live: Live<Document> | undefined): readonly Finding[] {
  if ((spec[RUNS] ?? live?.spec[RUNS]) !== false) return []
  return LIMITED.filter((field) => field !== RUNS && spec[field] === true).map((field) => ({
    severity: 'warning',
    field,
    message: `${field} has no effect while ${RUNS} is false`,
  }))
}
