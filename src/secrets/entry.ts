import type { SecretFacts } from '../core/secret-state.ts'
import type { Fields, LedgerKeys } from './ledger-keys.ts'
import type { LedgerEntry } from './ledger-parts.ts'
import type { Proof } from './proof.ts'

/** Whose entry it is. The host keeps a trial on a sandbox apart from GitHub's own entries. */
export interface EntryOf {
  readonly host: string
  readonly address: string
}

/** Entries and ids are found by this; neither an API host nor an address contains a space. */
export function entryKey(of: EntryOf): string {
  return `${of.host} ${of.address}`
}

/**
 * Adds the key's id and the signature; without a key the entry has neither, nor a fingerprint.
 * @param by the signing key, where it is not the current ledger key
 */
export function signEntry(of: EntryOf, entry: LedgerEntry, proof: Proof, by?: LedgerKeys): LedgerEntry {
  const { source, fingerprint, fingerprint_of, written_at, id } = entry
  const date = { ...(written_at === undefined ? {} : { written_at }), ...(id === undefined ? {} : { id }) }
  if (proof.keys === undefined) return { source, ...date }
  const moved = fingerprint_of === undefined || fingerprint_of === of.address ? {} : { fingerprint_of }
  const compared = fingerprint === undefined ? {} : { fingerprint, ...moved }
  const signed = { source, ...compared, ...date }
  return { ...signed, ...proof.sign((key_id) => fieldsOf(of, { ...signed, key_id }), by) }
}

/**
 * Signs an entry that was verified, after a change of it. A fingerprint is useless without the key that made it: it
 * stays where that key is at hand, and is left out otherwise.
 */
export function resignEntry(of: EntryOf, entry: LedgerEntry, proof: Proof): LedgerEntry {
  const { fingerprint: _, fingerprint_of: __, ...bare } = entry
  const maker = proof.known.find(({ id }) => id === entry.key_id)
  return maker === undefined ? signEntry(of, bare, proof) : signEntry(of, entry, proof, maker)
}

/**
 * Whether the entry is as octoform wrote it. `unverified` where there is nothing to verify it by; `unsigned` where it has
 * neither signature nor MAC, be it written without a key or stripped of them.
 */
export function verifyEntry(of: EntryOf, entry: LedgerEntry, proof: Proof): NonNullable<SecretFacts['proof']> {
  if (!proof.verifies) return 'unverified'
  if (entry.signature !== undefined) return proof.isSigned(fieldsOf(of, entry), entry.signature) ? 'good' : 'altered'
  if (entry.mac === undefined) return 'unsigned'
  // An entry of an older octoform, which only a key can verify.
  return proof.known.some((keys) => keys.mac(macFields(of, entry)) === entry.mac) ? 'good' : 'altered'
}

/**
 * Signs an entry for its address after a rename. Without the value a fingerprint cannot be made anew: it stays that of
 * the old address. An unverified entry is moved unchanged, and stays unverified.
 */
export function moveEntry(entry: LedgerEntry, from: EntryOf, to: EntryOf, proof: Proof): LedgerEntry {
  if (proof.keys === undefined || verifyEntry(from, entry, proof) !== 'good') return entry
  return resignEntry(to, { fingerprint_of: from.address, ...entry }, proof)
}

function fieldsOf(of: EntryOf, entry: LedgerEntry): Fields {
  const { source, fingerprint, fingerprint_of, key_id, written_at, id } = entry
  // Entries of older versions have no id, and their signatures hold.
  const known = id === undefined ? [] : [`id ${id}`]
  return ['entry', of.host, of.address, source, fingerprint, fingerprint_of, key_id, written_at, ...known]
}

function macFields(of: EntryOf, entry: LedgerEntry): Fields {
  return [of.host, of.address, entry.source, entry.fingerprint, entry.key_id, entry.written_at]
}
