import type { Failure } from './failure.ts'

/**
 * octoform cannot run as it was started: a person must correct its setup (exit 1). The message names the fault and the
 * remedy.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError'
  readonly failure: Failure
  /** Whether the credential keeps GitHub from being read: drift reports that by its issue. */
  readonly about: 'the credential' | 'the run'

  constructor(
    message: string,
    {
      failure = 'could_not_run',
      about = 'the run',
      cause,
    }: { failure?: Failure; about?: SetupError['about']; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.failure = failure
    this.about = about
  }
}
