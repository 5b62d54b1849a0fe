import pLimit from 'p-limit'
import { repositoryParams } from '../core/repository-name.ts'
import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { property } from '../github/shape.ts'
import type { CleanupEntry } from './cleanup-plan.ts'
import { GONE_READS, isGone } from './is-gone.ts'
import type { RuleKind } from './policy.ts'

const BASE = '/repos/{owner}/{repo}/actions'

const DELETES: Readonly<Record<Exclude<RuleKind, 'stuck'>, { readonly route: Route; readonly param: string }>> = {
  artifacts: { route: `DELETE ${BASE}/artifacts/{artifact_id}`, param: 'artifact_id' },
  runs: { route: `DELETE ${BASE}/runs/{run_id}`, param: 'run_id' },
  logs: { route: `DELETE ${BASE}/runs/{run_id}/logs`, param: 'run_id' },
  caches: { route: `DELETE ${BASE}/caches/{cache_id}`, param: 'cache_id' },
}

const REPOSITORY: Route = 'GET /repos/{owner}/{repo}'
const RUN: Route = `GET ${BASE}/runs/{run_id}`
const CANCEL: Route = `POST ${BASE}/runs/{run_id}/cancel`
const FORCE: Route = `POST ${BASE}/runs/{run_id}/force-cancel`

/** The routes that cleanup sends for a kind of rule. */
export function cleanupWrites(kind: RuleKind): readonly Route[] {
  return [...GONE_READS[kind], ...(kind === 'stuck' ? [CANCEL, FORCE] : [DELETES[kind].route])]
}

/** The outcome of one entry. */
export interface EntryDone {
  readonly address: string
  readonly deleted: number
  /** Those that were deleted already, and stuck runs that wait no more. */
  readonly gone: number
  readonly failed: readonly { readonly id: number; readonly reason: string }[]
  /** Those that were not begun, because the run was stopped. */
  readonly left: number
}

export interface Deleting {
  readonly client: Client
  /** Requests in flight. */
  readonly atOnce: number
  readonly signal: AbortSignal
  /** Asked before each write; it aborts the signal where another run has the lock. */
  readonly mayWrite: () => Promise<void>
  readonly pause: (ms: number) => Promise<void>
  /** Whether the product can cancel by force. */
  readonly canForce: boolean
  readonly progress: (done: number) => void
}

/** Between two looks at a run that was cancelled: a minute in all. */
const LOOKS_MS = [1000, 2000, 4000, 8000, 15_000, 30_000, 0]

/** The outcomes, and the fault after which none was begun. */
export interface DeletedAll {
  readonly outcome: readonly EntryDone[]
  readonly ended: GitHubError | undefined
}

/** Deletes the objects of entries side by side. An object that is gone already is done. */
export async function deleteLeftovers(entries: readonly CleanupEntry[], deleting: Deleting): Promise<DeletedAll> {
  const limit = pLimit(deleting.atOnce)
  const refuseOther = refusingOthers(deleting.client)
  let done = 0
  let ended: GitHubError | undefined
  const outcome = await Promise.all(
    entries.map(async (entry): Promise<EntryDone> => {
      const failed: { id: number; reason: string }[] = []
      const counts = { deleted: 0, gone: 0, left: 0 }
      const one = async (id: number): Promise<void> => {
        if (deleting.signal.aborted || ended !== undefined) {
          counts.left += 1
          return
        }
        try {
          await refuseOther(entry)
          await deleting.mayWrite()
          deleting.signal.throwIfAborted()
          counts[await end(entry, id, deleting)] += 1
        } catch (error) {
          const isGitHubs = error instanceof GitHubError
          if (!isGitHubs && !deleting.signal.aborted) throw error
          // Each further one would meet the same limit, or wait in vain for the network.
          if (isGitHubs && (error.limited || (error.kind === 'unavailable' && error.status === undefined)))
            ended ??= error
          if (!isGitHubs || error.limited) {
            counts.left += 1
            return
          }
          failed.push({ id, reason: error.message })
        }
        done += 1
        deleting.progress(done)
      }
      await Promise.all(entry.ids.map((id) => limit(() => one(id))))
      return { address: entry.address, ...counts, failed }
    }),
  )
  return { outcome, ended }
}

/**
 * Looks once at each repository, just before its first write: routes go by name, and since its lists were read another may
 * have taken that. @throws GitHubError where it is another one now
 */
function refusingOthers(client: Client): (entry: CleanupEntry) => Promise<void> {
  const ids = new Map<string, Promise<unknown>>()
  return async ({ owner, repo, repository_id: id }) => {
    const name = `${owner}/${repo}`
    const asked = ids.get(name) ?? client.request(REPOSITORY, { owner, repo }).then(({ body }) => property(body, 'id'))
    ids.set(name, asked)
    if ((await asked) === id) return
    throw new GitHubError(`${name} is another repository since its lists were read.`, {
      kind: 'refused',
      route: REPOSITORY,
    })
  }
}

async function end(entry: CleanupEntry, id: number, deleting: Deleting): Promise<'deleted' | 'gone'> {
  const repository = repositoryParams(`${entry.owner}/${entry.repo}`)
  try {
    if (entry.kind === 'stuck') return await cancel({ ...repository, run_id: id }, deleting)
    const { route, param } = DELETES[entry.kind]
    await deleting.client.request(route, { ...repository, [param]: id })
    return 'deleted'
  } catch (error) {
    // A run that ended by itself meanwhile has nothing to cancel.
    if (error instanceof GitHubError && entry.kind === 'stuck' && error.status === 409) return 'gone'
    if (!(error instanceof GitHubError) || error.status !== 404) throw error
    if (await isGone(deleting.client, entry, id)) return 'gone'
    throw new GitHubError(`${error.message} It is still there: the credential may see it, and not delete it.`, {
      kind: 'refused',
      route: error.route,
      status: 404,
    })
  }
}

/**
 * Cancels a run that still waits, and by force where that does not take. Looked at just before: meanwhile a runner may have
 * taken it, or it has ended.
 * @throws the signal's reason where the run of cleanup is stopped while it waits
 */
async function cancel(
  params: Readonly<Record<string, string | number>>,
  { client, pause, canForce, signal }: Deleting,
): Promise<'deleted' | 'gone'> {
  const status = async (): Promise<unknown> => {
    const { body } = await client.request(RUN, params)
    return (body as { readonly status?: unknown }).status
  }
  if ((await status()) !== 'queued') return 'gone'
  for (const route of canForce ? [CANCEL, FORCE] : [CANCEL]) {
    signal.throwIfAborted()
    await client.request(route, params)
    for (const ms of LOOKS_MS) {
      if ((await status()) === 'completed') return 'deleted'
      signal.throwIfAborted()
      await Promise.race([pause(ms), aborted(signal)])
    }
  }
  throw new GitHubError(`Run ${params.run_id} was cancelled, and has not ended.`, { kind: 'refused', route: CANCEL })
}

/** Resolves once the signal is aborted. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
