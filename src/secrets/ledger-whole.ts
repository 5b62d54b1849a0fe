import type { Committer } from './commit.ts'
import type { Draft } from './draft.ts'
import { resignEntry, signEntry, verifyEntry } from './entry.ts'
import type { LedgerKeys } from './ledger-keys.ts'
import type { LedgerEntry } from './ledger-parts.ts'
import { isAuthenticApproval, isAuthenticId, type SealState, signApproval, signId } from './ledger-seal.ts'
import type { Proof } from './proof.ts'
import type { ValueRequest, Values } from './values.ts'

/** The ledger as a whole: by whom it is signed, and whether it is as octoform left it. */
export interface LedgerWhole {
  /** Whether octoform's entries can be verified: by the ledger key, or by a public key of the configuration. */
  readonly verifies: boolean
  /** The public key of the ledger key. */
  readonly publicKey: string | undefined
  /** Why nothing may be written: it would be signed by none of the keys that the configuration names. */
  readonly cannotSign: string | undefined
  /** The state of the document that was loaded or saved last. */
  seal(): SealState
  /** How often it was saved with a key; 0 for one that never was. */
  counter(): number
  /** The addresses of one API host that it has entries of. */
  addresses(): readonly string[]
  /**
   * Signs verified entries and ids that the current ledger key has not signed: entries with a MAC, and those signed by
   * a key that this one replaces. Saves nothing where there is nothing to sign.
   * @param sources of the values that the configuration gives, by address: a fingerprint is made anew only from the
   * value
   */
  renew(sources: ReadonlyMap<string, ValueRequest>): Promise<Renewal>
  /** Replaces a seal that does not fit, after a person's review. */
  reseal(): Promise<void>
  /** The ids of one API host that have no signature, by name. */
  unsignedIds(): ReadonlyMap<string, number>
  /** Signs the ids that have no signature, after a person's review. */
  endorse(): Promise<void>
}

export interface Renewal {
  /** How many entries had a MAC and have a signature now. */
  readonly signed: number
  /** How many have a fingerprint of the current key. */
  readonly renewed: number
  /** Entries that only the replaced key can compare: their value is not at hand. */
  readonly waiting: readonly string[]
}

export function ledgerWhole(
  committer: Committer,
  options: { readonly host: string; readonly proof: Proof; readonly values: Values; seal(): SealState },
): LedgerWhole {
  const { host, proof, values, seal } = options
  const { keys } = proof

  async function renew(sources: ReadonlyMap<string, ValueRequest>): Promise<Renewal> {
    if (keys === undefined) return { signed: 0, renewed: 0, waiting: [] }
    const state = seal()
    const made = new Map<string, { readonly of: LedgerEntry; readonly entry: LedgerEntry }>()
    const waiting: string[] = []
    let signed = 0
    let renewed = 0
    for (const [key, of] of committer.current().entries) {
      const [at = '', address = ''] = key.split(' ')
      if (verifyEntry({ host: at, address }, of, proof) !== 'good') continue
      const fresh = of.key_id === keys.id ? undefined : await fingerprintOfNow(keys, at, address, of, sources)
      if (fresh !== undefined) {
        made.set(key, { of, entry: signEntry({ host: at, address }, fresh, proof) })
        renewed += 1
      } else if (of.signature === undefined) {
        made.set(key, { of, entry: resignEntry({ host: at, address }, of, proof) })
        signed += 1
      }
      if (fresh === undefined && of.key_id !== keys.id && at === host) waiting.push(address)
    }
    await committer.commit((draft) => {
      for (const [key, { of, entry }] of made) if (draft.entries.get(key) === of) draft.entries.set(key, entry)
      const isSealedByUs = state === 'fits' && committer.current().seal?.key_id === keys.id
      const others = signOthers(draft, keys, state)
      // Seals a document without a seal, or with one of the key that this one replaces.
      const isUnsealed = state !== 'broken' && !isSealedByUs
      const isEmpty = draft.entries.size + draft.ids.size + draft.approvals.length === 0
      if (made.size > 0 || others || (isUnsealed && !isEmpty)) draft.sealing = 'open'
    })
    return { signed, renewed, waiting }
  }

  /** The entry with a fingerprint of this key, where the value at hand is the one that the replaced key knows. */
  async function fingerprintOfNow(
    keys: LedgerKeys,
    at: string,
    address: string,
    entry: LedgerEntry,
    sources: ReadonlyMap<string, ValueRequest>,
  ): Promise<LedgerEntry | undefined> {
    if (entry.fingerprint === undefined) return entry
    const former = proof.known.find(({ id }) => id === entry.key_id)
    const value = at === host ? sources.get(address) : undefined
    if (former === undefined || value === undefined) return undefined
    const { fingerprint_of, ...rest } = entry
    const known = await values.fingerprint(value, { host, address: fingerprint_of ?? address }, former)
    if (known !== entry.fingerprint) return undefined
    const fingerprint = await values.fingerprint(value, { host, address }, keys)
    return fingerprint === undefined ? undefined : { ...rest, fingerprint }
  }

  /** Ids and approvals that another known key signed. @returns whether there were any */
  function signOthers(draft: Draft, { id: ours }: LedgerKeys, state: SealState): boolean {
    let any = false
    for (const [key, id] of draft.ids) {
      if (id.key_id === ours || !isAuthenticId(key, id, proof, state)) continue
      draft.ids.set(key, signId(key, id.id, proof))
      any = true
    }
    for (const [index, approval] of draft.approvals.entries()) {
      if (approval.key_id === ours || !isAuthenticApproval(approval, proof)) continue
      draft.approvals[index] = signApproval(approval, proof)
      any = true
    }
    return any
  }

  return {
    verifies: proof.verifies,
    publicKey: keys?.publicKey,
    cannotSign: whyNotSigned(proof),
    seal,
    counter: () => committer.current().seal?.counter ?? 0,
    addresses: () =>
      [...committer.current().entries.keys()].flatMap((key) => {
        const [of, address] = key.split(' ')
        return of === host && address !== undefined ? [address] : []
      }),
    unsignedIds: () =>
      new Map(
        [...committer.current().ids].flatMap(([key, { id, signature }]): [string, number][] => {
          const [of, name] = key.split(' ')
          return of === host && name !== undefined && signature === undefined ? [[name, id]] : []
        }),
      ),
    renew,
    reseal: () =>
      committer.commit((draft) => {
        draft.sealing = 'anew'
      }),
    endorse: () =>
      committer.commit((draft) => {
        for (const [key, id] of draft.ids) {
          if (id.signature === undefined && key.startsWith(`${host} `)) draft.ids.set(key, signId(key, id.id, proof))
        }
        draft.sealing = 'open'
      }),
  }
}

function whyNotSigned({ keys, expected }: Proof): string | undefined {
  if (expected.length === 0) return undefined
  const why = 'The configuration has a public_key of the ledger'
  const what = 'what this run wrote would count as altered. Nothing was written'
  if (keys === undefined) return `${why}, and OCTOFORM_LEDGER_KEY is not set: ${what}.`
  if (expected.includes(keys.publicKey)) return undefined
  return `${why} that is not the one of OCTOFORM_LEDGER_KEY: ${what}; octoform ledger key prints the public key of the key that is set.`
}
