import type { DesiredMember } from './desired.ts'
import type { Phase } from './directions.ts'
import type { Family, Get } from './family.ts'
import type { Document } from './json.ts'
import type { Live } from './live.ts'
import type { Change } from './plan.ts'
import type { RepositoryVisibility } from './repository.ts'
import type { Route } from './routes.ts'
import type { Scope } from './scope.ts'
import type { Send } from './send.ts'
import type { ValueAt } from './value-text.ts'

/** `owner/repo/path@ref` of each, or any. */
export type Workflows = readonly string[] | 'all'

/** A change together with the requests that make it: preview counts and apply sends the same values. */
export interface Work {
  readonly change: Change
  readonly family: Family
  readonly scope: Scope
  readonly key: string
  readonly ref: object | undefined
  readonly sends: readonly Send[]
  readonly phases: readonly Phase[]
  /** The ledger's text for a document that GitHub does not show. */
  readonly document?: string
  /** The address at which the ledger has such a member until its rename is written. */
  readonly left?: string
  /** An earlier run has begun to delete the member, which GitHub does not show: its 404 says that it is gone. */
  readonly mayBeGone?: true
  /** Undefined where no value is put, or where one is needed and the YAML has none. */
  readonly value: ValueAt | undefined
  /** How visible the repository is whose own it is. */
  readonly visibility?: RepositoryVisibility | undefined
  /** Set where all repositories may use it by its mode before or after, and not on both sides alike. */
  readonly opens?: true
  /** Repositories of the owner that the YAML writes out in a list which this writes, with their ids. */
  readonly listed?: Readonly<Record<string, number>> | undefined
  /** Teams, persons and Apps that the YAML writes out in such a list, by full name, with their ids. */
  readonly identities?: Readonly<Record<string, number>> | undefined
  /** The runners that it held before, where that was read. */
  readonly hosts?: readonly string[] | undefined
  /** Reads a secret alone, for its `updated_at`. */
  readonly single?: Route | undefined
  /** Addresses of other members at which its gains count for guards, too. */
  readonly beside?: readonly string[] | undefined
  /** Whether the member is itself a runner that leaves its group. */
  readonly leavesGroup?: boolean | undefined
  /** The names of members that go with a deleted one, such as the secrets of an environment. */
  readonly along?: readonly string[] | undefined
  /** Which branches and tags of its repository may use it, in words; null where it is not there. */
  readonly admits?: { readonly before: string | null; readonly after: string | null } | undefined
  /** The workflow file of its repository that no longer runs after it, as a path there. */
  readonly stops?: string | undefined
  /** The workflows that may run on the updated runners. */
  readonly workflows?: { readonly before: Workflows; readonly after: Workflows } | undefined
  /** The modes that the YAML's lists mean and that GitHub has already: a plan made before they were switched holds them. */
  readonly inForce?: Document
  /** The desired settings of the level above, which may hold it. */
  readonly policy?: DesiredMember | undefined
  /** Reads again the member as GitHub lists it, if it does. @throws when its list cannot be read whole */
  findListed(get: Get): Promise<Live | undefined>
  /** Of a member that another change brings: the address of that, and the member's data, once GitHub shows it. */
  readonly comesBy?: {
    readonly address: string
    /** As the plan foresees it. */
    readonly spec: object
    /** Reads it. @throws when its list cannot be read whole */
    find(get: Get): Promise<object | undefined>
  }
  /** Whether the ledger's entry held before, so that an access-only write keeps it holding. */
  readonly ledgerHolds: boolean
}

/** Whether a change sends a value: a secret's, or the text of a variable. */
export function putsValue({ sends, family }: Pick<Work, 'sends' | 'family'>): boolean {
  return sends.some(({ seals, fields }) => seals !== undefined || fields.some((path) => family.fields[path]?.text))
}
