import type { RollingFlags } from './reading.ts'
import type { Doubted } from './refuse-contradictions.ts'

/** The facts that a plan is made with beside its configuration and flags. */
export interface Held {
  readonly digests?: readonly string[] | undefined
  readonly doubted?: readonly Doubted[]
  readonly chosen?: readonly string[]
  readonly rolls?: RollingFlags | undefined
  readonly keepUnits?: boolean | undefined
}
