import type { Owner } from './owners.ts'

/** The two levels of a permission; `write` includes `read`. */
export const ACCESS = ['read', 'write'] as const
export type Access = (typeof ACCESS)[number]

/** By GitHub's name of the permission, such as `organization_secrets`. A permission that is missing is not granted. */
export type Permissions = Readonly<Record<string, Access>>

/** The sender of a request, with its permissions on GitHub. */
export type Token =
  /** No token: `GET /meta` alone answers. */
  | { readonly kind: 'anonymous' }
  | PersonalToken
  | WorkflowToken
  | InstallationToken
  /** A JSON web token, with which an App speaks for itself. */
  | { readonly kind: 'app'; readonly app: App }

/** A token of a person. */
export type PersonalToken = {
  /** The person whose limits it counts against; one of its own where there is none. */
  readonly user?: string
} & (
  | /** A classic token of an owner of everything, with every scope. */ { readonly kind: 'owner' }
  /** A fine-grained token that may read everything and write nothing. */
  | { readonly kind: 'reader' }
  | { readonly kind: 'classic'; readonly scopes: readonly string[] }
  | { readonly kind: 'fine-grained'; readonly permissions: Permissions }
)

/** The `GITHUB_TOKEN` of a workflow run. */
export interface WorkflowToken {
  readonly kind: 'workflow'
  /** The id of the only repository that it reaches; undefined when it reaches each of them. */
  readonly repository: number | undefined
  readonly permissions: Permissions
}

/** A token with which an App speaks where it is installed. */
export interface InstallationToken {
  readonly kind: 'installation'
  readonly app: App
  readonly installation: Installation
  readonly permissions: Permissions
  /** Ids of the repositories that it reaches. */
  readonly repositories: RepositorySelection
  /** Undefined for a token of the seed, which lasts. */
  readonly expiresAt: Date | undefined
}

/** A GitHub App. */
export interface App {
  readonly id: number
  readonly slug: string
  /** PEM; checks the signature of the App's JSON web tokens. */
  readonly publicKey: string
  /** How long its installation tokens last, in seconds: one hour at GitHub. */
  readonly tokenLifetime: number
  /** By login of the owner, in lower case. */
  readonly installations: Map<string, Installation>
}

/** An App in one organization or personal account. */
export interface Installation {
  readonly id: number
  readonly owner: Owner
  readonly repositories: RepositorySelection
  readonly permissions: Permissions
  readonly suspended: boolean
}

export type RepositorySelection = 'all' | ReadonlySet<number>

/** Whether the permissions hold this one at this level or above it. */
export function grants(permissions: Permissions, name: string, access: Access): boolean {
  const granted = permissions[name]
  return granted === 'write' || (granted !== undefined && granted === access)
}
