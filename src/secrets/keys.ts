import sodium from 'libsodium-wrappers'
import { SetupError } from '../core/setup-error.ts'

/** What is derived from the ledger key. The keys themselves stay in the closure: nothing can print them. */
export interface LedgerKeys {
  /** Tells one ledger key from another and reveals nothing about it. */
  readonly id: string
  /** Keyed BLAKE2b over host, address and value, in base64. */
  fingerprint(host: string, address: string, value: Uint8Array): string
  /** Keyed BLAKE2b over the fields, in base64; an absent field differs from an empty one. */
  mac(fields: readonly (string | undefined)[]): string
}

/** libsodium wants exactly 8 bytes; a context of its own for each purpose keeps the derived keys unrelated. */
const CONTEXT = { id: 'octof-id', fingerprint: 'octof-fp', mac: 'octofmac' } as const
const HASH_BYTES = 32
const ID_BYTES = 16
/** 32 bytes in base64; the last character before `=` has two bits to spare, which must be zero. */
const KEY = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

/**
 * Reads `OCTOFORM_LEDGER_KEY`: 32 bytes in base64, as `openssl rand -base64 32` prints them.
 * @returns undefined where it is not set or empty: a workflow without access to the secret gets an empty variable
 * @throws for anything else, without repeating it
 */
export async function deriveKeys(text: string | undefined): Promise<LedgerKeys | undefined> {
  const trimmed = text?.trim()
  if (!trimmed) return undefined
  if (!KEY.test(trimmed)) {
    throw new SetupError(
      'OCTOFORM_LEDGER_KEY is not a ledger key: it must be 32 bytes in base64, as "openssl rand -base64 32" prints them',
    )
  }
  await sodium.ready
  const master = sodium.from_base64(trimmed, sodium.base64_variants.ORIGINAL)
  const id = sodium.to_hex(sodium.crypto_kdf_derive_from_key(ID_BYTES, 1, CONTEXT.id, master))
  const fingerprintKey = sodium.crypto_kdf_derive_from_key(HASH_BYTES, 1, CONTEXT.fingerprint, master)
  const macKey = sodium.crypto_kdf_derive_from_key(HASH_BYTES, 1, CONTEXT.mac, master)
  sodium.memzero(master)
  return {
    id,
    fingerprint: (host, address, value) => hash([host, address, value], fingerprintKey),
    mac: (fields) => hash(fields, macKey),
  }
}

function hash(fields: readonly (string | Uint8Array | undefined)[], key: Uint8Array): string {
  const digest = sodium.crypto_generichash(HASH_BYTES, frame(fields), key)
  return sodium.to_base64(digest, sodium.base64_variants.ORIGINAL)
}

/** Each field behind its length, so that no two lists of fields give the same bytes. */
function frame(fields: readonly (string | Uint8Array | undefined)[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const field of fields) {
    const bytes = Buffer.from(field ?? '')
    const head = Buffer.alloc(5)
    head.writeUInt8(field === undefined ? 0 : 1)
    head.writeUInt32LE(bytes.length, 1)
    parts.push(head, bytes)
  }
  return Buffer.concat(parts)
}
