import type { Known, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import type { Document } from '../../core/json.ts'
import type { Live } from '../../core/live.ts'
import { settingsOf } from '../common/settings-of.ts'

const NAME = 'artifact_and_log_retention'
const MAXIMUM = { facts: ['maximum_allowed_days'], check: checkMaximum, heldAbove: 422 } as const

/**
 * For how many days artifacts and logs are kept. GitHub gives the most that a level may have beside its setting, so that the
 * level above is read only where this run changes it.
 * https://docs.github.com/rest/actions/permissions#get-artifact-and-log-retention-settings-for-an-organization
 */
export const artifactAndLogRetention = settingsOf(NAME, {
  fields: { days: { wider: 'never' } },
  within: ['days'],
  boundBy: ({ spec }, above) => (spec.days !== undefined && above?.spec.days !== undefined ? ['days'] : []),
  levels: {
    enterprise: { path: '/enterprises/{enterprise}/actions/permissions/artifact-and-log-retention', ...MAXIMUM },
    organization: {
      path: '/orgs/{org}/actions/permissions/artifact-and-log-retention',
      ...MAXIMUM,
    },
    repository: { path: '/repos/{owner}/{repo}/actions/permissions/artifact-and-log-retention', ...MAXIMUM },
  },
})

function checkMaximum(
  { spec: { days } }: Wanted<Document>,
  live: Live<Document, Document> | undefined,
  known: Known,
): readonly Finding[] {
  const most = live?.ref.maximum_allowed_days
  if (days === undefined || most === undefined || Number(days) <= Number(most) || isRaised(most, known)) return []
  const message = `days: ${days} is more than GitHub allows here: maximum_allowed_days is ${most}`
  const help = `Write ${most} or less, or raise the days of the level above first.`
  return [{ severity: 'held back', field: 'days', message, help }]
}

/** Whether the maximum is the setting of the level above, and this run raises that. */
function isRaised(most: unknown, known: Known): boolean {
  const now = known.live(NAME, 'above')?.[0]?.spec as Document | undefined
  const desired = known.desired(NAME, 'above')?.[0]?.spec as Document | undefined
  return now?.days === most && desired?.days !== undefined && Number(desired.days) > Number(most)
}
