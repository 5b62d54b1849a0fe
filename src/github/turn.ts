/** One request that wants to be sent. */
export interface Turn {
  /** Whose limits it counts against: requests of one host and account wait together. Never printed. */
  readonly account: string
  /** Where the credential came from, for messages. */
  readonly from: string
  readonly method: string
  /** Such as `GET /orgs/acme`, for messages. */
  readonly what: string
  readonly route: string
  /**
   * `token`: gets the credential of a request that has its place already, and so needs none of its own: with all places
   * taken it would wait for ever.
   */
  readonly kind: 'plain' | 'token'
  /** Asked before it is sent, where it had to wait for a limit: what was true before may not be any more. @throws not to send it */
  readonly afterWait?: (() => Promise<void>) | undefined
}
