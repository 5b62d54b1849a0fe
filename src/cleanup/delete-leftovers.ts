import pLimit from 'p-limit'
import { repositoryParams } from '../core/repository-name.ts'
import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import type { CleanupEntry } from './cleanup-plan.ts'
import type { RuleKind } from './policy.ts'

const BASE = '/repos/{owner}/{repo}/actions'

const DELETES: Readonly<Record<Exclude<RuleKind, 'stuck'>, { readonly route: Route; readonly param: string }>> = {
  artifacts: { route: `DELETE ${BASE}/artifacts/{artifact_id}`, param: 'artifact_id' },
  runs: { route: `DELETE ${BASE}/runs/{run_id}`, param: 'run_id' },
  logs: { route: `DELETE ${BASE}/runs/{run_id}/logs`, param: 'run_id' },
  caches: { route: `DELETE ${BASE}/caches/{cache_id}`, param: 'cache_id' },
}

const RUN: Route = `GET ${BASE}/runs/{run_id}`
const CANCEL: Route = `POST ${BASE}/runs/{run_id}/cancel`
const FORCE: Route = `POST ${BASE}/runs/{run_id}/force-cancel`

/** The routes that cleanup sends for a kind of rule. */
export function cleanupWrites(kind: RuleKind): readonly Route[] {
  return kind === 'stuck' ? [RUN, CANCEL, FORCE] : [DELETES[kind].route]
}

/** The outcome of one entry. */
export interface EntryDone {
  readonly address: string
  readonly deleted: number
  /** Those that another run, or GitHub, had deleted already. */
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
const LOOKS_MS = [1000, 2000, 4000, 8000, 15_000, 30_000]

/** Deletes the objects of entries side by side. An object that is gone already is done. */
export async function deleteLeftovers(
  entries: readonly CleanupEntry[],
  deleting: Deleting,
): Promise<readonly EntryDone[]> {
  const limit = pLimit(deleting.atOnce)
  let done = 0
  return Promise.all(
    entries.map(async (entry): Promise<EntryDone> => {
      const failed: { id: number; reason: string }[] = []
      const counts = { deleted: 0, gone: 0, left: 0 }
      const one = async (id: number): Promise<void> => {
        if (deleting.signal.aborted) {
          counts.left += 1
          return
        }
        try {
          await deleting.mayWrite()
          deleting.signal.throwIfAborted()
          counts[await end(entry, id, deleting)] += 1
        } catch (error) {
          if (deleting.signal.aborted && !(error instanceof GitHubError)) {
            counts.left += 1
            return
          }
          if (!(error instanceof GitHubError) || error.limited) throw error
          failed.push({ id, reason: error.message })
        }
        done += 1
        deleting.progress(done)
      }
      await Promise.all(entry.ids.map((id) => limit(() => one(id))))
      return { address: entry.address, ...counts, failed }
    }),
  )
}

async function end(entry: CleanupEntry, id: number, deleting: Deleting): Promise<'deleted' | 'gone'> {
  const repository = repositoryParams(`${entry.owner}/${entry.repo}`)
  if (entry.kind === 'stuck') return cancel({ ...repository, run_id: id }, deleting)
  const { route, param } = DELETES[entry.kind]
  try {
    await deleting.client.request(route, { ...repository, [param]: id })
    return 'deleted'
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return 'gone'
    throw error
  }
}

/** Cancels a run that waits, and by force where that does not take. */
async function cancel(
  params: Readonly<Record<string, string | number>>,
  { client, pause, canForce }: Deleting,
): Promise<'deleted' | 'gone'> {
  for (const route of canForce ? [CANCEL, FORCE] : [CANCEL]) {
    try {
      await client.request(route, params)
    } catch (error) {
      // It ended by itself meanwhile.
      if (error instanceof GitHubError && error.status === 409) return 'gone'
      throw error
    }
    for (const ms of LOOKS_MS) {
      const { body } = await client.request(RUN, params)
      if ((body as { readonly status?: unknown }).status === 'completed') return 'deleted'
      await pause(ms)
    }
  }
  throw new GitHubError(`Run ${params.run_id} was cancelled, and has not ended.`, { kind: 'refused', route: CANCEL })
}
