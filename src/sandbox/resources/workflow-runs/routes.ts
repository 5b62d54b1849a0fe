import { type Answer, type Call, idParam, ok, type Route, repositoryOf } from '../../http/call.ts'
import { notFound } from '../../http/errors.ts'
import { hasSince } from '../../world/products.ts'
import type { Repository } from '../../world/store.ts'
import { nodeId, simpleUser, webOrigin } from '../accounts/present-owner.ts'
import { simpleCommit } from '../git/present-commit.ts'
import { minimalRepository } from '../repositories/present-repository.ts'
import type { WorkflowRun } from './workflow-run.ts'

const TEMPLATE = '/repos/{owner}/{repo}/actions/runs/{run_id}'
const READ = { method: 'GET', permission: 'actions=read' } as const
/** Every run of the sandbox is of one workflow. */
const WORKFLOW_ID = 1

/** Runs of workflows (https://docs.github.com/rest/actions/workflow-runs). */
export const WORKFLOW_RUN_ROUTES: readonly Route[] = [
  { ...READ, template: TEMPLATE, handle: getRun },
  { ...READ, since: [3, 5], template: `${TEMPLATE}/attempts/{attempt_number}`, handle: getAttempt },
]

function getRun(call: Call): Answer {
  const repository = repositoryOf(call)
  return ok(presentRun(call, repository, runIn(call, repository)))
}

/** An attempt before the last one has ended, else GitHub would not have run the workflow again. */
function getAttempt(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  const attempt = idParam(call, 'attempt_number')
  if (attempt < 1 || attempt > run.attempt) throw notFound()
  const isLast = attempt === run.attempt
  const shown: WorkflowRun = isLast ? run : { ...run, attempt, status: 'completed', conclusion: 'failure' }
  return ok(presentRun(call, repository, shown))
}

function runIn(call: Call, repository: Repository): WorkflowRun {
  const run = repository.runs.get(idParam(call, 'run_id'))
  if (!run) throw notFound()
  return run
}

/** `workflow-run`. Its path came with 3.6, its attempts with 3.5, its title with 3.8. */
function presentRun(call: Call, repository: Repository, run: WorkflowRun): object {
  const fullName = `${repository.owner.login}/${repository.name}`
  const actions = `${call.base}/repos/${fullName}/actions`
  const url = `${actions}/runs/${run.id}`
  const actor = simpleUser(call, call.world.viewer)
  return {
    id: run.id,
    name: 'octoform',
    node_id: nodeId('WorkflowRun', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    ...(hasSince(call.product, [3, 6]) ? { path: run.path } : {}),
    ...(hasSince(call.product, [3, 8]) ? { display_title: 'octoform' } : {}),
    run_number: 1,
    ...(hasSince(call.product, [3, 5])
      ? {
          run_attempt: run.attempt,
          run_started_at: run.createdAt,
          previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
          actor,
          triggering_actor: actor,
        }
      : {}),
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: WORKFLOW_ID,
    url,
    html_url: `${webOrigin(call)}/${fullName}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${call.base}/repos/${fullName}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${actions}/workflows/${WORKFLOW_ID}`,
    head_commit: simpleCommit(repository, run.headSha),
    repository: minimalRepository(call, repository),
    head_repository: minimalRepository(call, repository),
  }
}
