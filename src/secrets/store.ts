import type { SharedText } from '../core/shared-text.ts'
import type { Pacing } from './pacing.ts'

/** The place of a ledger. */
export interface LedgerStore extends SharedText {
  /** With the text of the ledger, that of its journal; undefined where there is none. */
  load(): Promise<{
    readonly text: string | undefined
    readonly version: string
    readonly journal?: string | undefined
  }>
  /**
   * Where saving the whole text costs much: puts text at the end of a journal beside it, and returns once that would
   * survive a power failure. A `save` then removes the journal. Undefined for a ledger that has no journal.
   * @param at how many bytes of the journal stay before it
   * @param expected the version that was loaded, as for `save`; it changes with each text
   */
  append?(text: string, at: number, expected: string): ReturnType<SharedText['save']>
  /** The pacing of a file when left out. */
  readonly pacing?: Pacing
  /** Waits so many milliseconds between two attempts at one save; by this machine's clock when left out. */
  pause?(ms: number): Promise<void>
}
