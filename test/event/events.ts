import { type RunContext, runContext } from '../../src/event/run-context.ts'

/** The repository that all of these runs belong to. */
export const OWN = 'Acme/Admin'
export const FORK = 'octocat/admin'

/** The variables of a run as the runner sets them. */
export function runEnv(event: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: OWN,
    GITHUB_SHA: 'a'.repeat(40),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_ACTOR: 'mona',
    GITHUB_SERVER_URL: 'https://github.example.com',
    ...more,
  }
}

/** A context on GitHub Actions. @throws where there is none */
export function contextOf(event: string, payload: unknown, more: Readonly<Record<string, string>> = {}): RunContext {
  const context = runContext(runEnv(event, more), payload)
  if (!context) throw new Error('it is outside GitHub Actions')
  return context
}

/** A payload's `pull_request`; the head repository is null where its fork was deleted. */
export function pull(head: string | null): object {
  return {
    number: 7,
    head: { sha: 'head-sha', repo: head === null ? null : { full_name: head } },
    base: { sha: 'base-sha', repo: { full_name: OWN } },
  }
}

/** A payload's `workflow_run`. */
export function startedRun(event: string, head: string | null, more: object = {}): object {
  const head_repository = head === null ? null : { full_name: head }
  return { event, head_sha: 'head-sha', head_branch: 'topic', head_repository, pull_requests: [], ...more }
}

/** A pull request as checks list it: without a full name. */
export function listedPull(head: string, number = 7): object {
  const repo = (name: string) => ({ id: 1, url: `https://api.github.com/repos/${name}`, name: name.split('/')[1] })
  return { number, head: { sha: 'head-sha', repo: repo(head) }, base: { sha: 'base-sha', repo: repo(OWN) } }
}

export interface EventCase {
  readonly name: string
  readonly event: string
  readonly payload: unknown
  readonly env?: Readonly<Record<string, string>>
  /** `none`: it carries no pull request. */
  readonly is: 'none' | 'own' | 'fork' | 'unknown'
}

const QUEUE = 'refs/heads/gh-readonly-queue/main/pr-7-abc'
const ON_PULL = { GITHUB_REF: 'refs/pull/7/merge' }

/** Every kind of event that a workflow of octoform may be started by. */
export const EVENTS: readonly EventCase[] = [
  { name: 'push', event: 'push', payload: {}, is: 'none' },
  { name: 'push without a readable payload', event: 'push', payload: undefined, is: 'none' },
  { name: 'push of a tag', event: 'push', payload: {}, env: { GITHUB_REF: 'refs/tags/v1' }, is: 'none' },
  { name: 'push by a merge queue', event: 'push', payload: {}, env: { GITHUB_REF: QUEUE }, is: 'unknown' },
  { name: 'schedule', event: 'schedule', payload: {}, is: 'none' },
  { name: 'workflow_dispatch', event: 'workflow_dispatch', payload: { inputs: {} }, is: 'none' },
  { name: 'release', event: 'release', payload: {}, env: { GITHUB_REF: 'refs/tags/v1' }, is: 'none' },
  { name: 'release without a readable payload', event: 'release', payload: 'x', is: 'none' },
  { name: 'repository_dispatch', event: 'repository_dispatch', payload: { client_payload: {} }, is: 'none' },
  { name: 'repository_dispatch, unreadable', event: 'repository_dispatch', payload: undefined, is: 'unknown' },
  {
    name: 'repository_dispatch for a fork’s pull request',
    event: 'repository_dispatch',
    payload: { client_payload: { pull_request: pull(FORK) } },
    is: 'fork',
  },
  {
    name: 'repository_dispatch with only the number of one',
    event: 'repository_dispatch',
    payload: { client_payload: { pull_request: 7 } },
    is: 'unknown',
  },
  { name: 'pull_request', event: 'pull_request', payload: { pull_request: pull('acme/ADMIN') }, is: 'own' },
  { name: 'pull_request of a fork', event: 'pull_request', payload: { pull_request: pull(FORK) }, is: 'fork' },
  { name: 'pull_request, fork deleted', event: 'pull_request', payload: { pull_request: pull(null) }, is: 'unknown' },
  { name: 'pull_request, unreadable', event: 'pull_request', payload: undefined, is: 'unknown' },
  {
    name: 'pull_request, payload of something else',
    event: 'pull_request',
    payload: { pull_request: 7 },
    is: 'unknown',
  },
  {
    name: 'pull_request_target of a fork',
    event: 'pull_request_target',
    payload: { pull_request: pull(FORK) },
    is: 'fork',
  },
  { name: 'pull_request_target', event: 'pull_request_target', payload: { pull_request: pull(OWN) }, is: 'own' },
  {
    name: 'pull_request_review of a fork',
    event: 'pull_request_review',
    payload: { pull_request: pull(FORK) },
    is: 'fork',
  },
  {
    name: 'pull_request_review_comment',
    event: 'pull_request_review_comment',
    payload: { pull_request: pull(OWN) },
    is: 'own',
  },
  {
    name: 'issue_comment on a pull request',
    event: 'issue_comment',
    payload: { issue: { number: 7, pull_request: { url: 'x' } } },
    is: 'unknown',
  },
  { name: 'issue_comment on an issue', event: 'issue_comment', payload: { issue: { number: 7 } }, is: 'none' },
  { name: 'issue_comment, unreadable', event: 'issue_comment', payload: [], is: 'unknown' },
  {
    name: 'workflow_run of a fork’s pull request',
    event: 'workflow_run',
    payload: { workflow_run: startedRun('pull_request', FORK) },
    is: 'fork',
  },
  {
    name: 'workflow_run of a pull request of this repository',
    event: 'workflow_run',
    payload: { workflow_run: startedRun('pull_request', OWN, { pull_requests: [listedPull(OWN)] }) },
    is: 'own',
  },
  {
    name: 'workflow_run of a deleted fork',
    event: 'workflow_run',
    payload: { workflow_run: startedRun('pull_request', null) },
    is: 'unknown',
  },
  {
    name: 'workflow_run of a push',
    event: 'workflow_run',
    payload: { workflow_run: startedRun('push', OWN) },
    is: 'none',
  },
  {
    name: 'workflow_run of a push elsewhere',
    event: 'workflow_run',
    payload: { workflow_run: startedRun('push', FORK) },
    is: 'fork',
  },
  {
    name: 'workflow_run of a push by a merge queue',
    event: 'workflow_run',
    payload: { workflow_run: startedRun('push', OWN, { head_branch: 'gh-readonly-queue/main/pr-7' }) },
    is: 'unknown',
  },
  // These run on the base branch, for pull requests of every origin.
  ...['pull_request_target', 'issue_comment', 'workflow_run', 'merge_group', 'check_run', ''].map((event) => ({
    name: `workflow_run of ${event || 'nothing known'}`,
    event: 'workflow_run',
    payload: { workflow_run: startedRun(event, OWN) },
    is: 'unknown' as const,
  })),
  { name: 'workflow_run without one', event: 'workflow_run', payload: {}, is: 'unknown' },
  {
    name: 'merge_group',
    event: 'merge_group',
    payload: { merge_group: { head_sha: 'head-sha', base_sha: 'base-sha' } },
    env: { GITHUB_REF: QUEUE },
    is: 'unknown',
  },
  {
    name: 'check_run of this repository’s pull request',
    event: 'check_run',
    payload: { check_run: { head_sha: 'head-sha', pull_requests: [listedPull('acme/admin')] } },
    is: 'own',
  },
  {
    name: 'check_run of a commit that no own pull request has',
    event: 'check_run',
    payload: { check_run: { head_sha: 'head-sha', pull_requests: [] } },
    is: 'unknown',
  },
  {
    name: 'check_suite of several',
    event: 'check_suite',
    payload: { check_suite: { pull_requests: [listedPull(OWN), listedPull(FORK, 8)] } },
    is: 'unknown',
  },
  { name: 'check_suite without one', event: 'check_suite', payload: {}, is: 'unknown' },
  { name: 'status', event: 'status', payload: { sha: 'head-sha' }, is: 'unknown' },
  { name: 'deployment of a branch', event: 'deployment', payload: { deployment: { ref: 'main' } }, is: 'none' },
  { name: 'deployment of a commit', event: 'deployment', payload: {}, env: { GITHUB_REF: '' }, is: 'unknown' },
  {
    name: 'deployment_status of a fork’s run',
    event: 'deployment_status',
    payload: { deployment: {}, workflow_run: startedRun('pull_request', FORK) },
    is: 'fork',
  },
  {
    name: 'deployment_status of an own push’s run',
    event: 'deployment_status',
    payload: { deployment: {}, workflow_run: startedRun('push', OWN) },
    is: 'none',
  },
  { name: 'any event on a pull request’s merge', event: 'future_event', payload: {}, env: ON_PULL, is: 'unknown' },
  { name: 'an event without a name', event: '', payload: {}, is: 'unknown' },
]
