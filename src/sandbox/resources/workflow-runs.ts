import { type Body, choice, fieldsOf, required, text } from '../http/body.ts'
import { type Answer, type Call, idParam, ok, repositoryOf } from '../http/call.ts'
import { notFound, Refusal } from '../http/errors.ts'
import { BEGINNING } from '../world/defaults.ts'
import { hasSinceOrAe } from '../world/products.ts'
import { type Entry, idAt, momentAt, named, SeedError, textAt, wordAt } from '../world/seed-reader.ts'
import { slot } from '../world/slot.ts'
import { type Repository, repositoryNamed, timestamp, type World } from '../world/store.ts'
import { nodeId, simpleUser, webOrigin } from './accounts/present-owner.ts'
import { commitNamed, inventedSha } from './git/branches.ts'
import { simpleCommit } from './git/present-commit.ts'
import { gitOf } from './git/state.ts'
import { minimalRepository } from './repositories/present-repository.ts'
import type { Resource } from './resource.ts'

const TEMPLATE = '/repos/{owner}/{repo}/actions/runs/{run_id}'
const READ = { method: 'GET', permission: 'actions=read' } as const
/** Every run of the sandbox is of one workflow. */
const WORKFLOW_ID = 1

/** Runs of workflows (https://docs.github.com/rest/actions/workflow-runs). */
export const workflowRuns: Resource = {
  routes: [
    { ...READ, template: TEMPLATE, handle: getRun },
    { ...READ, since: [3, 5], template: `${TEMPLATE}/attempts/{attempt_number}`, handle: getAttempt },
  ],
  repository: { keys: ['runs'], seed, dump },
  controls: { runs: setRun },
}

/** The states of a run (https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run). */
const RUN_STATUSES = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'] as const
type RunStatus = (typeof RUN_STATUSES)[number]

/** A run of a workflow as it is in its last attempt. The attempts before have ended: GitHub re-runs only ended ones. */
interface WorkflowRun {
  readonly id: number
  attempt: number
  status: RunStatus
  /** Null until the attempt has ended. */
  conclusion: string | null
  readonly event: string
  /** The workflow's file, such as `.github/workflows/apply.yml`. */
  readonly path: string
  readonly headBranch: string
  readonly headSha: string
  readonly createdAt: string
  updatedAt: string
}

/** By id. */
const runsOf = slot<Repository, Map<number, WorkflowRun>>(() => new Map())

/** A run that a seed leaves open is of the default branch, which is seeded before. */
function seed(repository: Repository, given: Entry): void {
  const branch = gitOf(repository).defaultBranch
  const head = { branch, sha: commitNamed(repository, branch) ?? inventedSha(repository, branch) }
  for (const [id, run] of named(given, 'runs', RUN_KEYS)) runsOf(repository).set(Number(id), seedRun(id, run, head))
}

function dump(repository: Repository): object {
  const runs = runsOf(repository)
  return runs.size > 0 ? { runs: Object.fromEntries([...runs].map(([id, run]) => [id, dumpRun(run)])) } : {}
}

const RUN_KEYS = [
  'attempt',
  'status',
  'conclusion',
  'event',
  'path',
  'head_branch',
  'head_sha',
  'created_at',
  'updated_at',
]

/**
 * A run of a seed; `head` is its branch and commit unless the seed names others. @throws SeedError when a field is
 * wrong.
 */
function seedRun(id: string, given: Entry, head: { branch: string; sha: string }): WorkflowRun {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new SeedError(given.path, 'must be named by its id, a whole number from 1.')
  const status = wordAt(given, 'status', RUN_STATUSES) ?? 'in_progress'
  const createdAt = momentAt(given, 'created_at') ?? BEGINNING
  return {
    id: Number(id),
    attempt: idAt(given, 'attempt') ?? 1,
    status,
    conclusion: textAt(given, 'conclusion') ?? (status === 'completed' ? 'success' : null),
    event: textAt(given, 'event') ?? 'push',
    path: textAt(given, 'path') ?? '.github/workflows/octoform.yml',
    headBranch: textAt(given, 'head_branch') ?? head.branch,
    headSha: textAt(given, 'head_sha') ?? head.sha,
    createdAt,
    updatedAt: momentAt(given, 'updated_at') ?? createdAt,
  }
}

/** A run in the seed's shape. */
function dumpRun(run: WorkflowRun): object {
  return {
    attempt: run.attempt,
    status: run.status,
    ...(run.conclusion === null ? {} : { conclusion: run.conclusion }),
    event: run.event,
    path: run.path,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    created_at: run.createdAt,
    updated_at: run.updatedAt,
  }
}

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
  const run = runsOf(repository).get(idParam(call, 'run_id'))
  if (!run) throw notFound()
  return run
}

/** `workflow-run`. Its path came with 3.6, its attempts with 3.5, its title with 3.8; GitHub AE had all of them in 2022. */
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
    ...(hasSinceOrAe(call.product, [3, 6], ['2022']) ? { path: run.path } : {}),
    ...(hasSinceOrAe(call.product, [3, 8], ['2022']) ? { display_title: 'octoform' } : {}),
    run_number: 1,
    ...(hasSinceOrAe(call.product, [3, 5], ['2022'])
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

/**
 * Starts a workflow run, or changes the one that has this id: a new attempt, another status, a conclusion.
 * @throws Refusal with the problem of the request.
 */
function setRun(world: World, given: unknown, moment: Date): void {
  const body = fieldsOf(given)
  const owner = required(text(body, 'owner'), 'owner')
  const name = required(text(body, 'repository'), 'repository')
  const id = number(body, 'id')
  if (id === undefined) throw new Refusal(422, '"id" must be a whole number from 1.')
  const repository = repositoryNamed(world, owner, name)
  if (!repository) throw new Refusal(404, `There is no repository ${owner}/${name}.`)
  const before = runsOf(repository).get(id)
  const branch = gitOf(repository).defaultBranch
  const now = timestamp(moment)
  const status = choice(body, 'status', RUN_STATUSES) ?? before?.status ?? 'in_progress'
  runsOf(repository).set(id, {
    id,
    attempt: number(body, 'attempt') ?? before?.attempt ?? 1,
    status,
    conclusion: status === 'completed' ? (text(body, 'conclusion') ?? 'success') : null,
    event: text(body, 'event') ?? before?.event ?? 'push',
    path: text(body, 'path') ?? before?.path ?? '.github/workflows/octoform.yml',
    headBranch: before?.headBranch ?? branch,
    headSha: before?.headSha ?? commitNamed(repository, branch) ?? inventedSha(repository, branch),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  })
}

function number(body: Body, field: string): number | undefined {
  const value = body[field]
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : undefined
}
