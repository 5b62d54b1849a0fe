import type { Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import { stableId } from '../../world/stable-id.ts'
import type { Environment, Repository } from '../../world/store.ts'
import { actorOf } from '../accounts/actor.ts'
import { presentActor } from '../accounts/present-actor.ts'
import { nodeId, webOrigin } from '../accounts/present-owner.ts'
import { protectionOf } from '../environments/protection.ts'
import { presentReviewer } from '../environments/reviewers.ts'
import type { WorkflowRun } from './run.ts'

/** An environment in the history of reviews. */
export function presentEnvironment(call: Call, repository: Repository, environment: Environment): object {
  return {
    ...shortEnvironment(call, repository, environment),
    created_at: environment.createdAt,
    updated_at: environment.updatedAt,
  }
}

/** `pending-deployment`. */
export function presentPending(call: Call, repository: Repository, run: WorkflowRun, environment: Environment): object {
  const { waitTimer, reviewers } = protectionOf(call.world, environment)
  return {
    environment: shortEnvironment(call, repository, environment),
    wait_timer: waitTimer,
    wait_timer_started_at: waitTimer > 0 ? run.startedAt : null,
    current_user_can_approve: true,
    reviewers: reviewers.flatMap((each) => presentReviewer(call, repository.owner, each)),
  }
}

/** `deployment`. */
export function presentDeployment(
  call: Call,
  repository: Repository,
  run: WorkflowRun,
  environment: Environment,
): object {
  const id = stableId(`deployment ${run.id} ${environment.id}`)
  const repositoryUrl = `${call.base}/repos/${repository.owner.login}/${repository.name}`
  const url = `${repositoryUrl}/deployments/${id}`
  return {
    url,
    id,
    node_id: nodeId('Deployment', id),
    sha: run.headSha,
    ref: run.headBranch,
    task: 'deploy',
    payload: {},
    original_environment: environment.name,
    environment: environment.name,
    description: null,
    creator: presentActor(call, run.actor ?? actorOf(call).login),
    created_at: run.startedAt,
    updated_at: run.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl,
    ...(hasSince(call.product, [3, 4]) ? { transient_environment: false, production_environment: false } : {}),
  }
}

function shortEnvironment(call: Call, repository: Repository, { id, name }: Environment): object {
  const at = `${repository.owner.login}/${repository.name}`
  return {
    id,
    node_id: nodeId('Environment', id),
    name,
    url: `${call.base}/repos/${at}/environments/${encodeURIComponent(name)}`,
    html_url: `${webOrigin(call)}/${at}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
  }
}
