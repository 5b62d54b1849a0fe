/** The reviewed plan is not valid: the exit code for this, and the reason. */
export interface Stale {
  readonly code: 4
  readonly message: string
  /** Set where a later commit's run applies, so that no action is needed. */
  readonly overtaken?: true
}

export function stale(message: string): Stale {
  return { code: 4, message: `${message} Nothing was written.` }
}
