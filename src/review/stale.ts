/** What was reviewed does not hold: the exit code that tells it, and why. */
export interface Stale {
  readonly code: 4
  readonly message: string
  /** Where it is a later commit's run that applies, so that nobody has to do anything. */
  readonly overtaken?: true
}

export function stale(message: string): Stale {
  return { code: 4, message: `${message} Nothing was written.` }
}
