import type { Route } from '../core/routes.ts'
import type { Client } from '../github/client.ts'
import { endpoint } from '../github/endpoints.ts'
import { type CacheOfRun, heldCaches } from './held-caches.ts'
import { LONGEST_RUN_MS } from './measures.ts'
import type { Leftover, Leftovers } from './objects.ts'
import type { RuleKind } from './policy.ts'

const BASE = '/repos/{owner}/{repo}/actions'
const ARTIFACTS: Route = `GET ${BASE}/artifacts`
const RUNS: Route = `GET ${BASE}/runs`
const CACHES: Route = `GET ${BASE}/caches`

interface ArtifactAnswer {
  readonly id: number
  readonly name: string
  readonly size_in_bytes: number
  readonly created_at: string | null
  readonly expired: boolean
  readonly workflow_run?: { readonly id?: number } | null
}

interface RunAnswer {
  readonly id: number
  readonly workflow_id: number
  readonly head_branch: string | null
  readonly status: string | null
  readonly conclusion: string | null
  readonly created_at: string
  /** Of the latest attempt; `created_at` is of the first. Older servers do not say. */
  readonly run_started_at?: string | null
  readonly updated_at: string
  readonly event?: string | null
  readonly pull_requests?: readonly { readonly number?: number }[] | null
}

interface CacheAnswer {
  readonly id?: number
  readonly ref?: string
  readonly key?: string
  readonly created_at?: string
  readonly size_in_bytes?: number
}

type ListedCache = Leftover & CacheOfRun

type RepositoryParams = Readonly<Record<'owner' | 'repo', string>>

/**
 * The objects of a repository that these kinds of rules choose from. Each list is read to its end, or the whole repository
 * is not read.
 * @param now milliseconds since 1970
 * @throws GitHubError where a list could not be read whole
 */
export async function readLeftovers(
  client: Client,
  repository: RepositoryParams,
  kinds: readonly RuleKind[],
  now: number,
): Promise<Leftovers> {
  const wants = (...some: readonly RuleKind[]): boolean => kinds.some((kind) => some.includes(kind))
  const list = async <T>(route: Route): Promise<readonly T[]> => {
    const { envelope, perPage } = endpoint(route)
    return client.paginate<T>(route, repository, envelope, perPage)
  }
  const [artifacts, listedRuns, caches] = await Promise.all([
    wants('artifacts') ? list<ArtifactAnswer>(ARTIFACTS) : [],
    wants('runs', 'logs', 'stuck') ? list<RunAnswer>(RUNS) : undefined,
    wants('caches') ? list<CacheAnswer>(CACHES) : [],
  ])
  const leftArtifacts = artifacts.filter(({ expired }) => !expired).map(ofArtifact)
  const leftCaches = caches.flatMap(ofCache)
  // One that is older than any run can be is of none that goes on: then no run need be read.
  const isYoung = [...leftArtifacts, ...leftCaches].some(({ at }) => now - at <= LONGEST_RUN_MS)
  const runs = listedRuns ?? (isYoung ? await list<RunAnswer>(RUNS) : undefined)
  return {
    artifacts: leftArtifacts,
    runs: (listedRuns ?? []).map(ofRun),
    caches: leftCaches,
    going: runs && new Set(runs.filter(({ status }) => status !== 'completed').map(({ id }) => id)),
    heldCaches: heldCaches(runs ?? [], leftCaches),
  }
}

const NO_RUN = { group: '', branch: '', conclusion: '', status: '', run: undefined }

function ofArtifact({ id, name, size_in_bytes: bytes, created_at: made, workflow_run: run }: ArtifactAnswer): Leftover {
  return { ...NO_RUN, id, name, bytes, at: timeOf(made), group: name, run: run?.id }
}

function ofRun({ id, workflow_id: workflow, head_branch: branch, ...run }: RunAnswer): Leftover {
  const status = run.status ?? ''
  // A run waits since its latest attempt was asked for; one that has ended is as old as its end.
  const at = timeOf(status === 'queued' ? (run.run_started_at ?? run.updated_at) : run.updated_at)
  const group = String(workflow)
  return { id, at, bytes: 0, name: '', group, branch: branch ?? '', conclusion: run.conclusion ?? '', status, run: id }
}

function ofCache({ id, key, ref, created_at: made, size_in_bytes: bytes }: CacheAnswer): readonly ListedCache[] {
  if (id === undefined || made === undefined) return []
  return [{ ...NO_RUN, id, name: key ?? '', bytes: bytes ?? 0, at: timeOf(made), ref: ref ?? '' }]
}

/** In milliseconds since 1970. An object without a time was made just now, as far as is known. */
function timeOf(text: string | null | undefined): number {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at
}
