import type { FailedRun } from '../core/failed-run.ts'
import type { Plan } from '../core/plan.ts'

/**
 * A comment or an issue takes 65,536 characters, and releases differ in what they count as one: so many bytes are safe.
 */
export const REPORT_BYTES = 60_000

/** What a report tells beside the plan. */
export interface ReportFacts {
  /** The page of the job's run, with its summary. */
  readonly runUrl?: string | undefined
  /** The commit whose configuration was planned. */
  readonly commit?: string | undefined
  /** Where GitHub shows the files of that commit, below which the paths of the configuration lie; undefined where it does not. */
  readonly files?: string | undefined
  /** What `--config` named. */
  readonly configuration: string
  /**
   * `counts` where more people may read the report than what it would name: names become counts, public repositories
   * aside, and values are left out.
   */
  readonly audience: 'full' | 'counts'
  /** How often the ledger had been saved with a key, at least: an issue about drift keeps it, to tell an older copy. */
  readonly ledgerCounter?: number | undefined
  /** Why nobody may rely on the plan. */
  readonly failed?: FailedRun | undefined
  /** What the base commit's configuration would change, against the same live state. */
  readonly base?: Plan | undefined
  /** Whether apply writes nothing, for a reason that does not stand in the plan. */
  readonly refused?: boolean | undefined
}
