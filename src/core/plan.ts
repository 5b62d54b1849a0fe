import type { Operation } from 'fast-json-patch'
import type { Ids } from './change-ids.ts'
import type { Consequence, RunnerMove } from './consequence.ts'
import type { Diagnostic, Source } from './diagnostic.ts'
import type { HeldBack } from './held-back.ts'
import type { Document } from './json.ts'
import type { NoLongerManaged } from './no-longer-managed.ts'
import type { PassedOver } from './passed-over.ts'
import type { PlanLedger } from './plan-ledger.ts'
import type { Reach } from './reach-table.ts'
import { isPart, type Rolling } from './rolling.ts'

export const FORMAT_VERSION = '1.0'

export type Action = 'create' | 'update' | 'delete'

/** A repository that a change gives or takes access. */
export interface AccessTo {
  readonly repository: string
  readonly visibility: 'public' | 'private' | 'internal'
  /** `named`: written out in the YAML; `matched`: by a glob, a selector, a set, or a switch that covers many. */
  readonly via: 'named' | 'matched'
  /** Of `matched`: by which fact, and who can bring it about, such as `topic: java, set by the repository's maintainers`. */
  readonly by?: string
}

/** The repositories that gain and lose access by a change, public ones first. */
export interface Access {
  readonly gains: readonly AccessTo[]
  readonly loses: readonly AccessTo[]
}

/** One change of the plan: plain data, the same that is shown, saved, compared and executed. */
export interface Change {
  readonly address: string
  readonly action: Action
  /** The managed fields as GitHub has them; null for a create. Of a delete, the whole live document. */
  readonly before: Document | null
  /** The managed fields as they will be; null for a delete. */
  readonly after: Document | null
  /** RFC 6902, from `before` to `after`; empty where only a value is put again, a create or a delete. */
  readonly patch: readonly Operation[]
  /** Why, in words. */
  readonly reason: string
  /** The place in the YAML that caused it. */
  readonly source: Source | null
  /** GitHub's numeric ids, so that a name that came to mean something else is noticed. An enterprise has none. */
  readonly owner_id: number | null
  readonly repository_id: number | null
  /**
   * By name, such as `acme/web` in lower case: every repository that is in just one of the lists of `before` and
   * `after`. Left out where there is none.
   */
  readonly ids?: Ids
  /** Whether the secret's value is put. `again`: though nothing else differs; `rotate`: because `--rotate` asked. */
  readonly value: 'put' | 'again' | 'rotate' | null
  /** Fields whose change gives access, by dotted path. */
  readonly widens: readonly string[]
  readonly access: Access
  /** Side effects of the change on GitHub. */
  readonly consequences: readonly Consequence[]
  readonly notes: readonly string[]
  /** Runners that change groups by it; left out where none does. Not in the digest. */
  readonly runner_moves?: readonly RunnerMove[]
  /** GitHub does not show what it has now, so that `before` lacks what is not known. Not in the digest. */
  readonly hidden?: true
}

/** Something that could not be read. Nothing is planned there. */
export interface NotRead {
  /** A scope (`orgs/acme`) or a section (`orgs/acme/secrets`). */
  readonly scope: string
  readonly reason: string
  /** The first of its families that could not be read, where it was one. */
  readonly family?: string
}

/** A guard that a plan trips: `plan` marks it, `apply` refuses. */
export interface Tripped {
  readonly guard: 'max_deletions' | 'max_revocations' | 'max_runner_moves' | 'never_public' | 'protect' | 'self'
  readonly message: string
  /** The flag that goes past it, such as `--allow deletions=14`. */
  readonly flag: string
  readonly addresses: readonly string[]
  /** In the plan of one owner: the number of other owners' addresses that are counted here. */
  readonly elsewhere?: number
}

/** A guard that a plan trips, and lines under `approvals` let it go past. */
export interface Approved extends Omit<Tripped, 'flag'> {
  readonly by: readonly { readonly source: Source; readonly reason: string }[]
}

/** The approval that would let the plan go past its guards. */
export interface Approve {
  /** The file that the lines are for. */
  readonly file: string
  /** The place of `approvals` in it, where they are an entry of that list; null where they begin it. */
  readonly under: Source | null
  /** YAML, exactly. */
  readonly lines: readonly string[]
  /** The flags that the approved run must have, too. */
  readonly flags: readonly string[]
}

/** Settings that the plan leaves as they are because the YAML does not mention them, counted by section. */
export interface LeftAlone {
  readonly section: string
  /** Members on GitHub that are not mentioned; null where the whole family is not, so that nothing of it was read. */
  readonly members: number | null
  /** The first ten of these members, by name; left out where there are none. */
  readonly names?: readonly string[]
  /** Fields of mentioned members that are not mentioned themselves. */
  readonly fields: number
}

export interface ValueNeeded {
  /** `env:NAME` or `file:PATH`. */
  readonly source: string
  readonly addresses: readonly string[]
}

/** The flags that decide the content of a plan. */
export interface PlanFlags {
  readonly owner: readonly string[]
  readonly target: readonly string[]
  readonly rotate: readonly string[]
}

/** Plain JSON: every renderer prints it, `--out` saves it and `apply` executes it. */
export interface Plan {
  readonly format_version: typeof FORMAT_VERSION
  /** The API's host with port and path, such as `api.github.com` or `github.example.com/api/v3`. */
  readonly host: string
  readonly complete: boolean
  readonly digest: string
  readonly changes: readonly Change[]
  readonly not_read: readonly NotRead[]
  readonly diagnostics: readonly Diagnostic[]
  /**
   * Desired settings that stay as they are because of GitHub's present state. Not in the digest; plans of older
   * versions lack it.
   */
  readonly held_back: readonly HeldBack[]
  readonly tripped: readonly Tripped[]
  /** Left out where nothing is; plans of older versions are without it. */
  readonly approved?: readonly Approved[]
  /** Lines under `approvals` that hold until they are removed, because no ledger is kept between runs. */
  readonly lasting_approvals?: readonly Source[]
  /** Left out where nothing is tripped, or the digest of the whole plan is not known yet. */
  readonly approve?: Approve
  readonly values_needed: readonly ValueNeeded[]
  readonly secrets: {
    /** Addresses whose value cannot be compared: no ledger entry. */
    readonly unknown: readonly string[]
    /** Addresses with an entry, whose value is not at hand or has no comparable fingerprint. */
    readonly not_compared: readonly string[]
    /** Whether changes at the source can be seen at all: whether there is a ledger key. */
    readonly keyed: boolean
  }
  /** Left out where the ledger has no findings. Not in the digest. */
  readonly ledger?: PlanLedger
  readonly left_alone: readonly LeftAlone[]
  /** Addresses of the configuration in archived repositories, which cannot be written; missing where there are none. */
  readonly archived?: readonly string[]
  /** The patterns of the configuration that pass over archived repositories; missing where there are none. Not in the digest. */
  readonly passed_over?: readonly PassedOver[]
  /**
   * The addresses that the base commit's configuration manages and this one does not; missing where there are none, or
   * without `--base`. Not in the digest.
   */
  readonly no_longer_managed?: readonly NoLongerManaged[]
  /**
   * Sentences about changes of the governing rules against the base commit; missing like the above. Not in the digest.
   */
  readonly governs?: readonly string[]
  /**
   * The part of everything that a rolling run read; missing where a run is none. What it did not read stands in
   * `left_out`, and is not known to be as the configuration says. Not in the digest.
   */
  readonly rolling?: Rolling
  /** Addresses or scopes that `--owner` and `--target` leave out, and sections of the parts that a rolling run reads on other days. */
  readonly left_out: readonly string[]
  readonly flags: PlanFlags
  /** The number of requests that applying takes. */
  readonly requests: number
  /** The reach of every managed member before and after. Not in the digest: plans of older versions lack it. */
  readonly reach?: Reach
}

export interface Counts {
  readonly add: number
  readonly change: number
  readonly delete: number
}

/** How many changes of each kind; a value put again counts as a change. */
export function countChanges(changes: readonly Change[]): Counts {
  const of = (action: Action): number => changes.filter((change) => change.action === action).length
  return { add: of('create'), change: of('update'), delete: of('delete') }
}

/**
 * Whether a plan has no error, and covers everything that the run was to compare: an incomplete one does not show that
 * nothing differs.
 */
export function isWholePlan({
  complete,
  diagnostics,
  rolling,
}: Pick<Plan, 'complete' | 'diagnostics'> & { readonly rolling?: Rolling | undefined }): boolean {
  return (
    complete && !isPart(rolling) && !diagnostics.some(({ severity, held_back }) => severity === 'error' || held_back)
  )
}
