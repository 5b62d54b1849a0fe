import { entryKey, verifyEntry } from './entry.ts'
import type { LedgerDocument } from './ledger-file.ts'
import type { Approval, LedgerId } from './ledger-parts.ts'
import type { Proof } from './proof.ts'

/**
 * Whether a ledger as a whole is as octoform left it. `unverified`: no key can verify it. `open`: it was never sealed.
 * `former`: never sealed, and as an older octoform left it, each entry with a MAC that fits; the ids, which that
 * version never signed, can be trusted once. `broken`: lines were taken out or put in, or its seal was.
 */
export type SealState = 'fits' | 'unverified' | 'open' | 'former' | 'broken'

export function sealState(document: LedgerDocument, proof: Proof): SealState {
  if (!proof.verifies) return 'unverified'
  const { seal, entries, ids, approvals, journal } = document
  if (journal?.keyId !== undefined) return journal.state
  if (seal !== undefined) {
    const isOurs = seal.signature !== undefined && proof.isSigned(sealFields(seal), seal.signature)
    return isOurs && seal.hash === hashOfKeys(document, proof) ? 'fits' : 'broken'
  }
  if (entries.size + ids.size + approvals.length === 0) return 'open'
  const signed = [...entries.values(), ...ids.values(), ...approvals].some(({ signature }) => signature !== undefined)
  if (signed) return 'broken'
  if (document.former && isWholeByMacs(document, proof)) return 'former'
  return proof.expected.length > 0 ? 'broken' : 'open'
}

/** A configuration with a public key expects signatures: without them at least one MAC must be there and fit. */
function isWholeByMacs({ entries }: LedgerDocument, proof: Proof): boolean {
  if (proof.expected.length > 0 && entries.size === 0) return false
  return [...entries].every(([key, entry]) => {
    const [host = '', address = ''] = key.split(' ')
    return verifyEntry({ host, address }, entry, proof) === 'good'
  })
}

/**
 * Seals a document before it is saved. A seal that does not fit stays until a person has reviewed the ledger: the next
 * apply would otherwise accept that an id was taken out, and the name be free for another repository.
 * @param loaded the document that the new one comes from
 * @param sealing `anew` after a person's review; it makes nothing else valid, as each entry and id has a signature
 */
export function sealed(
  next: LedgerDocument,
  loaded: LedgerDocument,
  proof: Proof,
  sealing: 'open' | 'anew' | undefined,
): LedgerDocument {
  if (proof.keys === undefined) return next
  const state = sealState(loaded, proof)
  if (state === 'broken' && sealing !== 'anew') return next
  const ids = state === 'former' ? signUnsigned(next.ids, proof) : next.ids
  return withSeal({ ...next, ids }, (loaded.seal?.counter ?? 0) + 1, proof)
}

/** The document with a seal over the keys that it has now, as the save that its last line stands for would have made it. */
export function resealed(document: LedgerDocument, proof: Proof): LedgerDocument {
  return withSeal(document, document.seal?.counter ?? 0, proof)
}

function withSeal(document: LedgerDocument, counter: number, proof: Proof): LedgerDocument {
  const bare = { counter, hash: hashOfKeys(document, proof) }
  return { ...document, seal: { ...bare, ...proof.sign((key_id) => sealFields({ ...bare, key_id })) } }
}

/** Signs the ids that have no signature. One that has a wrong one stays as it is. */
function signUnsigned(ids: ReadonlyMap<string, LedgerId>, proof: Proof): ReadonlyMap<string, LedgerId> {
  return new Map([...ids].map(([key, id]) => [key, id.signature === undefined ? signId(key, id.id, proof) : id]))
}

/** @param key host and name */
export function signId(key: string, id: number, proof: Proof): LedgerId {
  return { id, ...proof.sign((key_id) => idFields(key, { id, key_id })) }
}

/** Whether octoform signed an id; with no key to verify it, each id is accepted. */
export function isAuthenticId(key: string, id: LedgerId, proof: Proof, state: SealState): boolean {
  if (state === 'unverified' || state === 'broken') return state === 'unverified'
  if (id.signature === undefined) return state === 'former'
  return proof.isSigned(idFields(key, id), id.signature)
}

export function isAuthenticApproval(approval: Approval, proof: Proof): boolean {
  return approval.signature !== undefined && proof.isSigned(approvalFields(approval), approval.signature)
}

export function signApproval({ digest, allow, reason }: Approval, proof: Proof): Approval {
  const bare = { digest, allow, reason }
  return { ...bare, ...proof.sign((key_id) => approvalFields({ ...bare, key_id })) }
}

export function nameKey(host: string, name: string): string {
  return entryKey({ host, address: name })
}

function hashOfKeys({ entries, ids, approvals }: LedgerDocument, proof: Proof): string {
  const spent = approvals.map(({ digest, allow, reason }) => JSON.stringify([digest, [...allow].sort(), reason]))
  const lists = [[...entries.keys()], [...ids.keys()], spent]
  return proof.hash(lists.flatMap((keys) => [String(keys.length), ...keys.sort()]))
}

function sealFields({ counter, hash, key_id }: { counter: number; hash: string; key_id?: string }) {
  return ['seal', String(counter), hash, key_id]
}

function idFields(key: string, { id, key_id }: LedgerId) {
  return ['id', key, String(id), key_id]
}

function approvalFields({ digest, allow, reason, key_id }: Approval) {
  return ['approval', digest, reason, key_id, ...allow]
}
