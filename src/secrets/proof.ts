import type { Fields, LedgerKeys } from './ledger-keys.ts'

/** A signature, and the id of its key. */
export interface Signed {
  readonly key_id?: string
  readonly signature?: string
}

/** Distinguishes octoform's entries from those that others wrote or changed. */
export interface Proof {
  /** Signs; undefined without a ledger key. */
  readonly keys: LedgerKeys | undefined
  /** Whether anything can be verified: there is a key, or a public key in the configuration. */
  readonly verifies: boolean
  /** The public keys of the configuration. Where it has one, the ledger was signed as a whole before. */
  readonly expected: readonly string[]
  /** The keys at hand, the one that was replaced among them. */
  readonly known: readonly LedgerKeys[]
  /** Whether one of the keys made this signature. */
  isSigned(fields: Fields, signature: string): boolean
  /** A hash of texts that are not secret, which a seal is over. Only where something can be verified. */
  hash(fields: Fields): string
  /** The id of the key, and its signature over the fields; nothing without a key. `by` is one of `known`, else `keys`. */
  sign(fields: (keyId: string) => Fields, by?: LedgerKeys): Signed
}

/**
 * @param options.previous the key that `keys` replaces
 * @param options.publicKeys of the configuration
 */
export async function ledgerProof(options: {
  readonly keys: LedgerKeys | undefined
  readonly previous?: LedgerKeys | undefined
  readonly publicKeys?: readonly string[]
}): Promise<Proof> {
  const { keys, previous, publicKeys = [] } = options
  const known = [keys, previous].filter((key) => key !== undefined)
  const trusted = [...new Set([...known.map(({ publicKey }) => publicKey), ...publicKeys])]
  const signatures = trusted.length === 0 ? undefined : await (await import('./ledger-keys.ts')).openSignatures()
  return {
    keys,
    known,
    verifies: trusted.length > 0,
    expected: publicKeys,
    isSigned: (fields, signature) =>
      signatures !== undefined && trusted.some((key) => signatures.isSignedBy(key, fields, signature)),
    hash(fields) {
      if (signatures === undefined) throw new Error('Bug: a ledger that nothing can verify was to be hashed.')
      return signatures.hash(fields)
    },
    sign: (fields, by = keys) => (by === undefined ? {} : { key_id: by.id, signature: by.sign(fields(by.id)) }),
  }
}
