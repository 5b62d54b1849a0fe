import type { SharedText } from '../core/shared-text.ts'
import type { Pacing } from './pacing.ts'

/** The place of a ledger. */
export interface LedgerStore extends SharedText {
  /** The pacing of a file when left out. */
  readonly pacing?: Pacing
  /** Waits so many milliseconds between two attempts at one save; by this machine's clock when left out. */
  pause?(ms: number): Promise<void>
}
