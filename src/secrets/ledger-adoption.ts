import type { SecretFacts } from '../core/secret-state.ts'
import type { Committer } from './commit.ts'
import { entryKey } from './entry.ts'
import type { EntryMaker, FoundValue } from './entry-maker.ts'
import { isSameEntry } from './gather.ts'
import type { LedgerKeys } from './ledger-keys.ts'
import type { LedgerEntry } from './ledger-parts.ts'
import type { ValueRequest, Values } from './values.ts'

/** Records of what octoform did not write. */
export interface LedgerAdoption {
  /**
   * Records secrets that another tool wrote as if octoform had. An existing entry keeps its source and its date; one
   * whose signature is wrong is not touched.
   * @returns the addresses that were recorded
   */
  adopt(found: readonly FoundValue[]): Promise<readonly string[]>
  /**
   * The effect that adopting would have: make an entry, sign one that has no signature, or complete one; undefined for
   * none.
   */
  adoptable(found: FoundValue): Promise<Adoption | undefined>
}

export type Adoption = 'new' | 'unsigned' | 'interrupted' | 'without fingerprint'

export function ledgerAdoption(
  committer: Committer,
  options: {
    readonly host: string
    readonly keys: LedgerKeys | undefined
    readonly entries: EntryMaker
    readonly values: Values
    facts(address: string, value: ValueRequest | undefined): Promise<SecretFacts>
  },
): LedgerAdoption {
  const { host, keys, entries, values, facts } = options

  async function adoptable({ address, value }: FoundValue): Promise<Adoption | undefined> {
    const of = { host, address }
    const entry = committer.current().entries.get(entryKey(of))
    if (entry === undefined) return 'new'
    const { proof: state } = await facts(address, undefined)
    if (state === 'altered') return undefined
    if (state === 'unsigned') return keys === undefined ? undefined : 'unsigned'
    if (entry.written_at === undefined) return 'interrupted'
    if (entry.fingerprint !== undefined || keys === undefined) return undefined
    return (await values.available(value)).ok ? 'without fingerprint' : undefined
  }

  async function adopt(found: readonly FoundValue[]): Promise<readonly string[]> {
    const made = new Map<string, { readonly former: LedgerEntry | undefined; readonly entry: LedgerEntry }>()
    for (const each of found) {
      const kind = await adoptable(each)
      if (kind === undefined) continue
      const former = committer.current().entries.get(entryKey({ host, address: each.address }))
      const dated = kind === 'without fingerprint' ? { updatedAt: former?.written_at ?? each.updatedAt } : {}
      made.set(each.address, { former, entry: await entries.adopted({ ...each, ...dated }, former?.source) })
    }
    const adopted = new Set<string>()
    if (made.size === 0) return []
    await committer.commit((draft) => {
      adopted.clear()
      for (const [address, { former, entry }] of made) {
        const key = entryKey({ host, address })
        const now = draft.entries.get(key)
        if (now !== undefined && (former === undefined || !isSameEntry(now, former))) continue
        draft.entries.set(key, entry)
        adopted.add(address)
      }
    })
    return [...adopted]
  }

  return { adopt, adoptable }
}
