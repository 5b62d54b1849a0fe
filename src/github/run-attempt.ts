import { isRepositoryName, repositoryParams } from '../core/repository-name.ts'
import type { Client } from './client.ts'
import { GitHubError } from './errors.ts'

/** One attempt of a workflow run. */
export interface RunAttempt {
  /** `owner/name`. */
  readonly repository: string
  readonly run_id: string
  /** From 1 on. */
  readonly run_attempt: number
}

/**
 * Reads whether an attempt of a workflow run has ended. A run is shown as its latest attempt is, and a later attempt
 * begins only after the one before has ended, so that one request suffices on every product; GHES 2.22 knows no
 * attempts.
 * https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
 * @param clientOf gives a client that may read a repository
 * @returns `unknown` where GitHub's answer does not decide: 404 may be a run that was deleted, or one that the token
 * may not see
 */
export async function attemptState(
  clientOf: (repository: string) => Client,
  attempt: RunAttempt,
): Promise<'ended' | 'running' | 'unknown'> {
  if (!isRepositoryName(attempt.repository) || !/^\d{1,18}$/.test(attempt.run_id)) return 'unknown'
  try {
    const { body } = await clientOf(attempt.repository).request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
      ...repositoryParams(attempt.repository),
      run_id: attempt.run_id,
    })
    return stateOf(body, attempt.run_attempt)
  } catch (error) {
    if (error instanceof GitHubError) return 'unknown'
    throw error
  }
}

function stateOf(body: unknown, attempt: number): 'ended' | 'running' | 'unknown' {
  const { status, run_attempt } = (body ?? {}) as { readonly status?: unknown; readonly run_attempt?: unknown }
  if (typeof status !== 'string') return 'unknown'
  const latest = typeof run_attempt === 'number' ? run_attempt : attempt
  if (latest < attempt) return 'unknown'
  return latest > attempt || status === 'completed' ? 'ended' : 'running'
}
