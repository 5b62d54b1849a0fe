import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import { property } from '../github/shape.ts'
import type { CleanupEntry } from './cleanup-plan.ts'
import type { RuleKind } from './policy.ts'

const BASE = '/repos/{owner}/{repo}/actions'
const REPOSITORY: Route = 'GET /repos/{owner}/{repo}'
const ARTIFACT: Route = `GET ${BASE}/artifacts/{artifact_id}`
const RUN: Route = `GET ${BASE}/runs/{run_id}`
const LOGS: Route = `GET ${BASE}/runs/{run_id}/logs`
const CACHES: Route = `GET ${BASE}/caches`

/** The routes that {@link isGone} sends for a kind of rule. */
export const GONE_READS: Readonly<Record<RuleKind, readonly Route[]>> = {
  artifacts: [REPOSITORY, ARTIFACT],
  runs: [REPOSITORY, RUN],
  logs: [REPOSITORY, RUN, LOGS],
  caches: [REPOSITORY, CACHES],
  stuck: [REPOSITORY, RUN],
}

/**
 * Whether an object is there no more, for which GitHub answered 404: so it answers too where a credential may not see or do
 * something. The object is looked at, and where it is not shown, its repository.
 * @throws GitHubError where the repository is not shown any more, or is another one
 */
export async function isGone(client: Client, entry: CleanupEntry, id: number): Promise<boolean> {
  if (await isShown(client, entry, id)) return false
  const { owner, repo, repository_id: known } = entry
  const { body } = await client.request(REPOSITORY, { owner, repo })
  if (property(body, 'id') === known) return true
  throw new GitHubError(`${owner}/${repo} is another repository since its lists were read.`, {
    kind: 'refused',
    route: REPOSITORY,
  })
}

async function isShown(client: Client, { kind, owner, repo }: CleanupEntry, id: number): Promise<boolean> {
  const params = { owner, repo }
  try {
    if (kind === 'caches') {
      const { envelope, perPage } = endpoint(CACHES)
      const listed = await client.paginate<{ readonly id?: number }>(CACHES, params, envelope, perPage)
      return listed.some((each) => each.id === id)
    }
    if (kind === 'artifacts') {
      const { body } = await client.request(ARTIFACT, { ...params, artifact_id: id })
      return property(body, 'expired') !== true
    }
    await client.request(RUN, { ...params, run_id: id })
    if (kind === 'logs') await client.locate(LOGS, { ...params, run_id: id })
    return true
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 404 || error.status === 410)) return false
    throw error
  }
}
