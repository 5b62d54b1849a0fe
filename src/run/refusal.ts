import type { Failure } from '../core/failure.ts'
import type { ExitCode } from './exit-codes.ts'

/** A reason to write nothing, with its exit code. */
export interface Refusal {
  readonly code: ExitCode
  readonly message: string
  /** The same without a name from the administered organization; left out where the message has none. */
  readonly brief?: string
  /** Set where reports of the plan include it, too. */
  readonly shown?: 'by the plan'
  /** Set where the exit code does not show it. */
  readonly failure?: Failure
  /** Whether it is a later commit's run that applies. */
  readonly overtaken?: boolean
}
