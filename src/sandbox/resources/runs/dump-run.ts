import type { Repository } from '../../world/store.ts'
import { type Artifact, artifactsOf, dumpArtifacts } from '../artifacts/artifact.ts'
import { runsOf, type WorkflowRun } from './run.ts'
import { dumpJobs } from './seed-jobs.ts'

/** The runs of a repository in the seed's shape. */
export function dumpRuns(repository: Repository): object {
  const { byId } = runsOf(repository)
  if (byId.size === 0) return {}
  const artifacts = new Map<number, Artifact[]>()
  for (const artifact of artifactsOf(repository).values()) {
    const known = artifacts.get(artifact.runId)
    if (known) known.push(artifact)
    else artifacts.set(artifact.runId, [artifact])
  }
  return { runs: Object.fromEntries([...byId].map(([id, run]) => [id, dumpRun(run, artifacts.get(id) ?? [])])) }
}

function dumpRun(run: WorkflowRun, artifacts: readonly Artifact[]): object {
  return {
    attempt: run.attempt,
    status: run.status,
    ...given('conclusion', run.conclusion),
    event: run.event,
    path: run.path,
    ...given('name', run.name),
    ...given('display_title', run.title),
    run_number: run.number,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    ...given('fork', run.fork),
    ...given('actor', run.actor),
    ...given('triggering_actor', run.triggeringActor),
    check_suite_id: run.checkSuiteId,
    ...given('pull_requests', run.pullRequests),
    created_at: run.createdAt,
    run_started_at: run.startedAt,
    updated_at: run.updatedAt,
    ...(run.cancel === 'ignored' ? { cancel: run.cancel } : {}),
    ...(run.cancelTakesMs > 0 ? { cancel_takes_ms: run.cancelTakesMs } : {}),
    ...given('cancel_at', run.cancelAt),
    logs: run.logs,
    ...given('waiting_for', run.waitingFor),
    ...given('approvals', run.approvals),
    ...given('concurrency', run.concurrency),
    ...(run.earlier.size > 0 ? { earlier: Object.fromEntries(run.earlier) } : {}),
    ...(run.jobs.length > 0 ? { jobs: dumpJobs(run.jobs) } : {}),
    ...(artifacts.length > 0 ? { artifacts: dumpArtifacts(artifacts) } : {}),
  }
}

/** The key, where there is something under it. */
function given(key: string, value: unknown): object {
  const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0)
  return isEmpty ? {} : { [key]: value }
}
