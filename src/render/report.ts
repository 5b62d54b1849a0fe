import type { ChangeOutcome, Outcome } from '../core/outcome.ts'
import type { Plan } from '../core/plan.ts'
import { stableJson } from './stable-json.ts'

/** The facts of an apply's report beside its outcome. */
export interface AuditFacts {
  /** The run on GitHub Actions; undefined outside. */
  readonly run:
    | {
        /** `owner/name` of the repository that the run is of. */
        readonly repository: string
        readonly id: string
        readonly attempt: number
        readonly url: string
      }
    | undefined
  /** The commit whose configuration was applied. */
  readonly commit: string | undefined
  /** The account that started the run. */
  readonly actor: string | undefined
  /** When the run began and ended, in ISO 8601. */
  readonly started: string
  readonly ended: string
  /** The source of the times: GitHub, by its answers' `Date`, or the machine. */
  readonly clock: 'github' | 'machine'
  /**
   * The values of `--allow`, such as `deletions=14`: the guards that the run went past; approvals by lines of the YAML
   * are in the plan.
   */
  readonly allow: readonly string[]
}

/**
 * The result of an apply for auditors: JSON. It has the names of fields, and neither values nor their sources; each
 * write can be found again by GitHub's id of its request.
 */
export function renderReport(outcome: Outcome, plan: Plan, facts: AuditFacts): string {
  const { run, commit, actor, started, ended, clock, allow } = facts
  const ids = new Map(plan.changes.map((change) => [change.address, change]))
  return stableJson({
    format_version: '1.0',
    host: outcome.host,
    digest: outcome.digest,
    complete: outcome.complete,
    counts: outcome.counts,
    commit: commit ?? null,
    actor: actor ?? null,
    run: run ?? null,
    started,
    ended,
    clock,
    allow,
    ...(plan.approved ? { approved: plan.approved } : {}),
    flags: plan.flags,
    not_read: plan.not_read,
    held_back: plan.held_back.map(({ address, field, reason }) => ({ address, field, reason })),
    changes: outcome.changes.map((change) => {
      const { owner_id = null, repository_id = null } = ids.get(change.address) ?? {}
      return { ...entryOf(change), owner_id, repository_id }
    }),
  })
}

function entryOf(change: ChangeOutcome): object {
  const { address, action, status, done, not_done, request_ids, at, error } = change
  return { address, action, outcome: status, done, not_done, at: at ?? null, request_ids, error: error ?? null }
}
