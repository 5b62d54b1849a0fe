import { choice, integers, required, text } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, NO_CONTENT, ok, type Route, repositoryOf } from '../../http/call.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import type { Environment, Repository } from '../../world/store.ts'
import { actorOf } from '../accounts/actor.ts'
import { presentActor } from '../accounts/present-actor.ts'
import { protectionOf } from '../environments/protection.ts'
import { presentDeployment, presentEnvironment, presentPending } from './present-review.ts'
import { complete, queue, runIn, type WorkflowRun } from './run.ts'

const RUN = '/repos/{owner}/{repo}/actions/runs/{run_id}'
const READ = { method: 'GET', permission: 'actions=read', since: [3, 4] } as const
const STATES = ['approved', 'rejected'] as const

/** Environments that runs wait for, and the reviews that let them go on (https://docs.github.com/rest/actions/workflow-runs). */
export const REVIEW_ROUTES: readonly Route[] = [
  { ...READ, template: `${RUN}/approvals`, handle: listApprovals },
  { ...READ, template: `${RUN}/pending_deployments`, handle: listPending },
  {
    method: 'POST',
    permission: 'deployments=write',
    // "Required reviewers with read access to the repository contents and deployments can use this endpoint."
    asker: 'person',
    since: [3, 4],
    template: `${RUN}/pending_deployments`,
    handle: reviewPending,
  },
  {
    method: 'POST',
    permission: 'deployments=write',
    since: [3, 10],
    template: `${RUN}/deployment_protection_rule`,
    handle: reviewByApp,
  },
]

function listApprovals(call: Call): Answer {
  const repository = repositoryOf(call)
  const approvals = runIn(call, repository).approvals.map(({ environments, state, user, comment }) => ({
    environments: environments.flatMap((name) => {
      const environment = repository.environments.get(name.toLowerCase())
      return environment ? [presentEnvironment(call, repository, environment)] : []
    }),
    state,
    user: presentActor(call, user),
    comment,
  }))
  return ok(approvals)
}

function listPending(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  return ok(pendingOf(repository, run).map((each) => presentPending(call, repository, run, each)))
}

/** With all environments approved the run goes on; one that is rejected fails it. @throws Refusal 422 for one it does not wait for */
function reviewPending(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  const body = bodyOf(call)
  const ids = required(integers(body, 'environment_ids'), 'environment_ids')
  const state = required(choice(body, 'state', STATES), 'state')
  const comment = required(text(body, 'comment'), 'comment')
  const pending = pendingOf(repository, run)
  const reviewed = ids.map((id) => {
    const found = pending.find((each) => each.id === id)
    if (!found) throw unprocessable(`The run does not wait for the environment ${id}.`)
    return found
  })
  review(call, run, { environments: reviewed.map(({ name }) => name), state, comment })
  return ok(reviewed.map((each) => presentDeployment(call, repository, run, each)))
}

/** "Approve or reject custom deployment protection rules provided by a GitHub App". A comment alone changes nothing. */
function reviewByApp(call: Call): Answer {
  const repository = repositoryOf(call)
  const run = runIn(call, repository)
  const body = bodyOf(call)
  const name = required(text(body, 'environment_name'), 'environment_name')
  const state = choice(body, 'state', STATES)
  const comment = text(body, 'comment')
  if (state === undefined && comment === undefined) throw unprocessable('"state" or "comment" must be supplied.')
  const environment = pendingOf(repository, run).find((each) => each.name === name)
  if (!environment) throw notFound()
  // Reviewers beside the rule are still waited for.
  const isLast = protectionOf(call.world, environment).reviewers.length === 0
  if (state === 'rejected' || (state === 'approved' && isLast)) {
    review(call, run, { environments: [environment.name], state, comment: comment ?? '' })
  }
  return NO_CONTENT
}

function review(
  call: Call,
  run: WorkflowRun,
  given: {
    readonly environments: readonly string[]
    readonly state: (typeof STATES)[number]
    readonly comment: string
  },
): void {
  run.approvals = [...run.approvals, { ...given, user: actorOf(call).login }]
  run.waitingFor = run.waitingFor.filter((name) => !given.environments.includes(name))
  if (given.state === 'rejected') complete(run, 'failure', call.now)
  else if (run.waitingFor.length === 0) queue(run, call.now)
}

function pendingOf(repository: Repository, run: WorkflowRun): Environment[] {
  if (run.status === 'completed') return []
  return run.waitingFor.flatMap((name) => repository.environments.get(name.toLowerCase()) ?? [])
}
