import type { Route } from '../core/routes.ts'
import type { GitHubError } from './errors.ts'
import type { Permissions } from './permissions.ts'
import { permissionsNeeded } from './permissions-needed.ts'

/** The use of a credential: planning reads, applying reads and writes, reports read the files of repositories too. */
export type Purpose = 'plan' | 'apply' | 'report'

/** Something that a credential lacks. */
export interface Missing {
  /**
   * The permission or scope, such as `organization_secrets: read` or `admin:org`; the unreachable thing where neither
   * is known.
   */
  readonly what: string
  readonly for: readonly Purpose[]
  readonly how: string
}

/** The findings about a credential for one owner, or for one repository. */
export interface Checkup {
  /** `acme`, or `the repository acme/admin`. */
  readonly of: string
  /** The source of the credential, such as `OCTOFORM_TOKEN`. */
  readonly from: string
  readonly kind: 'GitHub App' | 'classic token' | 'token' | 'none'
  /** Of an App or fine-grained token. */
  readonly needs: { readonly [P in Purpose]?: Permissions }
  /** Of a classic token. */
  readonly scopes: readonly string[]
  /** The permissions held, as text; undefined where GitHub does not show them. */
  readonly has: string | undefined
  readonly missing: readonly Missing[]
  /** Facts that GitHub does not show. */
  readonly untold: readonly string[]
  /** Requests that got no answer. */
  readonly unreachable: readonly string[]
  readonly notes: readonly string[]
}

/** The needs of each purpose: of an App or fine-grained token `needs`, of a classic token `scopes`. */
export interface NeededFor {
  readonly needs: { readonly [P in Purpose]?: Permissions }
  readonly scopes: { readonly [P in Purpose]?: readonly string[] }
}

/** Collects the needs of each purpose's routes. */
export function neededFor(purposes: readonly Purpose[], routes: (purpose: Purpose) => readonly Route[]): NeededFor {
  const needed = purposes.map((purpose) => [purpose, permissionsNeeded(routes(purpose))] as const)
  return {
    needs: Object.fromEntries(needed.map(([purpose, { permissions }]) => [purpose, permissions])),
    scopes: Object.fromEntries(needed.map(([purpose, { scopes }]) => [purpose, scopes])),
  }
}

/** A checkup that ended with an error: no answer came, or no read was permitted. */
export function failedCheckup(
  checkup: Pick<Checkup, 'of' | 'from' | 'kind' | 'needs'>,
  what: string,
  { kind, message }: GitHubError,
): Checkup {
  const rest = { scopes: [], has: undefined, untold: [], notes: [] }
  if (kind === 'unavailable') return { ...checkup, ...rest, missing: [], unreachable: [message] }
  const purposes = Object.keys(checkup.needs) as Purpose[]
  return { ...checkup, ...rest, missing: [{ what, for: purposes, how: message }], unreachable: [] }
}
