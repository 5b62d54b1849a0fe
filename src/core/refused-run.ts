/** A run that stops before it writes, for a reason that has an exit code of its own. */
export class RefusedRun extends Error {
  override readonly name = 'RefusedRun'
  readonly code: 3 | 4

  /** @param message what does not hold, and what to do */
  constructor({ code, message }: { readonly code: 3 | 4; readonly message: string }) {
    super(message)
    this.code = code
  }
}
