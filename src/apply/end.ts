import type { ExitCode } from '../run/exit-codes.ts'
import type { Ended } from './report-apply.ts'

/** The end of an apply, and the parts of it that are reported outside of the log. */
export interface End {
  readonly code: ExitCode
  readonly ended?: Ended
}
