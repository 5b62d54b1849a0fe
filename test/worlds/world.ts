/** A map in the shape of a configuration or of a seed. */
export type Body = { readonly [key: string]: unknown }

/** A release of Enterprise Server as [major, minor]. */
export type Release = readonly [number, number]

/**
 * The products that have something: a release of Enterprise Server, from which on it and the cloud do; or where the clouds
 * differ, the names of the clouds, and of that release as `ghes-X.Y`.
 */
export type Since = Release | readonly string[]

/** The generations of GitHub AE. */
export type Generation = 'ghae-2021' | 'ghae'

/** The levels that the sandbox's worlds have. */
export type WorldScope = 'enterprise' | 'organization' | 'repository' | 'environment'

/** The test data of a family's contract in one scope. */
export interface ScopeWorld {
  /** The scope's state before, in the seed's shape: of the enterprise or organization, or of the repository `web`. */
  readonly seed: Body
  /** The state of the organization above a repository, or of the enterprise above an organization. */
  readonly above?: Body
  /** The state of what is below no owner, such as Apps. */
  readonly top?: Body
  /** Whether it is a repository of a personal account too, which has nothing above it. Without `above` it is. */
  readonly personal?: true
  /** The same as the family's, where this scope has something from another release on. */
  readonly since?: FamilyWorld['since']
  /** The same, where another generation of GitHub AE has something at this scope. */
  readonly ae?: FamilyWorld['ae']
  /** The only products that it is for, where its stages can come about there alone. */
  readonly on?: readonly string[]
  /** The products that have the family, and on which its stages cannot come about. */
  readonly notOn?: readonly string[]
  /** Configurations of the scope (family and `prune`), applied one after the other. Each must change something. */
  readonly stages: readonly Body[]
  readonly faults?: readonly WorldFault[]
}

/** A configuration that GitHub does not let come about from the state before, or not at once. */
export interface WorldFault {
  readonly name: string
  /** The products that show it, where these are fewer than have the family. */
  readonly since?: Since
  /** Left out for a personal account, which has nothing above its repositories. */
  readonly owner?: 'organization'
  readonly stage: Body
  /** GitHub's answer to one request in place of its own; without it the state itself is in the way. */
  readonly answer?: {
    readonly method?: string
    readonly route?: string
    readonly status: number
    readonly body?: object
    /** Only after the request had its effect. */
    readonly after?: boolean
  }
  /** Requests that the state refuses, such as the look-up `GET /users/nobody` of a name that GitHub does not show: 404. */
  readonly lookUps?: readonly string[]
  /** The exit code of `apply`. */
  readonly code: number
  /** What `apply` says of it. */
  readonly told: RegExp
}

/** The contract test's data for a family, written from GitHub's documentation and not taken from octoform. */
export interface FamilyWorld {
  /** The products that have the family (`''`), or a field of it, by dotted path. */
  readonly since: Readonly<Record<string, Since>>
  /**
   * The generations of GitHub AE that have the family (`''`), or a field of it. It came to things in another order than Enterprise
   * Server: without a word here both have what GHES 2.22 has, and none that came later.
   */
  readonly ae?: Readonly<Record<string, readonly Generation[]>>
  /** The fields that are lists in which the order counts. */
  readonly ordered?: readonly string[]
  /** By scope: at least one for each scope that the family has. */
  readonly scopes: { readonly [S in WorldScope]?: readonly ScopeWorld[] }
}

/** The repositories of the organization, with their ids: `web` is the one that repository worlds are about. */
export const REPOSITORIES: Body = {
  web: { id: 101, visibility: 'public', topics: ['node', 'frontend'] },
  api: { id: 102, visibility: 'private', topics: ['java'] },
  'Service-Billing': { id: 103, visibility: 'internal', topics: ['java', 'backend'] },
  'service-mail': { id: 104, visibility: 'private', topics: ['backend'] },
  'service-old': { id: 105, visibility: 'private', topics: ['backend'], archived: true },
  'a-fork': { id: 106, visibility: 'public', fork: true },
}

/** Organizations of the enterprise: with their ids for a seed, and as a configuration names them, which globs choose from. */
export const ORGANIZATIONS = {
  seed: { acme: {}, 'Team-One': { id: 5002 }, 'team-two': { id: 5003 }, 'team-old': { id: 5004 }, beta: { id: 5005 } },
  named: { acme: {}, 'Team-One': {}, 'team-two': {}, 'team-old': {}, beta: {} },
} as const

/** The contents of the variables and files that the stages take values from. */
export const VALUES = {
  env: {
    PLANTED_ONE: 'planted-value-one-7c1f',
    PLANTED_TWO: 'planted "value" two\nwith a second line 5d2e',
    PLANTED_THREE: 'planted-value-three-9b3a',
  },
  files: { 'planted.key': 'planted-file-value-4e8d', 'keys/other.key': 'planted-other-file-value-1a6c' },
} as const

/** The value of secrets that exist before. */
export const LIVE_VALUE = 'planted-live-value-3f0b'
