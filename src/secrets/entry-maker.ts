import { valueText } from '../core/value-text.ts'
import type { Mutation } from './commit.ts'
import { type EntryOf, entryKey, signEntry, verifyEntry } from './entry.ts'
import type { LedgerKeys } from './keys.ts'
import type { LedgerEntry } from './ledger-file.ts'
import type { ValueRequest, Values } from './values.ts'

/** A value that is about to be put. */
export interface Put {
  readonly address: string
  readonly value: ValueRequest
}

/** A secret that is on GitHub, and of which the ledger knows nothing. */
export interface Found extends Put {
  /** GitHub's `updated_at`. */
  readonly updatedAt: string
}

/** What becomes of an entry in the course of a write. */
export interface EntryMaker {
  /** Before the write. @throws where the value is not at hand */
  begun(put: Put): Promise<LedgerEntry>
  /** After it. */
  completed(address: string, begun: LedgerEntry, date: string): LedgerEntry
  /** After a write of access alone. */
  touched(address: string, date: string): Mutation
  /** Without the value, or without a key, there is no fingerprint: a change at the source will not be seen. */
  adopted(found: Found): Promise<LedgerEntry>
}

/** Entries of one API host, signed where there is a ledger key. */
export function entryMaker(options: {
  readonly host: string
  readonly keys: LedgerKeys | undefined
  readonly values: Values
}): EntryMaker {
  const { host, keys, values } = options

  async function made(of: EntryOf, value: ValueRequest, date: { written_at?: string }): Promise<LedgerEntry> {
    const fingerprint = keys === undefined ? undefined : await values.fingerprint(value, of, keys)
    return signEntry(
      of,
      { source: valueText(value), ...date, ...(fingerprint === undefined ? {} : { fingerprint }) },
      keys,
    )
  }

  return {
    async begun({ address, value }) {
      const at = await values.available(value)
      if (!at.ok) throw new Error(`the value of ${address} cannot be written: ${at.reason}`)
      return made({ host, address }, value, {})
    },
    completed: (address, begun, date) => signEntry({ host, address }, { ...begun, written_at: isoDate(date) }, keys),
    touched: (address, date) => touch({ host, address }, isoDate(date), keys),
    adopted: ({ address, value, updatedAt }) => made({ host, address }, value, { written_at: isoDate(updatedAt) }),
  }
}

function touch(of: EntryOf, date: string, keys: LedgerKeys | undefined): Mutation {
  return ({ entries }) => {
    const entry = entries.get(entryKey(of))
    if (entry?.written_at === undefined) return
    // Another process may have written later than we did.
    const written_at = Date.parse(entry.written_at) > Date.parse(date) ? entry.written_at : date
    const mac = verifyEntry(of, entry, keys)
    // Signing an altered entry anew would make it good.
    if (mac === 'bad') return
    // What we cannot verify we must not sign, and the MAC it has does not fit the new date: the entry goes on unkeyed.
    entries.set(entryKey(of), signEntry(of, { ...entry, written_at }, mac === 'good' ? keys : undefined))
  }
}

function isoDate(date: string): string {
  const time = Date.parse(date)
  if (Number.isNaN(time)) throw new Error('the server answered a write without a valid Date: its time is not known')
  return new Date(time).toISOString()
}
