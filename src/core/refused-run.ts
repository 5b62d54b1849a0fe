/** A run that stops before it writes, for a reason that has an exit code of its own. */
export class RefusedRun extends Error {
  override readonly name = 'RefusedRun'
  readonly code: 3 | 4
  /** Whether it is a later commit's run that applies. */
  readonly overtaken: boolean

  /** @param refused the reason, and the remedy */
  constructor(refused: { readonly code: 3 | 4; readonly message: string; readonly overtaken?: boolean }) {
    super(refused.message)
    this.code = refused.code
    this.overtaken = refused.overtaken ?? false
  }
}
