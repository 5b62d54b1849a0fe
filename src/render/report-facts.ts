import type { FailedRun } from '../core/failed-run.ts'
import type { Plan } from '../core/plan.ts'

/**
 * A comment or an issue takes 65,536 characters, and releases differ in how they count them: so many bytes are safe.
 */
export const REPORT_BYTES = 60_000

/** The facts of a report beside the plan. */
export interface ReportFacts {
  /** The page of the job's run, with its summary. */
  readonly runUrl?: string | undefined
  /** The commit whose configuration was planned. */
  readonly commit?: string | undefined
  /**
   * The web page with the files of that commit, below which the paths of the configuration lie; undefined where there
   * is none.
   */
  readonly files?: string | undefined
  /** The web page of that commit. */
  readonly commitUrl?: string | undefined
  /** Where people look at what the API host of that name has; undefined where that is not known. */
  readonly web?: { readonly url: string; readonly apiHost: string } | undefined
  /** When GitHub was read, in ISO 8601; undefined where that is not known. */
  readonly at?: string | undefined
  /** Where the page of the whole report can be had; undefined where none is saved. */
  readonly pageUrl?: string | undefined
  /** `whole` where no check run has the digest, so that a comment must have all of it. */
  readonly digest?: 'whole' | undefined
  /** The value of `--config`. */
  readonly configuration: string
  /**
   * `counts` where more people may read the report than the names in it: names become counts, public repositories
   * aside, and values are left out.
   */
  readonly audience: 'full' | 'counts'
  /**
   * The least number of times that the ledger had been saved with a key: an issue about drift keeps it, to detect an
   * older copy.
   */
  readonly ledgerCounter?: number | undefined
  /** Of an issue: keys of the owners and repositories that it is about, as its marker holds them. */
  readonly units?: string | undefined
  /** The failure that makes the plan unreliable. */
  readonly failed?: FailedRun | undefined
  /** The changes of the base commit's configuration, against the same live state. */
  readonly base?: Plan | undefined
  /** Whether apply writes nothing, for a reason that is not in the plan. */
  readonly refused?: boolean | undefined
}
