import type { RunContext } from '../event/run-context.ts'
import type { Marker } from '../render/marker.ts'
import { scopesCover } from './scopes-cover.ts'

/** The step of a workflow that reports, with its run. */
export interface ReportStep {
  /** Workflow, job and step. */
  readonly step: string
  /** GitHub's id. */
  readonly run: string
}

/** The step that this run is; undefined outside GitHub Actions. */
export function reportStep(
  env: Readonly<Record<string, string | undefined>>,
  context: RunContext | undefined,
): ReportStep | undefined {
  const [, workflow] = /^([^@]+)@/.exec(env.GITHUB_WORKFLOW_REF ?? '') ?? []
  if (context === undefined || workflow === undefined || context.runId === '') return undefined
  return { step: [workflow, env.GITHUB_JOB ?? '', env.GITHUB_ACTION ?? ''].join(' '), run: context.runId }
}

/**
 * The fate of an open issue about something else than this report: closed where the step reports on that no more. Jobs of a
 * matrix are one step to GitHub, so that it is closed at once only where this report tells of all of it, and else once a whole
 * run of the step did not tell of it: until then its marker keeps that run.
 * @param own of the issues of this report
 */
export function fateOfIssue(marker: Marker, own: Marker): 'keep' | 'close' | Marker {
  const isReport = marker.kind === 'report' || marker.kind === 'report-unread'
  if (!isReport || marker.host !== own.host || own.step === undefined || marker.step !== own.step) return 'keep'
  if (marker.configuration === own.configuration || marker.run === own.run) return 'keep'
  if (marker.missed === own.run) return 'keep'
  const [[name, ...words], [ownName, ...ownWords]] = [marker.configuration.split(' '), own.configuration.split(' ')]
  if (name === ownName && scopesCover(ownWords, words)) return 'close'
  return marker.missed === undefined ? { ...marker, missed: own.run } : 'close'
}
