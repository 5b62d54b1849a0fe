import { HEAD, pullRequest, REPOSITORY, type RunOfActions, TIP } from '../support/github-actions.ts'
import { LEDGER_KEY } from '../support/octoform.ts'
import type { Asked, WatchedSandbox } from '../support/watched-sandbox.ts'

export const HOME = 'acme/admin'
/** The merge of the pull request. */
const MERGED = 'c'.repeat(40)
/** Planted so that tests can look for it. */
export const VALUE = 'planted-value-of-NEW'

/** The organization's configuration: one thing to add, one to change, one to delete. */
export const YAML = `version: 1
ledger: { repository: ${HOME}, branch: octoform, path: ledger.json }
organizations:
  acme:
    secrets:
      NEW: { visibility: private, value: { env: NEW_VALUE } }
      SHARED: { visibility: selected, repositories: [web] }
      OLD: absent
`

/** The tokens of the jobs, each with the permissions of the example workflows. */
export const PLAN_JOB = { OCTOFORM_TOKEN: 'reading', GITHUB_TOKEN: 'ghs_plan_job' }
export const APPLY_JOB = {
  OCTOFORM_TOKEN: 'writing',
  GITHUB_TOKEN: 'ghs_apply_job',
  OCTOFORM_LEDGER_KEY: LEDGER_KEY,
  NEW_VALUE: VALUE,
}
export const DRIFT_JOB = { OCTOFORM_TOKEN: 'reading', GITHUB_TOKEN: 'ghs_drift_job' }

export const TOKENS = {
  reading: { read_only: true },
  // The test's own, too.
  writing: {},
  owner: {},
  ghs_plan_job: { workflow: HOME, permissions: { contents: 'read', pull_requests: 'write', checks: 'write' } },
  ghs_apply_job: {
    workflow: HOME,
    permissions: { contents: 'write', pull_requests: 'write', checks: 'read', actions: 'read' },
  },
  ghs_drift_job: { workflow: HOME, permissions: { contents: 'read', issues: 'write' } },
  ghs_silent_job: { workflow: HOME, permissions: { contents: 'write', checks: 'read', actions: 'read' } },
}

/** The organization before, with a repository in which a pull request is open. */
export const ACME = {
  repositories: {
    admin: {
      branches: { main: TIP, topic: HEAD },
      pull_requests: { 7: { head: { ref: 'topic', sha: HEAD }, base: 'main' } },
    },
    web: { visibility: 'public' },
    api: {},
  },
  secrets: {
    OLD: { visibility: 'all', value: 'old' },
    SHARED: { visibility: 'selected', repositories: ['api'], value: 'shared' },
  },
}

export const SEED = { organizations: { acme: ACME }, tokens: TOKENS }

/** Someone opens the pull request, or pushes to it. */
export function ofPullRequest(action: 'opened' | 'synchronize', headSha = HEAD): RunOfActions {
  const payload = { action, number: 7, pull_request: pullRequest(HOME, headSha), ...REPOSITORY }
  // The merge that GitHub makes of head and base, which is neither's commit.
  return { event: 'pull_request', payload, env: { GITHUB_SHA: 'e'.repeat(40), GITHUB_REF: 'refs/pull/7/merge' } }
}

/** Someone merges it. */
export function ofPush(sha = MERGED): RunOfActions {
  return { event: 'push', payload: { ref: 'refs/heads/main', after: sha, ...REPOSITORY }, env: { GITHUB_SHA: sha } }
}

export const ofSchedule: RunOfActions = { event: 'schedule', payload: { schedule: '17 5 * * *', ...REPOSITORY } }

export async function merge(sandbox: WatchedSandbox, sha = MERGED): Promise<void> {
  const merged = { owner: 'acme', repository: 'admin', number: 7, merge_commit_sha: sha }
  const { status, body } = await sandbox.call('POST', '/_sandbox/merge', merged)
  if (status !== 200) throw new Error(`the sandbox does not merge: ${JSON.stringify(body)}`)
}

/** The repository that octoform runs in, as the sandbox has it. */
export interface HomeState {
  readonly pull_requests?: Readonly<Record<string, { readonly comments: readonly Comment[] }>>
  readonly issues?: Readonly<Record<string, Issue>>
  readonly check_runs?: readonly CheckRun[]
  readonly files?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface Comment {
  readonly id: number
  readonly user: string
  readonly body: string
}

export interface Issue {
  readonly title: string
  readonly body: string
  readonly state: string
  readonly user: string
}

export interface CheckRun {
  readonly name: string
  readonly head_sha: string
  readonly external_id: string
  readonly conclusion?: string
  readonly app: string
  readonly output?: { readonly summary: string; readonly text?: string }
}

export interface OrganizationState {
  readonly secrets: Readonly<Record<string, Secret>>
  readonly repositories: { readonly admin: HomeState }
}

interface Secret {
  readonly visibility: string
  readonly value: string
  readonly repositories?: readonly string[]
}

export function acmeIn(sandbox: WatchedSandbox): OrganizationState {
  return (sandbox.state() as { organizations: { acme: OrganizationState } }).organizations.acme
}

/** The requests that change administered settings; the others are of the repository octoform runs in. */
export function administers(sandbox: WatchedSandbox): readonly Asked[] {
  return sandbox.asked.filter(({ method, path }) => {
    return method !== 'GET' && path !== '/graphql' && !path.startsWith(`/repos/${HOME}/`)
  })
}

/** All writes but reports: comments, issues, and the reads of their authors. */
export function untold(sandbox: WatchedSandbox): readonly string[] {
  return sandbox.writes().filter((write) => !/ \/graphql$| \/repos\/[^ ]+\/issues\b/.test(write))
}
