import { comparedLedger } from '../core/plan-ledger.ts'
import { GitHubError } from '../github/errors.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { seenCounter } from '../publish/seen-counter.ts'
import type { Marker } from '../render/marker.ts'
import { knownServer } from './known-server.ts'
import type { Run } from './run.ts'

interface Seen {
  readonly run: Run
  /** The latest known version of the ledger, for the issue. */
  readonly latest: number | undefined
}

/**
 * Marks in a run's plan whether its ledger is older than the one that the open issue about drift has seen: a whole
 * older copy of it verifies, and nothing else shows that its recorded ids are old. Reads only.
 * @param place.repository of the issues; nothing is compared where it is left out
 * @param place.configuration the value of `--config`
 */
export async function sinceIssue(
  run: Run,
  { repository, configuration }: { readonly repository: string | undefined; readonly configuration: string },
): Promise<Seen> {
  if (repository === undefined) return { run, latest: undefined }
  const { ledger, planned, states } = run
  const { plan } = planned
  const about = states.map(({ owner }): Marker => ({ kind: 'drift', host: plan.host, owner, configuration }))
  const seen = await seenIn(run, repository, about)
  const ledgerView = comparedLedger(plan.ledger, ledger.counter(), seen)
  const compared = ledgerView === undefined ? plan : { ...plan, ledger: ledgerView }
  // The counter of an unsigned ledger proves nothing.
  const latest = Math.max(seen ?? 0, ledger.seal() === 'fits' ? ledger.counter() : 0)
  return { run: { ...run, planned: { ...planned, plan: compared } }, latest: latest === 0 ? undefined : latest }
}

/** Where issues cannot be read, writing them fails as well, and reports the reason once the plan is printed. */
async function seenIn(run: Run, repository: string, about: readonly Marker[]): Promise<number | undefined> {
  try {
    const server = await knownServer(run)
    const client = run.connection.home({ repository, admits: [], admitsGraphql: GRAPHQL_DOCUMENTS, server })
    return await seenCounter(client, repository, about)
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return undefined
  }
}
