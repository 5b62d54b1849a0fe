/** octoform cannot run as it was started: something that a person must correct (exit 1). The message says what and how. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
}
