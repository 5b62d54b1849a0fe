import type { RunFlags } from './flags.ts'

/** The flags of `apply`. */
export interface ApplyFlags extends RunFlags {
  readonly format: 'text' | 'json'
  readonly autoApprove?: boolean
  readonly expectDigest?: string
  readonly expectPullRequest?: boolean
  readonly checkApp?: string
  /** In milliseconds. */
  readonly lockTimeout?: number
  readonly report?: string
  readonly showPrivate?: boolean
}
