/**
 * The facts about one secret from the ledger and from the value at hand; collected before planning, so that planning
 * stays pure.
 */
export interface SecretFacts {
  /**
   * The source of the last value written (`env:NAME`, `file:PATH`), with its version; undefined without a ledger entry.
   */
  readonly source?: string
  /** GitHub's `Date` of our last write, ISO 8601; undefined while a write is not known to have ended. */
  readonly written_at?: string
  /**
   * Whether the entry is as octoform wrote it. `unsigned`: it should be signed and is not; `unverified`: there is
   * neither a ledger key nor a public key to verify it.
   */
  readonly proof?: 'good' | 'altered' | 'unsigned' | 'unverified'
  /** The entry is of another repository, which had the name before. */
  readonly foreign?: true
  /** Of a member that GitHub does not show: the id by which it is written. */
  readonly id?: number
  /** The value at hand against the entry's fingerprint. */
  readonly value: 'same' | 'differs' | 'not compared'
}

export type SecretState =
  | { readonly state: 'unknown' }
  | { readonly state: 'put again'; readonly reason: string; readonly asked: boolean }
  | { readonly state: 'unchanged'; readonly compared: boolean }

/** `updated_at` has whole seconds and the answer's `Date` may lie before it: a difference up to this is our own write. */
const OWN_WRITE_MS = 2000

/**
 * The state of a secret that is on GitHub and whose value octoform sets: the first that holds.
 * @param updatedAt GitHub's `updated_at`
 * @param rotate whether `--rotate` names it
 */
export function secretState(facts: SecretFacts, updatedAt: string | undefined, rotate: 'rotate' | 'keep'): SecretState {
  const asked = rotate === 'rotate'
  if (facts.source === undefined) {
    return asked ? { state: 'put again', reason: 'asked for by --rotate', asked } : { state: 'unknown' }
  }
  const reason = reasonToPut(facts, updatedAt) ?? (asked ? 'asked for by --rotate' : undefined)
  if (reason !== undefined) return { state: 'put again', reason, asked }
  return { state: 'unchanged', compared: facts.value === 'same' }
}

function reasonToPut(facts: SecretFacts, updatedAt: string | undefined): string | undefined {
  if (facts.foreign) return 'its name is another repository than the ledger knows'
  if (facts.written_at === undefined) return 'an earlier write was interrupted'
  if (facts.proof === 'altered') return 'its ledger entry was altered'
  if (facts.proof === 'unsigned') return 'its ledger entry was altered: it has no signature'
  if (changedOutside(facts.written_at, updatedAt)) return 'changed outside'
  if (facts.value === 'differs') return 'the value changed at its source'
  return undefined
}

/** Whether GitHub's `updated_at` is later than our write can explain. */
function changedOutside(writtenAt: string, updatedAt: string | undefined): boolean {
  if (updatedAt === undefined) return false
  const later = Date.parse(updatedAt) - Date.parse(writtenAt)
  return Number.isNaN(later) || later > OWN_WRITE_MS
}
