import { listedPull, startedRun } from '../event/events.ts'
import { actionsEnv, HEAD, pullRequest, REPOSITORY, type RunOfActions, TIP } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

export const OWN = 'acme/admin'
const FORK = 'octocat/admin'
export const OLD = 'c'.repeat(40)
const ON_PULL = { GITHUB_REF: 'refs/pull/7/merge', GITHUB_SHA: 'd'.repeat(40) }
const ON_QUEUE = { GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7-abc', GITHUB_SHA: 'd'.repeat(40) }

/** One secret to be created, one on GitHub of which the ledger knows nothing. */
export const YAML = `
version: 1
ledger: { repository: acme/admin, branch: octoform, path: ledger.json }
organizations:
  acme:
    secrets:
      NPM_TOKEN: { visibility: selected, repositories: [web], value: { env: NPM_TOKEN } }
      KNOWN: { visibility: all, value: { env: KNOWN } }
`

export const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      secrets: { KNOWN: { visibility: 'all', value: 'planted-known' } },
      repositories: {
        web: {},
        admin: {
          default_branch: 'main',
          branches: { main: TIP, topic: HEAD, other: OLD },
          pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
        },
      },
    },
  },
  tokens: { owner: {}, 'token-of-an-owner': {}, 'token-of-the-workflow': { workflow: OWN } },
}

export const VALUES = { NPM_TOKEN: 'planted-npm', KNOWN: 'planted-known' }

/** Each command with its arguments, in the order of the columns below. */
export const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  validate: ['validate'],
  plan: ['plan'],
  'plan --comment': ['plan', '--comment'],
  apply: ['apply', '--auto-approve'],
  drift: ['drift'],
  'drift --issue': ['drift', '--issue', OWN],
  import: ['import', 'orgs/acme/secrets'],
  doctor: ['doctor'],
  seal: ['seal', 'orgs/acme/secrets/NEW'],
  'ledger adopt': ['ledger', 'adopt', '**/secrets/KNOWN'],
}

/** The runs, by the names of the rows. */
export const RUNS = {
  push: { event: 'push', payload: REPOSITORY },
  'push, no payload': { event: 'push' },
  'push, payload no JSON': { event: 'push', payload: '<html>' },
  'push on another branch': {
    event: 'push',
    payload: REPOSITORY,
    env: { GITHUB_REF: 'refs/heads/other', GITHUB_SHA: OLD },
  },
  're-run of an old commit': { event: 'push', payload: REPOSITORY, env: { GITHUB_SHA: OLD, GITHUB_RUN_ATTEMPT: '2' } },
  schedule: { event: 'schedule', payload: { schedule: '0 6 * * *', ...REPOSITORY } },
  workflow_dispatch: { event: 'workflow_dispatch', payload: { inputs: {}, ...REPOSITORY } },
  pull_request: { event: 'pull_request', payload: { ...REPOSITORY, pull_request: pullRequest(OWN) }, env: ON_PULL },
  'pull_request of a fork': {
    event: 'pull_request',
    payload: { ...REPOSITORY, pull_request: pullRequest(FORK) },
    env: ON_PULL,
  },
  'pull_request, fork deleted': {
    event: 'pull_request',
    payload: { ...REPOSITORY, pull_request: pullRequest(null) },
    env: ON_PULL,
  },
  'pull_request, no payload': { event: 'pull_request', env: ON_PULL },
  'pull_request_target, fork': {
    event: 'pull_request_target',
    payload: { ...REPOSITORY, pull_request: pullRequest(FORK) },
  },
  'workflow_run of a fork’s pull': {
    event: 'workflow_run',
    payload: { ...REPOSITORY, workflow_run: startedRun('pull_request', FORK) },
  },
  'workflow_run of an own pull': {
    event: 'workflow_run',
    payload: {
      ...REPOSITORY,
      workflow_run: startedRun('pull_request', OWN, { head_sha: HEAD, pull_requests: [listedPull(OWN)] }),
    },
  },
  'workflow_run of a push': {
    event: 'workflow_run',
    payload: { ...REPOSITORY, workflow_run: startedRun('push', OWN) },
  },
  'issue_comment on a pull': {
    event: 'issue_comment',
    payload: { ...REPOSITORY, issue: { number: 7, pull_request: { url: 'x' } } },
  },
  merge_group: {
    event: 'merge_group',
    payload: { ...REPOSITORY, merge_group: { head_sha: HEAD, base_sha: TIP } },
    env: ON_QUEUE,
  },
} satisfies Readonly<Record<string, RunOfActions>>

/** The result of a command in a world of its own. */
export interface Cell {
  readonly code: number
  readonly sandbox: WatchedSandbox
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command as the runner would, in a new world. */
export async function runs(run: RunOfActions, args: readonly string[]): Promise<Cell> {
  const sandbox = await watchedSandbox({ seed: SEED })
  const env = { GITHUB_TOKEN: 'token-of-the-workflow', ...VALUES, ...(await actionsEnv(run)) }
  const place = await workplace(sandbox, { 'octoform.yaml': YAML }, env)
  return { sandbox, ...(await place.run(args, { stdin: 'planted-sealed' })) }
}
/** Exit code, requests, writes: `3 0 0` is refused before anything was sent. */
