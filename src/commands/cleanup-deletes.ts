import { localRunLock, runLock } from '../apply/run-lock.ts'
import { type CleanupEntry, type CleanupPlan, stillChosen } from '../cleanup/cleanup-plan.ts'
import { cleanupWrites, type DeletedAll, deleteLeftovers, type EntryDone } from '../cleanup/delete-leftovers.ts'
import type { RuleKind } from '../cleanup/policy.ts'
import { has } from '../github/endpoints.ts'
import { assumedProduct } from '../github/product.ts'
import { holderText } from '../lock/holder-text.ts'
import { whileHeld } from '../lock/while-held.ts'
import type { CleanupRun } from '../run/cleanup-run.ts'
import { contextOf } from '../run/context-of.ts'
import type { RunFlags } from '../run/flags.ts'
import type { Io } from '../run/io.ts'

/** On one machine another run ends soon. */
const LOCK_WAIT_MS = 10 * 60_000

export interface ConfirmedDeletes {
  /** As it was shown and confirmed. */
  readonly plan: CleanupPlan
  readonly flags: RunFlags & {
    /** Milliseconds to wait for another run. */
    readonly lockTimeout?: number
  }
  /** Chooses once more: a run that held the lock meanwhile may have changed what there is. */
  readonly again: () => Promise<CleanupRun>
}

/**
 * Deletes the objects of a plan under the lock of applies. A signal that ends the process has it bring to an end what has begun.
 * @returns the outcome, or why the plan does not hold any more
 */
export async function deleteUnderLock(
  io: Io,
  { run }: CleanupRun,
  { plan, flags, again }: ConfirmedDeletes,
): Promise<DeletedAll | { readonly differs: string }> {
  const { connection, configuration } = run
  const context = await contextOf(io)
  const { ledger } = configuration
  const lock = 'repository' in ledger ? runLock(connection, ledger, context) : localRunLock(ledger, context)
  const stop = new AbortController()
  void io.stopped().then(() => {
    io.stderr('Stopping: what has begun is brought to its end. A second signal ends it at once.\n')
    stop.abort()
    io.pace.stop()
  })
  const { version: seen = '' } = await lock.look()
  // The lock of a run that is dead is taken over at once; only one that went on may have changed what there is since the choice.
  let hasWaited = false
  const held = await lock.acquire({
    timeoutMs: flags.lockTimeout ?? ('repository' in ledger ? 0 : LOCK_WAIT_MS),
    seen,
    onWait: (holder) => {
      hasWaited = true
      io.stderr(`Waiting for the lock, which ${holderText(holder)} holds.\n`)
    },
    signal: stop.signal,
  })
  const work = async (): Promise<DeletedAll | { readonly differs: string }> => {
    const options = { flags, stop, stillMine: () => held.stillMine() }
    if (!hasWaited) return deleteAll(io, run, plan.entries, options)
    const now = await again()
    const chosen = stillChosen(plan, now.plan, now.absence)
    if ('differs' in chosen) return chosen
    const done = await deleteAll(io, run, chosen.entries, options)
    return { ...done, outcome: [...done.outcome, ...unreadNow(io, plan, now.plan)] }
  }
  return whileHeld(held, work, (message) => io.stderr(`${message}\n`))
}

/** Of a plan, the entries whose repository could be read then and not now: they are left, and the reason is printed. */
function unreadNow(io: Io, plan: CleanupPlan, now: CleanupPlan): readonly EntryDone[] {
  return now.not_read.flatMap(({ scope, reason }) => {
    const left = plan.entries.filter(({ address }) => address.startsWith(`${scope}/`))
    if (left.length > 0) io.stderr(`not read: ${scope}: ${reason}\n`)
    return left.map(({ address, ids }) => ({ address, deleted: 0, gone: 0, failed: [], left: ids.length }))
  })
}

/** Owner by owner. */
async function deleteAll(
  io: Io,
  { connection, configuration }: CleanupRun['run'],
  entries: readonly CleanupEntry[],
  {
    flags,
    stop,
    stillMine,
  }: { readonly flags: RunFlags; readonly stop: AbortController; readonly stillMine: () => Promise<boolean> },
): Promise<DeletedAll> {
  const outcome: EntryDone[] = []
  let ended: DeletedAll['ended']
  for (const owner of new Set(entries.map((each) => each.owner))) {
    const own = entries.filter((each) => each.owner === owner && each.ids.length > 0)
    if (ended !== undefined) {
      for (const { address, ids } of own) outcome.push({ address, deleted: 0, gone: 0, failed: [], left: ids.length })
      continue
    }
    const server = await connection.server(owner)
    const product = assumedProduct(server, configuration.github.product)
    const kinds = [...new Set(own.map(({ kind }): RuleKind => kind))]
    const operates = [...new Set(kinds.flatMap(cleanupWrites))].filter((route) => has(product, route))
    const scopes = own.map(({ repo }) => ({ owner, repo }))
    const credential = await connection.credential(owner)
    const results = await deleteLeftovers(own, {
      client: connection.operator(credential, server, { operates, scopes }),
      atOnce: flags.parallelism,
      signal: stop.signal,
      mayWrite: async () => {
        if (!(await stillMine())) stop.abort()
      },
      pause: connection.pause,
      canForce: operates.some((route) => route.endsWith('/force-cancel')),
      progress: (count) => io.status?.(`deleted ${count}`),
    })
    for (const each of results.outcome) outcome.push(each)
    ended = results.ended
  }
  return { outcome, ended }
}
