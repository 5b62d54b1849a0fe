/** What else happens when a change is made, without being asked for: a runner that falls to another group, say. */
export interface Consequence {
  readonly message: string
  /** Whether anybody gains access by it; such a consequence is named among what gains access. */
  readonly widens: boolean
}

/** A runner that a change puts into another group. */
export interface RunnerMove {
  readonly runner: string
  /** The group that it leaves; null where GitHub does not tell. */
  readonly from: string | null
  readonly from_default: boolean
  /** Whether the configuration manages the group that it leaves, be it by `absent` or `prune`. */
  readonly from_managed: boolean
  /** Whether the group that it leaves stays, and is left with no runner at all. */
  readonly leaves_none: boolean
  /** The group that it goes to; null where it falls to the default group and GitHub does not tell which that is. */
  readonly to: string | null
  readonly to_default: boolean
  /** Whether anybody may use it then who may not now; what cannot be told counts. */
  readonly widens: boolean
  /** Whether a public repository is among them, or may be. */
  readonly opens: boolean
}
