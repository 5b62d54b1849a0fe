/** A side effect of a change: a runner that falls to another group, for example. */
export interface Consequence {
  readonly message: string
  /** Whether a repository gains access by it; such a consequence is listed with the gained access. */
  readonly widens: boolean
  /** Left out where no public repository is among those who gain by it. */
  readonly opens?: true
}

/** A runner that a change puts into another group. */
export interface RunnerMove {
  readonly runner: string
  /** Whether GitHub hosts it; left out of a self-hosted one. */
  readonly hosted?: true
  /** The group that it leaves; null where GitHub does not show it. */
  readonly from: string | null
  readonly from_default: boolean
  /** Whether the configuration manages the group that it leaves, be it by `absent` or `prune`. */
  readonly from_managed: boolean
  /** Whether the group that it leaves stays, and is left with no runner at all. */
  readonly leaves_none: boolean
  /** The group that it goes to; null where it falls to the default group and GitHub does not show which that is. */
  readonly to: string | null
  readonly to_default: boolean
  /** Whether a repository may newly use it; true where that is unknown. */
  readonly widens: boolean
  /** Whether a public repository is among them, or may be. */
  readonly opens: boolean
}
