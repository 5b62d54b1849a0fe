import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../core/setup-error.ts'
import { changedInPlace, type OwnDocument, ownDocument } from './draft.ts'
import { readChanges } from './journal-changes.ts'
import { type JournalText, REMEDY, readJournal, textHash } from './journal-text.ts'
import { type LedgerDocument, parseLedger } from './ledger-file.ts'
import type { LedgerSealer } from './ledger-sealer.ts'
import type { LedgerStore } from './store.ts'

/** A ledger as it is stored, with the lines of its journal. */
export interface LoadedLedger {
  readonly document: OwnDocument
  /** Of the text of the ledger alone; undefined where it must be saved whole first. */
  readonly hash: string | undefined
  /** For `save` and `append` of the store. */
  readonly version: string
  /** Whether the store has a journal of which nothing holds any more. */
  readonly hasLeftover: boolean
}

/** A run that ends meanwhile takes its journal into the ledger between the reading of the one and of the other. */
const ATTEMPTS = 5
const PAUSE_MS = 20

/** @throws SetupError where the store has no ledger, or a journal that does not belong to its ledger */
export async function loadLedger(store: LedgerStore, sealer: LedgerSealer): Promise<LoadedLedger> {
  const name = `${store.name}.journal`
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { text, version, journal: journalText } = await store.load()
    const document = parseLedger(text, store.name)
    const hash = text === undefined || store.append === undefined ? undefined : textHash(text)
    const journal = journalText === undefined ? 'none' : readJournal(journalText, hash ?? '', name)
    if (journal !== 'other') {
      return {
        document: ownDocument(journal === 'none' ? document : joined(document, journal, sealer, name)),
        // An older version's ledger is not as octoform writes it now.
        hash: document.former ? undefined : hash,
        version,
        hasLeftover: text !== undefined && journalText !== undefined && journal === 'none',
      }
    }
    await (store.pause ?? sleep)(PAUSE_MS)
  }
  throw new SetupError(`the journal ${name} does not belong to the ledger ${store.name} as it is now. ${REMEDY}`)
}

function joined(document: LedgerDocument, journal: JournalText, sealer: LedgerSealer, name: string): LedgerDocument {
  const proved = sealer.joined(document, journal, name)
  let changed = ownDocument(document)
  for (const line of journal.lines) changed = changedInPlace(changed, readChanges(line, name))
  return Object.assign(changed, proved)
}
