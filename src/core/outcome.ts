import type { HeldBack } from './held-back.ts'
import type { Action } from './plan.ts'

/** The error that stopped a change: GitHub's words, scrubbed, and the facts that support needs. */
export interface OutcomeError {
  readonly message: string
  /** The HTTP status; without it no answer came. */
  readonly status?: number
  /** GitHub's `X-GitHub-Request-Id`. */
  readonly request_id?: string
  /** The route that was refused, as GitHub's documentation writes it. */
  readonly route?: string
  /** It was refused for a limit on requests, or not sent for one; GitHub did nothing. */
  readonly limited?: true
}

/** The result of one change. */
export interface ChangeOutcome {
  readonly address: string
  readonly action: Action
  /**
   * `partial`: some requests of the change were answered and a later one was not; `not tried`: none was sent; `held back`:
   * GitHub's present state does not allow it.
   */
  readonly status: 'applied' | 'partial' | 'failed' | 'not tried' | 'held back'
  /** Dotted paths of the fields that were written. */
  readonly done: readonly string[]
  /** Dotted paths of the fields that were not. */
  readonly not_done: readonly string[]
  /** The number of requests sent for it. */
  readonly requests: number
  /** GitHub's `X-GitHub-Request-Id` of every write, taken or refused, in order. */
  readonly request_ids: readonly string[]
  /** When GitHub answered the last of them, by its own clock, in ISO 8601; left out where it gave no time. */
  readonly at?: string
  readonly error?: OutcomeError
}

/** The result of an apply: plain JSON, the same that is printed as text. */
export interface Outcome {
  readonly format_version: '1.0'
  /** The API's host, as in the plan. */
  readonly host: string
  /** The digest of the plan that was applied. */
  readonly digest: string
  readonly changes: readonly ChangeOutcome[]
  /** Settings of the configuration that the plan held back, and those that GitHub's answers did. */
  readonly held_back: readonly HeldBack[]
  /** Changes that were applied whole. */
  readonly counts: { readonly added: number; readonly changed: number; readonly deleted: number }
  /** Whether every change was applied whole, or is held back. */
  readonly complete: boolean
}
