import { repositoryOf } from '../core/by-name.ts'
import { entryOf } from '../core/family-at.ts'
import { secretLeaf } from '../core/leaves.ts'
import { listedName, ownerOf } from '../core/scope.ts'
import type { ValueAt } from '../core/value-text.ts'
import type { Work } from '../core/work.ts'
import type { Answer } from '../github/answer.ts'
import { GitHubError } from '../github/errors.ts'

/** The notes of an apply about secrets and repositories. See secrets/ledger.ts. */
export interface Notes {
  /** From now on asked before anything is saved. */
  guard(mayWrite: () => Promise<boolean>): void
  /** Before the first write, of all values that the run puts. With it, notes may be saved later than they are taken. */
  prepare?(puts: readonly { readonly address: string; readonly value: ValueAt }[]): Promise<void>
  begin(address: string, value: ValueAt): Promise<void>
  /** The same of a document that GitHub does not show: `text` is a hash of it. */
  beginDocument(address: string, text: string, id?: number): Promise<void>
  /** Before a request that closes a field until the change ends, which the YAML does not give. */
  beginClosing(address: string, field: string): Promise<void>
  /** The id of a created member that GitHub does not show. */
  identify(address: string, id: number): Promise<void>
  /** Restores the entry before `begin`, where GitHub certainly wrote nothing. */
  undo(address: string): Promise<void>
  complete(address: string, date: string): Promise<void>
  touched(address: string, date: string): Promise<void>
  forget(address: string): Promise<void>
  rememberIds(ids: Readonly<Record<string, number>>): Promise<void>
  follow(renames: readonly { readonly from: string; readonly to: string }[]): Promise<void>
  /** After the last write: saves the notes that still wait. */
  settle?(): Promise<void>
}

/** The renames and ids to note before the first write. */
export interface NameNotes {
  readonly renames: readonly { readonly from: string; readonly to: string }[]
  readonly ids: Readonly<Record<string, number>>
}

/** Takes the notes of one run. */
export interface Notetaker {
  prepare(works: readonly Work[], names: NameNotes): Promise<void>
  begin(work: Work): Promise<void>
  /** Before a request of an update that closes something until the update ends. */
  beginClosing(work: Work, field: string): Promise<void>
  /**
   * Notes the effect of an answered request.
   * @param learnt the data of the member from this answer
   * @param failed called where that fails after this has resolved: notes may be gathered
   * @throws where it fails at once
   */
  note(
    work: Work,
    step: { readonly index: number; readonly answer: Answer; readonly learnt: object | undefined },
    failed: (error: unknown) => void,
  ): Promise<void>
  /** Notes that GitHub wrote nothing after `begin`. */
  undone(work: Work, failed: (error: unknown) => void): Promise<void>
  /** Resolves once everything is saved, or its failure reported. */
  settle(): Promise<void>
}

/** @param whenWritten when GitHub took a write; see `writtenAt` */
export function createNotetaker(
  notes: Notes,
  whenWritten: (work: Work, index: number, answer: Answer) => Promise<string | undefined>,
): Notetaker {
  const gathered: Promise<void>[] = []
  let remembered: Promise<void> = Promise.resolve()
  // Gathered notes are not awaited here: their save waits for more of them.
  const taken = async (noted: Promise<void>, failed: (error: unknown) => void): Promise<void> => {
    if (notes.settle) gathered.push(noted.catch(failed))
    else await noted
  }
  return {
    async prepare(works, { renames, ids }) {
      await notes.follow(renames).catch(rethrow)
      remembered = notes.rememberIds(ids).catch(rethrow)
      if (notes.settle) remembered.catch(() => undefined)
      else await remembered
      const puts = works.flatMap(({ change, sends, value }) =>
        value !== undefined && sends.some(({ seals }) => seals) ? [{ address: change.address, value }] : [],
      )
      await notes.prepare?.(puts)
    },
    async begin(work) {
      const { change, value, document } = work
      if (value) await notes.begin(change.address, value).catch(rethrow)
      if (document !== undefined) {
        await notes.beginDocument(change.address, document, idIn(work, work.ref)).catch(rethrow)
      }
    },
    beginClosing: ({ change }, field) => notes.beginClosing(change.address, field).catch(rethrow),
    async note(work, { index, answer, learnt }, failed) {
      // Before anything else can fail: no later run could find the id.
      const id = work.document === undefined ? undefined : idIn(work, learnt)
      if (id !== undefined) await notes.identify(work.change.address, id).catch(rethrow)
      const date = isNoted(work) ? await whenWritten(work, index, answer) : undefined
      await taken(noteStep(notes, work, index, date).catch(rethrow), failed)
    },
    async undone({ change }, failed) {
      await taken(notes.undo(change.address).catch(rethrow), failed)
    },
    async settle() {
      // A failed save is reported by each of its notes.
      await notes.settle?.().catch(() => undefined)
      await Promise.all(gathered)
      await remembered
    },
  }
}

/** A ledger in a repository fails as GitHub does. Unlike a refused change, that ends the run. */
function rethrow(error: unknown): never {
  if (!(error instanceof GitHubError)) throw error
  throw new Error(`the ledger could not be written: ${error.message}`, { cause: error })
}

async function noteStep(notes: Notes, work: Work, index: number, date: string | undefined): Promise<void> {
  const wrote = work.sends[index]?.seals ? 'value' : 'access'
  await Promise.all([
    notes.rememberIds(idsOf(work)),
    secretLeaf(work.family) === undefined ? undefined : noteSecret(notes, work, date, wrote),
    noteDocument(notes, work, index, date),
    noteEnd(notes, work, index),
  ])
}

/** Whether the ledger has an entry of what the change writes. */
function isNoted({ family, document }: Work): boolean {
  return document !== undefined || secretLeaf(family) !== undefined
}

/** A document is written once its last request has been answered. */
async function noteDocument(notes: Notes, work: Work, index: number, date: string | undefined): Promise<void> {
  const { document, sends, change, left } = work
  if (document === undefined || index < sends.length - 1) return
  // First: an entry that stayed would look like that of another member.
  if (left !== undefined) await notes.forget(left)
  if (change.action === 'delete') await notes.forget(change.address)
  else if (date !== undefined) await notes.complete(change.address, date)
}

/** Forgets that a run closed a switch for the time of its change: it is as it is to be, or gone with the member. */
async function noteEnd(notes: Notes, { family, document, sends, change }: Work, index: number): Promise<void> {
  if (family.passes === undefined || document !== undefined || index < sends.length - 1) return
  await notes.forget(change.address)
}

/** The id of a member that GitHub does not show. */
function idIn({ family, scope }: Work, ref: object | undefined): number | undefined {
  return ref && entryOf(family, scope).byId?.id(ref)
}

/** The ids behind the names that a change was written to, and behind those that it writes into a list. */
function idsOf({
  change: { owner_id, repository_id },
  scope,
  listed,
  identities,
}: Work): Readonly<Record<string, number>> {
  const owner = ownerOf(scope)
  const names = Object.entries(listed ?? {}).map(([name, id]) => [listedName(owner, name), id] as const)
  const name = repositoryOf(scope)
  const own = repository_id !== null && name !== undefined ? { [name]: repository_id } : {}
  return { ...(owner_id === null ? {} : { [owner]: owner_id }), ...own, ...Object.fromEntries(names), ...identities }
}

/** An access-only write moves `updated_at` too, so the entry is completed anew; but only one that held before. */
async function noteSecret(
  notes: Notes,
  work: Work,
  date: string | undefined,
  wrote: 'value' | 'access',
): Promise<void> {
  const { address, action } = work.change
  if (action === 'delete') return notes.forget(address)
  if (date === undefined) return
  if (wrote === 'value') return notes.complete(address, date)
  if (work.ledgerHolds) await notes.touched(address, date)
}
