import { SetupError } from '../core/setup-error.ts'
import type { Draft } from './draft.ts'
import { type JournalText, REMEDY } from './journal-text.ts'
import { KEY_VARIABLE, PREVIOUS_KEY_VARIABLE } from './key-variables.ts'
import type { Journaled, LedgerDocument } from './ledger-file.ts'
import { resealed, sealed, sealState } from './ledger-seal.ts'
import type { Proof } from './proof.ts'

/** Proves what is saved: a whole ledger by its seal, the lines of a journal by a signature each. */
export interface LedgerSealer {
  /** A document before it is saved whole. @param loaded the one that it comes from */
  whole(next: LedgerDocument, loaded: LedgerDocument, sealing: Draft['sealing']): LedgerDocument
  /** The same document, with a seal over the keys that it has by its journal. */
  folded(document: LedgerDocument): LedgerDocument
  /** Why the run cannot take in the document's journal: the key that signed it is not at hand. */
  whyNotFolded(document: LedgerDocument): string | undefined
  /** How the next line is proved; `none` where the document must be saved whole. Takes longer, the more entries there are. */
  lines(document: LedgerDocument): Lines
  /** The proof of a ledger together with its journal. @throws SetupError where a wrong key signed it */
  joined(document: LedgerDocument, journal: JournalText, name: string): Pick<LedgerDocument, 'seal' | 'journal'>
}

export type Lines =
  | 'none'
  | {
      /** Undefined for lines that nothing proves beside the signatures in them. */
      readonly keyId: string | undefined
      /** Signs the hash of a line. */
      sign(hash: string): string | undefined
      /** Of the document with one more line. */
      readonly state: Journaled['state']
    }

export function ledgerSealer(proof: Proof): LedgerSealer {
  const { keys } = proof

  function keyOfLines(document: LedgerDocument): { readonly keyId: string | undefined } | undefined {
    if (keys === undefined) return { keyId: undefined }
    const state = sealState(document, proof)
    if (state === 'broken') return { keyId: undefined }
    return state === 'fits' && document.seal?.key_id === keys.id ? { keyId: keys.id } : undefined
  }

  function whyNotFolded({ journal }: LedgerDocument): string | undefined {
    if (journal?.keyId === undefined || (keys !== undefined && journal.state === 'fits')) return undefined
    return (
      'The ledger has a journal of a run that did not end, which a ledger key signed. Nothing was written: ' +
      `set that key once, as ${KEY_VARIABLE} or ${PREVIOUS_KEY_VARIABLE}, so that what it says can be signed anew.`
    )
  }

  return {
    whyNotFolded,
    whole: (next, loaded, sealing) => withoutJournal(sealed(next, loaded, proof, sealing)),
    folded: (document) => withoutJournal(document.journal?.keyId === undefined ? document : resealed(document, proof)),
    lines(document) {
      const wanted = keyOfLines(document)
      if (wanted === undefined) return 'none'
      const { keyId } = wanted
      if (document.journal !== undefined && document.journal.keyId !== keyId) return 'none'
      if (keyId === undefined) return { keyId, sign: () => undefined, state: 'unverified' }
      return { keyId, sign: (hash) => proof.sign(() => lineFields(hash)).signature, state: 'fits' }
    },
    joined(document, { keyId, end, signature, lines }, name) {
      if (keyId === undefined) return { journal: { end, keyId, state: 'unverified' } }
      const { seal } = document
      const counted = seal === undefined ? {} : { seal: { ...seal, counter: seal.counter + lines.length } }
      if (!proof.verifies) return { ...counted, journal: { end, keyId, state: 'unverified' } }
      if (signature === undefined || !proof.isSigned(lineFields(end.hash), signature)) throw notOurs(name)
      const state = sealState(document, proof) === 'fits' ? 'fits' : 'broken'
      return { ...counted, journal: { end, keyId, state } }
    },
  }
}

function lineFields(hash: string): readonly string[] {
  return ['journal', hash]
}

function withoutJournal({ journal: _, ...document }: LedgerDocument): LedgerDocument {
  return document
}

function notOurs(name: string): SetupError {
  return new SetupError(
    `the journal ${name} is not signed by the ledger key, nor by a public_key of the configuration: lines were put in, ` +
      `taken out or changed, or another key made it. ${REMEDY}`,
  )
}
