import { hostname, userInfo } from 'node:os'
import type { RunContext } from '../event/run-context.ts'
import { attemptState } from '../github/run-attempt.ts'
import { serverTime } from '../github/server-clock.ts'
import { localLock } from '../lock/local-lock.ts'
import { type Lock, openLock } from '../lock/lock.ts'
import type { Holder } from '../lock/lock-document.ts'
import { attemptUrl } from '../report/report-facts.ts'
import type { Connection } from '../run/connect.ts'
import { type LocalLedger, type SharedLedger, sharedFile } from '../run/ledger-store.ts'

/**
 * The lock of all runs that share a ledger: a file beside it on the same branch. Sends nothing yet.
 * @param context undefined outside GitHub Actions
 */
export function runLock(connection: Connection, ledger: SharedLedger, context: RunContext | undefined): Lock {
  const { repository } = ledger
  const reader = (of: string) => connection.home({ repository: of, admits: [] })
  return openLock({
    file: sharedFile({ ...ledger, path: `${ledger.path}.lock.json` }, connection),
    me: holderOf(context),
    holderEnded: async ({ run }) => (run === undefined ? 'unknown' : attemptState(reader, run)),
    now: () => serverTime(reader(repository), repository),
  })
}

/** The lock of all applies on this machine that have the same ledger file; it lies beside it. */
export function localRunLock({ path }: LocalLedger, context: RunContext | undefined): Lock {
  return localLock(`${path}.apply.lock`, holderOf(context))
}

function holderOf(context: RunContext | undefined): Holder {
  // Without the run's number GitHub cannot be asked about it: signs of life replace that.
  if (context === undefined || !/^\d+$/.test(context.runId)) return { actor: userName(), host: hostname() }
  const { repository, runId, runAttempt, actor } = context
  const url = attemptUrl(context)
  return { actor, host: hostname(), run: { repository, run_id: runId, run_attempt: runAttempt, url } }
}

/** A container may run as a user that the system has no name for. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
