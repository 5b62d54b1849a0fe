import { getPath, isDocument } from '../core/json.ts'
import { type PullRequestOfEvent, pullRequestOf } from './pull-request-of.ts'

/**
 * The context of a run on GitHub Actions, from the runner's variables.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
export interface RunContext {
  /** `GITHUB_EVENT_NAME`; of a called workflow, the event of its caller. */
  readonly event: string
  /** `GITHUB_REPOSITORY`, as given. */
  readonly repository: string
  readonly sha: string
  /** The message of that commit, where the event's payload has it: a push does. */
  readonly headMessage?: string | undefined
  /** `GITHUB_REF`, such as `refs/heads/main`. */
  readonly ref: string
  /** As the event's payload names it; undefined where it does not. */
  readonly defaultBranch: string | undefined
  readonly runId: string
  /** From 1. */
  readonly runAttempt: number
  readonly actor: string
  /** `GITHUB_SERVER_URL`: where people look at a run. */
  readonly serverUrl: string
  /** Of events that carry a pull request, or that may carry one; undefined of all others. */
  readonly pullRequest: PullRequestOfEvent | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The context of a run; undefined outside GitHub Actions.
 * @param payload the event's, parsed; undefined where it could not be read, which leaves its facts unknown
 */
export function runContext(env: Environment, payload: unknown): RunContext | undefined {
  if (env.GITHUB_ACTIONS !== 'true') return undefined
  const run = {
    event: env.GITHUB_EVENT_NAME ?? '',
    repository: env.GITHUB_REPOSITORY ?? '',
    ref: env.GITHUB_REF ?? '',
  }
  const branch = isDocument(payload) ? getPath(payload, 'repository.default_branch') : undefined
  return {
    ...run,
    sha: env.GITHUB_SHA ?? '',
    headMessage: headMessage(payload, env.GITHUB_SHA ?? ''),
    defaultBranch: typeof branch === 'string' && branch !== '' ? branch : undefined,
    runId: env.GITHUB_RUN_ID ?? '',
    runAttempt: attemptOf(env.GITHUB_RUN_ATTEMPT),
    actor: env.GITHUB_ACTOR ?? '',
    serverUrl: env.GITHUB_SERVER_URL ?? 'https://github.com',
    pullRequest: pullRequestOf(run, payload),
  }
}

function attemptOf(text: string | undefined): number {
  const attempt = Number(text)
  return Number.isSafeInteger(attempt) && attempt > 0 ? attempt : 1
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads#push */
function headMessage(payload: unknown, sha: string): string | undefined {
  if (!isDocument(payload) || getPath(payload, 'head_commit.id') !== sha) return undefined
  const message = getPath(payload, 'head_commit.message')
  return typeof message === 'string' ? message : undefined
}
