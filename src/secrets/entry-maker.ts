import { isSameValue, parseValueText, valueText } from '../core/value-text.ts'
import type { Mutation } from './draft.ts'
import { type EntryOf, entryKey, resignEntry, signEntry, verifyEntry } from './entry.ts'
import type { LedgerEntry } from './ledger-parts.ts'
import type { Proof } from './proof.ts'
import type { ValueRequest, Values } from './values.ts'

/** A value that is about to be put. */
export interface Put {
  readonly address: string
  readonly value: ValueRequest
}

/** A secret that is on GitHub, and of which the ledger knows nothing. */
export interface FoundValue extends Put {
  /** GitHub's `updated_at`. */
  readonly updatedAt: string
}

/** Makes the entries of each step of a write. */
export interface EntryMaker {
  /** Before the write. @throws where the value is not at hand */
  begun(put: Put): Promise<LedgerEntry>
  /** After it. */
  completed(address: string, begun: LedgerEntry, date: string): LedgerEntry
  /** After a write of access alone. */
  touched(address: string, date: string): Mutation
  /**
   * Without the value, or without a key, there is no fingerprint: a change at the source will not be seen.
   * @param recorded the source that an entry has already; where it is another one, the value at hand does not belong to
   * it
   */
  adopted(found: FoundValue, recorded?: string): Promise<LedgerEntry>
}

/** Entries of one API host, signed where there is a ledger key. */
export function entryMaker(options: {
  readonly host: string
  readonly proof: Proof
  readonly values: Values
}): EntryMaker {
  const { host, proof, values } = options

  async function made(of: EntryOf, value: ValueRequest, date: { written_at?: string }): Promise<LedgerEntry> {
    const fingerprint = proof.keys && (await values.fingerprint(value, of, proof.keys))
    return signEntry(of, { source: valueText(value), ...date, ...(fingerprint ? { fingerprint } : {}) }, proof)
  }

  return {
    async begun({ address, value }) {
      const at = await values.available(value)
      if (!at.ok) throw new Error(`the value of ${address} cannot be written: ${at.reason}`)
      return made({ host, address }, value, {})
    },
    completed: (address, begun, date) => signEntry({ host, address }, { ...begun, written_at: isoDate(date) }, proof),
    touched: (address, date) => touch({ host, address }, isoDate(date), proof),
    async adopted({ address, value, updatedAt }, recorded = valueText(value)) {
      const date = { written_at: isoDate(updatedAt) }
      if (isSameValue(recorded, value)) {
        return made({ host, address }, { ...value, ...parseValueText(recorded) }, date)
      }
      return signEntry({ host, address }, { source: recorded, ...date }, proof)
    },
  }
}

function touch(of: EntryOf, date: string, proof: Proof): Mutation {
  return ({ entries }) => {
    const entry = entries.get(entryKey(of))
    if (entry?.written_at === undefined) return
    // Another process may have written later than we did.
    const written_at = Date.parse(entry.written_at) > Date.parse(date) ? entry.written_at : date
    const state = verifyEntry(of, entry, proof)
    // Signing an altered entry anew would make it good.
    if (state === 'altered' || state === 'unsigned') return
    // An unverified entry must not be signed, and its signature does not fit the new date: it loses the signature.
    entries.set(entryKey(of), resignEntry(of, { ...entry, written_at }, proof))
  }
}

function isoDate(date: string): string {
  const time = Date.parse(date)
  if (Number.isNaN(time)) throw new Error('the server answered a write without a valid Date: its time is not known')
  return new Date(time).toISOString()
}
