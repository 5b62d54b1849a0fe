import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A run as GitHub's runner starts it. */
export interface RunOfActions {
  readonly event: string
  /** Written as JSON; text is written as it is; undefined: there is no such file. */
  readonly payload?: unknown
  /** The differences from a run of the default branch of `acme/admin`. */
  readonly env?: Readonly<Record<string, string>>
}

/** The tip of the default branch, which runs are of unless they say otherwise. */
export const TIP = 'a'.repeat(40)
/** The last commit of the pull request that payloads carry. */
export const HEAD = 'b'.repeat(40)

/**
 * The variables of a run in GitHub Actions. Payload and job summary are files in a folder that goes with the test.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
export async function actionsEnv({ event, payload, env = {} }: RunOfActions): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-run-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'event.json')
  if (payload !== undefined) await writeFile(path, typeof payload === 'string' ? payload : JSON.stringify(payload))
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: path,
    GITHUB_REPOSITORY: 'acme/admin',
    GITHUB_SHA: TIP,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_ACTOR: 'mona',
    GITHUB_SERVER_URL: 'https://github.example.com',
    GITHUB_WORKFLOW_REF: 'acme/admin/.github/workflows/octoform.yml@refs/heads/main',
    RUNNER_ENVIRONMENT: 'github-hosted',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    ...env,
  }
}

/** A payload's `pull_request`: number 7, of `acme/admin`; the head repository is null where its fork was deleted. */
export function pullRequest(head: string | null, headSha = HEAD): object {
  return {
    number: 7,
    head: { ref: 'topic', sha: headSha, repo: head === null ? null : { full_name: head } },
    base: { ref: 'main', sha: TIP, repo: { full_name: 'acme/admin' } },
  }
}

/** The part that every payload has: the repository and its default branch. */
export const REPOSITORY = { repository: { full_name: 'acme/admin', default_branch: 'main' } }
