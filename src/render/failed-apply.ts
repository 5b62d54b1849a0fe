import type { FailedRun } from '../core/failed-run.ts'
import { ALL_OWNERS } from './apply-report.ts'
import { failedBlocks } from './failed-run.ts'
import { formatMarker } from './marker.ts'
import type { ReportFacts } from './report-facts.ts'
import { hiddenNames, originLine } from './report-parts.ts'

/** The comment on a merged pull request about an apply that failed before there was a plan, or on its way. */
export function renderFailedApply(host: string, failed: FailedRun, facts: ReportFacts): string {
  const { commit, configuration } = facts
  const blocks = [
    formatMarker({ kind: 'applied', host, owner: ALL_OWNERS, configuration, commit }),
    '## octoform apply',
    ...failedBlocks('apply', failed, facts),
    'Once the cause is gone, run the jobs again: what is done is not done twice.',
    ...hiddenNames(facts),
    originLine(undefined, facts),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
