import type { SharedText } from '../core/shared-text.ts'
import type { Pacing } from './pacing.ts'

/** Where a ledger is kept. */
export interface LedgerStore extends SharedText {
  /** That of a file when left out. */
  readonly pacing?: Pacing
}
