import sodium from 'libsodium-wrappers'

/** The keys that are derived from the ledger key. They stay in the closure, so that they cannot be printed. */
export interface LedgerKeys {
  /** Distinguishes ledger keys and reveals nothing about them. */
  readonly id: string
  /** Keyed BLAKE2b over host, address and value, in base64. */
  fingerprint(host: string, address: string, value: Uint8Array): string
  /** Keyed BLAKE2b over the fields, in base64; an absent field differs from an empty one. Read in older ledgers. */
  mac(fields: Fields): string
  /** In base64, as written in the YAML: it verifies signatures without the ledger key. */
  readonly publicKey: string
  /** Ed25519 over the fields, in base64. */
  sign(fields: Fields): string
}

/** The signed texts; an absent field differs from an empty one. */
export type Fields = readonly (string | undefined)[]

/** Verifies and hashes by libsodium, which takes a hundredth of a second to load: runs without a key of the ledger do without. */
export interface Signatures {
  /** @param publicKey and signature in base64; malformed text verifies nothing */
  isSignedBy(publicKey: string, fields: Fields, signature: string): boolean
  /** BLAKE2b over the texts, without a key, in base64: for texts that are not secret. */
  hash(fields: Fields): string
}

export async function openSignatures(): Promise<Signatures> {
  await sodium.ready
  return { isSignedBy, hash: plainHash }
}

/** libsodium wants exactly 8 bytes; a context of its own for each purpose keeps the derived keys unrelated. */
const CONTEXT = { id: 'octof-id', fingerprint: 'octof-fp', mac: 'octofmac', signature: 'octofsig' } as const
const HASH_BYTES = 32
const ID_BYTES = 16

/** @param text 32 bytes in base64 */
export async function keysFrom(text: string): Promise<LedgerKeys> {
  await sodium.ready
  const master = sodium.from_base64(text, sodium.base64_variants.ORIGINAL)
  const id = sodium.to_hex(sodium.crypto_kdf_derive_from_key(ID_BYTES, 1, CONTEXT.id, master))
  const fingerprintKey = sodium.crypto_kdf_derive_from_key(HASH_BYTES, 1, CONTEXT.fingerprint, master)
  const macKey = sodium.crypto_kdf_derive_from_key(HASH_BYTES, 1, CONTEXT.mac, master)
  const seed = sodium.crypto_kdf_derive_from_key(HASH_BYTES, 1, CONTEXT.signature, master)
  const pair = sodium.crypto_sign_seed_keypair(seed)
  sodium.memzero(master)
  sodium.memzero(seed)
  return {
    id,
    publicKey: toBase64(pair.publicKey),
    sign: (fields) => toBase64(sodium.crypto_sign_detached(frame(fields), pair.privateKey)),
    fingerprint: (host, address, value) => hash([host, address, value], fingerprintKey),
    mac: (fields) => hash(fields, macKey),
  }
}

function hash(fields: readonly (string | Uint8Array | undefined)[], key: Uint8Array): string {
  const digest = sodium.crypto_generichash(HASH_BYTES, frame(fields), key)
  return toBase64(digest)
}

function toBase64(bytes: Uint8Array): string {
  return sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL)
}

function plainHash(fields: Fields): string {
  return toBase64(sodium.crypto_generichash(HASH_BYTES, frame(fields), null))
}

function isSignedBy(publicKey: string, fields: Fields, signature: string): boolean {
  const [key, given] = [publicKey, signature].map((text) => Buffer.from(text, 'base64'))
  if (key?.length !== sodium.crypto_sign_PUBLICKEYBYTES || given?.length !== sodium.crypto_sign_BYTES) return false
  return sodium.crypto_sign_verify_detached(given, frame(fields), key)
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
