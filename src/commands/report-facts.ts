import { governChanges } from '../config/govern-changes.ts'
import type { RunContext } from '../event/run-context.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import type { BaseRun } from './base-run.ts'
import type { Run } from './run.ts'

/** The page of the run on GitHub; undefined outside GitHub Actions. */
export function runUrlOf(context: RunContext | undefined): string | undefined {
  return context === undefined || context.runId === '' ? undefined : attemptUrl(context)
}

/** The page of one attempt of a run. */
export function attemptUrl({
  serverUrl,
  repository,
  runId,
  runAttempt,
}: Pick<RunContext, 'serverUrl' | 'repository' | 'runId' | 'runAttempt'>): string {
  return `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${runAttempt}`
}

/** What a report tells beside the plan; who may read it is decided where it is written. */
export function reportFacts(
  run: Pick<Run, 'configuration'>,
  config: readonly string[],
  context: RunContext | undefined,
  base: BaseRun | undefined,
): Omit<ReportFacts, 'audience'> {
  return {
    runUrl: runUrlOf(context),
    commit: context?.pullRequest?.headSha ?? (context?.sha || undefined),
    configuration: config.join(' '),
    governs: base === undefined ? [] : governChanges(base.configuration, run.configuration),
    base: base?.plan,
  }
}
