import type { Scope } from '../core/scope.ts'
import type { Found } from './subject.ts'

/** One thing that is changed. */
export interface Target extends Found {
  readonly scope: Scope
  /** In a sentence: `run 101 of repos/acme/web`. */
  readonly text: string
}
