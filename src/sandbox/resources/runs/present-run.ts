import type { Call } from '../../http/call.ts'
import { hasSince, hasSinceOrAe } from '../../world/products.ts'
import { stableId } from '../../world/stable-id.ts'
import { type Repository, repositoryNamed } from '../../world/store.ts'
import { presentActor } from '../accounts/present-actor.ts'
import { nodeId, webOrigin } from '../accounts/present-owner.ts'
import { simpleCommit } from '../git/present-commit.ts'
import { minimalRepository } from '../repositories/present-repository.ts'
import { workflowAt } from '../workflows.ts'
import type { WorkflowRun } from './run.ts'

/** The address of a run in the API. */
export function runUrl(call: Call, repository: Repository, id: number): string {
  return `${call.base}/repos/${repository.owner.login}/${repository.name}/actions/runs/${id}`
}

/** The address of a run on the web. */
export function runPage(call: Call, repository: Repository, id: number): string {
  return `${webOrigin(call)}/${repository.owner.login}/${repository.name}/actions/runs/${id}`
}

/** The name of the workflow that a run is of. */
export function runName(repository: Repository, run: WorkflowRun): string {
  return run.name ?? workflowAt(repository, run.path)?.name ?? 'octoform'
}

/** The run as it was in an attempt. Those before the last one have ended, else GitHub would not have run it again. */
export function runInAttempt(run: WorkflowRun, attempt: number): WorkflowRun {
  if (attempt === run.attempt) return run
  return { ...run, attempt, status: 'completed', conclusion: run.earlier.get(attempt) ?? 'failure' }
}

/**
 * `workflow-run`. Its path came with 3.6, its attempts with 3.5, its title with 3.8, its check suite's id after 2.22; GitHub AE
 * had all of them in 2022.
 */
export function presentRun(call: Call, repository: Repository, run: WorkflowRun): object {
  const { product } = call
  const repositoryUrl = `${call.base}/repos/${repository.owner.login}/${repository.name}`
  const url = runUrl(call, repository, run.id)
  const workflowId = workflowAt(repository, run.path)?.id ?? stableId(run.path)
  const name = runName(repository, run)
  const head = headRepository(call, repository, run)
  const actor = run.actor ?? call.world.viewer.login
  return {
    id: run.id,
    name,
    node_id: nodeId('WorkflowRun', run.id),
    ...(hasSince(product, [3, 4]) && product.ae !== '2021'
      ? { check_suite_id: run.checkSuiteId, check_suite_node_id: nodeId('CheckSuite', run.checkSuiteId) }
      : {}),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    ...(hasSinceOrAe(product, [3, 6], ['2022']) ? { path: run.path, referenced_workflows: [] } : {}),
    ...(hasSinceOrAe(product, [3, 8], ['2022']) ? { display_title: run.title ?? name } : {}),
    run_number: run.number,
    ...(hasSinceOrAe(product, [3, 5], ['2022'])
      ? {
          run_attempt: run.attempt,
          run_started_at: run.startedAt,
          previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
          actor: presentActor(call, actor),
          triggering_actor: presentActor(call, run.triggeringActor ?? actor),
        }
      : {}),
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflowId,
    url,
    html_url: runPage(call, repository, run.id),
    pull_requests:
      call.query.exclude_pull_requests === 'true'
        ? []
        : run.pullRequests.map((one) => pullRequest(call, repository, run, one)),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl}/check-suites/${run.checkSuiteId}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${repositoryUrl}/actions/workflows/${workflowId}`,
    head_commit: simpleCommit(repository, run.headSha),
    repository: minimalRepository(call, repository),
    head_repository: minimalRepository(call, head),
  }
}

/** The fork that a run came from, where it is in the world. */
function headRepository(call: Call, repository: Repository, { fork }: WorkflowRun): Repository {
  const [owner = '', name = ''] = (fork ?? '').split('/')
  return repositoryNamed(call.world, owner, name) ?? repository
}

/** `pull-request-minimal`. */
function pullRequest(call: Call, repository: Repository, run: WorkflowRun, number: number): object {
  const url = `${call.base}/repos/${repository.owner.login}/${repository.name}`
  const side = { sha: run.headSha, repo: { id: repository.id, url, name: repository.name } }
  return {
    id: stableId(`pull request ${repository.id} ${number}`),
    number,
    url: `${url}/pulls/${number}`,
    head: { ref: run.headBranch, ...side },
    base: { ref: 'main', ...side },
  }
}
