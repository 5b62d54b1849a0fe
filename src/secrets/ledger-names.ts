import { type Committer, type Draft, draftOf } from './commit.ts'
import { type EntryOf, entryKey, moveEntry } from './entry.ts'
import type { LedgerKeys } from './keys.ts'
import type { LedgerDocument, LedgerEntry } from './ledger-file.ts'
import { followRenames, namesWithEntries, type Rename } from './renames.ts'

/** What the names of one API host meant when octoform wrote there. */
export interface LedgerNames {
  /**
   * The numeric id that is recorded of an owner or a repository.
   * @param name `acme` or `acme/web`, in lower case
   */
  recordedId(name: string): RecordedId | undefined
  /** Every id that is recorded, by name. */
  recordedIds(): ReadonlyMap<string, RecordedId>
  /** The names under which it has entries. */
  holders(): ReadonlySet<string>
  /** Records the ids behind names that were written to, or that stand in a list that was written. */
  rememberIds(ids: Readonly<Record<string, number>>): Promise<void>
  /** From now on answers as if these renames had been followed. Saves nothing: it is for planning. */
  assume(renames: readonly Rename[]): void
  /** Moves entries and ids of what was renamed to the names of now, and saves that. */
  follow(renames: readonly Rename[]): Promise<void>
}

/** An id of the ledger; one that is not authentic says nothing of what the name meant. */
export interface RecordedId {
  readonly id: number
  readonly authentic: boolean
}

type View = Pick<LedgerDocument, 'entries' | 'ids'>

export function ledgerNames(
  committer: Committer,
  { host, keys }: { readonly host: string; readonly keys: LedgerKeys | undefined },
): LedgerNames & {
  /** The document as it will be once the renames that planning assumes are followed. */
  view(): View
} {
  const assumed: { renames: readonly Rename[]; of?: LedgerDocument; view?: View | undefined } = { renames: [] }

  function moved(draft: Draft, renames: readonly Rename[]): void {
    const entry = (of: LedgerEntry, from: EntryOf, to: EntryOf): LedgerEntry => moveEntry(of, from, to, keys)
    followRenames(draft, { host, renames, entry, id: (id) => id })
  }

  function view(): View {
    const document = committer.current()
    if (assumed.renames.length === 0) return document
    if (assumed.of === document && assumed.view !== undefined) return assumed.view
    const draft = draftOf(document)
    moved(draft, assumed.renames)
    assumed.of = document
    assumed.view = draft
    return draft
  }

  function recordedIds(): ReadonlyMap<string, RecordedId> {
    const recorded = new Map<string, RecordedId>()
    for (const [key, { id }] of view().ids) {
      const [of, name] = key.split(' ')
      if (of === host && name !== undefined) recorded.set(name, { id, authentic: true })
    }
    return recorded
  }

  function recordedId(name: string): RecordedId | undefined {
    const recorded = view().ids.get(entryKey({ host, address: name }))
    return recorded && { id: recorded.id, authentic: true }
  }

  async function rememberIds(ids: Readonly<Record<string, number>>): Promise<void> {
    const known = committer.current().ids
    const fresh = Object.entries(ids)
      .map(([name, id]) => ({ key: entryKey({ host, address: name }), id }))
      .filter(({ key, id }) => known.get(key)?.id !== id)
    if (fresh.length === 0) return
    await committer.later((draft) => {
      for (const { key, id } of fresh) draft.ids.set(key, { id })
    })
  }

  return {
    view,
    recordedId,
    recordedIds,
    holders: () => namesWithEntries(view().entries.keys(), host),
    rememberIds,
    assume: (renames) => void Object.assign(assumed, { renames, view: undefined }),
    follow: async (renames) => {
      if (renames.length > 0) await committer.commit((draft) => moved(draft, renames))
    },
  }
}
