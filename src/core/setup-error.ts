import type { Failure } from './failure.ts'

/** octoform cannot run as it was started: something that a person must correct (exit 1). The message says what and how. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
  readonly failure: Failure

  constructor(message: string, { failure = 'could_not_run', cause }: { failure?: Failure; cause?: unknown } = {}) {
    super(message, cause === undefined ? {} : { cause })
    this.failure = failure
  }
}
