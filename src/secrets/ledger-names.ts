import type { Committer } from './commit.ts'
import type { Draft } from './draft.ts'
import { type EntryOf, entryKey, moveEntry } from './entry.ts'
import type { LedgerDocument } from './ledger-file.ts'
import type { LedgerEntry, LedgerId } from './ledger-parts.ts'
import { isAuthenticId, nameKey, type SealState, sealState, signId } from './ledger-seal.ts'
import type { Proof } from './proof.ts'
import { followRenames, namesWithEntries, type Rename } from './renames.ts'

/** The ids behind the names of one API host when octoform wrote there. */
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
  /** Records the ids behind names that were written to, or that are in a list that was written. */
  rememberIds(ids: Readonly<Record<string, number>>): Promise<void>
  /** From now on answers as if these renames had been followed. Saves nothing: it is for planning. */
  assume(renames: readonly Rename[]): void
  /** Moves entries and ids of renamed things to their new names, and saves that. */
  follow(renames: readonly Rename[]): Promise<void>
}

/** An id of the ledger; one that is not authentic does not show which thing had the name. */
export interface RecordedId {
  readonly id: number
  readonly authentic: boolean
}

/** The ledger as it will be once the renames that planning assumes are followed. */
interface View extends Pick<LedgerDocument, 'entries' | 'ids'> {
  /** The key that each entry or id was signed for. */
  readonly origins: ReadonlyMap<string, string>
}

export function ledgerNames(
  committer: Committer,
  { host, proof }: { readonly host: string; readonly proof: Proof },
): LedgerNames & {
  view(): View
  /** The state of the document that was loaded last. */
  seal(): SealState
} {
  const verified = new WeakMap<View, ReadonlyMap<string, RecordedId>>()
  /** The ids that octoform signed, as far as that was verified, by the key that they have in the ledger. */
  const signedFor = new WeakMap<LedgerId, string>()
  const checked: { of?: LedgerDocument; state: SealState } = { state: 'unverified' }
  const assumed: { renames: readonly Rename[]; of?: LedgerDocument; view?: View | undefined } = { renames: [] }

  function move(draft: Draft, renames: readonly Rename[]): void {
    const entry = (of: LedgerEntry, from: EntryOf, to: EntryOf): LedgerEntry => moveEntry(of, from, to, proof)
    const id = (of: LedgerId, from: string, to: string): LedgerId =>
      proof.keys && isAuthentic(nameKey(host, from), of) ? signId(nameKey(host, to), of.id, proof) : of
    followRenames(draft, { host, renames, entry, id })
  }

  function view(): View {
    const document = committer.current()
    if (assumed.of === document && assumed.view !== undefined) return assumed.view
    const { renames } = assumed
    const entries = new Map(document.entries)
    const ids = new Map(document.ids)
    const origins = new Map<string, string>()
    const entry = (of: LedgerEntry, from: EntryOf, to: EntryOf): LedgerEntry => {
      origins.set(entryKey(to), entryKey(from))
      return of
    }
    const id = (of: LedgerId, from: string, to: string): LedgerId => {
      origins.set(nameKey(host, to), nameKey(host, from))
      return of
    }
    followRenames({ entries, ids }, { host, renames, entry, id })
    const made = { entries, ids, origins }
    Object.assign(assumed, { of: document, view: made })
    return made
  }

  function seal(): SealState {
    const document = committer.current()
    if (checked.of !== document) Object.assign(checked, { of: document, state: sealState(document, proof) })
    return checked.state
  }

  function isAuthentic(key: string, id: LedgerId): boolean {
    return isAuthenticId(key, id, proof, seal())
  }

  function recorded(key: string, id: LedgerId): RecordedId {
    return { id: id.id, authentic: isAuthentic(view().origins.get(key) ?? key, id) }
  }

  function recordedIds(): ReadonlyMap<string, RecordedId> {
    const now = view()
    const known = verified.get(now)
    if (known !== undefined) return known
    const found = new Map<string, RecordedId>()
    for (const [key, id] of now.ids) {
      const [of, name] = key.split(' ')
      if (of === host && name !== undefined) found.set(name, recorded(key, id))
    }
    verified.set(now, found)
    return found
  }

  /** By key: ids on their way into the ledger. Each write of a repository notes its id and its owner's again. */
  const saving = new Map<string, { readonly id: number; readonly saved: Promise<void> }>()

  async function rememberIds(ids: Readonly<Record<string, number>>): Promise<void> {
    const known = committer.current().ids
    const fresh = Object.entries(ids)
      .map(([name, id]) => ({ key: nameKey(host, name), id }))
      .filter(({ key, id }) => {
        const former = known.get(key)
        return former?.id !== id || (proof.keys !== undefined && !isSignedHere(key, former))
      })
    const unsaved = fresh.filter(({ key, id }) => saving.get(key)?.id !== id)
    if (unsaved.length > 0) {
      const saved = committer.later((draft) => {
        for (const { key, id } of unsaved) draft.ids.set(key, signId(key, id, proof))
      })
      for (const { key, id } of unsaved) saving.set(key, { id, saved })
      const end = (): void => {
        for (const { key } of unsaved) if (saving.get(key)?.saved === saved) saving.delete(key)
      }
      saved.then(end, end)
    }
    await Promise.all(fresh.map(({ key }) => saving.get(key)?.saved))
  }

  /** Ignores the seal: an id that a write has just confirmed is not signed again. Verified once: each write asks of its owner. */
  function isSignedHere(key: string, id: LedgerId): boolean {
    if (signedFor.get(id) === key) return true
    const isSigned = isAuthenticId(key, id, proof, 'fits')
    if (isSigned) signedFor.set(id, key)
    return isSigned
  }

  return {
    view,
    seal,
    recordedId: (name) => recordedIds().get(name),
    recordedIds,
    holders: () => namesWithEntries(view().entries.keys(), host),
    rememberIds,
    assume: (renames) => void Object.assign(assumed, { renames, view: undefined }),
    follow: async (renames) => {
      if (renames.length > 0) await committer.commit((draft) => move(draft, renames))
    },
  }
}
