/** One request that wants to be sent. */
export interface Turn {
  /** Whose limits it counts against: requests of one host and account wait together. Never printed. */
  readonly account: string
  /** The source of the credential, for messages. */
  readonly from: string
  readonly method: string
  /** Such as `GET /orgs/acme`, for messages. */
  readonly what: () => string
  readonly route: string
  /**
   * `token`: gets the credential of a request that has its place already, and so needs none of its own: with all places
   * taken it would wait for ever.
   */
  readonly kind: 'plain' | 'token'
  /**
   * Called before a request is sent that had to wait for a limit, and before it is sent again after it failed, because
   * its preconditions may have changed.
   * @throws to stop the request
   */
  readonly afterWait?: (() => Promise<void>) | undefined
}
