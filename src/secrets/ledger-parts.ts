import type { Signed } from './proof.ts'

/** The ledger's record of one secret that octoform wrote. No field holds a value or helps to guess one. */
export interface LedgerEntry extends Signed {
  /** The source of the value: `env:NAME` or `file:PATH`. */
  readonly source: string
  /** Keyed hash of API host, address and value; absent where there was no ledger key. */
  readonly fingerprint?: string
  /** The address that `fingerprint` is of, where its repository was renamed since. */
  readonly fingerprint_of?: string
  /** The id of the ledger key that made `fingerprint`, and `signature` over all the rest, API host and address too. */
  readonly key_id?: string
  /** `Date` of GitHub's answer to our last write, ISO 8601; absent from before the write until its answer. */
  readonly written_at?: string
  /** Of a member that GitHub does not show: the id that it answered when the member was created, or that a person told. */
  readonly id?: number
  /** Written by older versions in place of a signature: a keyed hash, which needs the key to be verified. */
  readonly mac?: string
}

/** The numeric id that GitHub had behind a name when octoform wrote there, or wrote that name into a list. */
export interface LedgerId extends Signed {
  readonly id: number
}

/** An approval of the configuration that an apply has used up. */
export interface Approval extends Signed {
  /** Of the plan that it was for. */
  readonly digest: string
  /** As `--allow` takes them. */
  readonly allow: readonly string[]
  readonly reason: string
}

export function isEntry(fields: Record<string, unknown>): fields is Record<string, unknown> & LedgerEntry {
  const texts = ['fingerprint', 'fingerprint_of', 'key_id', 'written_at', 'mac', 'signature'].map(
    (field) => fields[field],
  )
  const hasId = fields.id === undefined || isId(fields.id)
  return (
    typeof fields.source === 'string' && hasId && texts.every((text) => text === undefined || typeof text === 'string')
  )
}

export function isApproval(fields: Record<string, unknown>): fields is Record<string, unknown> & Approval {
  const { digest, allow, reason } = fields
  const isAllow = Array.isArray(allow) && allow.every((word) => typeof word === 'string')
  return typeof digest === 'string' && typeof reason === 'string' && isAllow && isSigned(fields)
}

export function isSigned(fields: Record<string, unknown>): fields is Record<string, unknown> & Signed {
  return [fields.key_id, fields.signature].every((text) => text === undefined || typeof text === 'string')
}

export function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}
