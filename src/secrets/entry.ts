import type { LedgerKeys } from './keys.ts'
import type { LedgerEntry } from './ledger-file.ts'

/** Whose entry it is. The host keeps a trial on a sandbox apart from GitHub's own entries. */
export interface EntryOf {
  readonly host: string
  readonly address: string
}

/** Entries and repositories are found by this; neither an API host nor an address contains a space. */
export function entryKey(of: EntryOf): string {
  return `${of.host} ${of.address}`
}

/** Adds the key's id and the MAC; without keys the entry has neither, nor a fingerprint. */
export function signEntry(of: EntryOf, entry: LedgerEntry, keys: LedgerKeys | undefined): LedgerEntry {
  const { source, fingerprint, fingerprint_of, written_at } = entry
  const date = written_at === undefined ? {} : { written_at }
  if (keys === undefined || fingerprint === undefined) return { source, ...date }
  const moved = fingerprint_of === undefined || fingerprint_of === of.address ? {} : { fingerprint_of }
  const signed = { source, fingerprint, ...moved, key_id: keys.id, ...date }
  return { ...signed, mac: macOf(of, signed, keys) }
}

/**
 * Whether the entry is as octoform wrote it. `unkeyed` where nothing can be said: no ledger key now, none then, or
 * another one. octoform writes no fingerprint without a MAC: where only the MAC is gone, somebody took it out. Where both
 * are, the entry is as one written without a key; a change from outside is still seen by its date.
 */
export function verifyEntry(of: EntryOf, entry: LedgerEntry, keys: LedgerKeys | undefined): 'good' | 'bad' | 'unkeyed' {
  if (keys === undefined) return 'unkeyed'
  if (entry.mac === undefined) return entry.fingerprint === undefined ? 'unkeyed' : 'bad'
  if (entry.mac === macOf(of, entry, keys)) return entry.key_id === keys.id ? 'good' : 'bad'
  // It fits our key and only claims to be of another: somebody wants it not to be compared.
  if (entry.mac === macOf(of, { ...entry, key_id: keys.id }, keys)) return 'bad'
  return entry.key_id === undefined || entry.key_id === keys.id ? 'bad' : 'unkeyed'
}

function macOf(of: EntryOf, entry: LedgerEntry, keys: LedgerKeys): string {
  const { source, fingerprint, fingerprint_of, key_id, written_at } = entry
  const moved = fingerprint_of === undefined ? [] : [fingerprint_of]
  return keys.mac([of.host, of.address, source, fingerprint, key_id, written_at, ...moved])
}

/**
 * The entry at the address of now. Without the value a fingerprint cannot be made anew: it stays that of the old address. What
 * is not verified is moved as it is, and is not verified there either.
 */
export function moveEntry(entry: LedgerEntry, from: EntryOf, to: EntryOf, keys: LedgerKeys | undefined): LedgerEntry {
  if (verifyEntry(from, entry, keys) !== 'good') return entry
  return signEntry(to, { fingerprint_of: from.address, ...entry }, keys)
}
