import type { Call } from '../../http/call.ts'
import { hasSince, hasSinceOrAe } from '../../world/products.ts'
import { stableId } from '../../world/stable-id.ts'
import type { Repository } from '../../world/store.ts'
import { nodeId } from '../accounts/present-owner.ts'
import type { Job } from './job.ts'
import { runName, runPage, runUrl } from './present-run.ts'
import type { WorkflowRun } from './run.ts'

/**
 * `job`. Its labels and runner came after 2.22, its workflow and branch with 3.8, its creation with 3.9; GitHub AE had all but
 * that in 2022. Releases before 3.8 know three states alone.
 */
export function presentJob(call: Call, repository: Repository, run: WorkflowRun, job: Job): object {
  const { product } = call
  const actions = `${call.base}/repos/${repository.owner.login}/${repository.name}`
  const hasWaiting = hasSince(product, [3, 8])
  const isHosted = !job.labels.includes('self-hosted')
  return {
    id: job.id,
    run_id: run.id,
    run_url: runUrl(call, repository, run.id),
    ...(hasSince(product, [3, 4]) && product.ae !== '2021' ? { run_attempt: job.attempt } : {}),
    node_id: nodeId('Job', job.id),
    head_sha: run.headSha,
    url: `${actions}/actions/jobs/${job.id}`,
    html_url: `${runPage(call, repository, run.id)}/job/${job.id}`,
    status: job.status === 'waiting' && !hasWaiting ? 'queued' : job.status,
    conclusion: job.conclusion,
    ...(hasSince(product, [3, 9]) ? { created_at: job.startedAt } : {}),
    started_at: job.startedAt,
    completed_at: job.completedAt ?? null,
    name: job.name,
    steps: job.steps.map((name, index) => presentStep(job, name, index + 1)),
    check_run_url: `${actions}/check-runs/${job.id}`,
    ...(hasSince(product, [3, 4]) && product.ae !== '2021'
      ? {
          labels: job.labels,
          runner_id: job.runner === undefined ? null : isHosted ? 0 : stableId(job.runner),
          runner_name: job.runner ?? null,
          runner_group_id: job.runner === undefined ? null : 1,
          runner_group_name: job.runner === undefined ? null : isHosted ? 'GitHub Actions' : 'Default',
        }
      : {}),
    ...(hasSinceOrAe(product, [3, 8], ['2022'])
      ? { workflow_name: runName(repository, run), head_branch: run.headBranch }
      : {}),
  }
}

/** The steps of a job are as far as the job is. */
function presentStep({ status, conclusion, startedAt, completedAt }: Job, name: string, number: number): object {
  return {
    name,
    status: status === 'waiting' ? 'queued' : status,
    conclusion,
    number,
    started_at: startedAt,
    completed_at: completedAt ?? null,
  }
}
