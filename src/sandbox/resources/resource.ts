import type { Route } from '../http/call.ts'
import type { Control } from '../http/control.ts'
import type { StoreRoute } from '../http/store.ts'
import type { Enterprise, Organization } from '../world/owners.ts'
import type { Part } from '../world/part.ts'
import type { Environment, Repository, World } from '../world/store.ts'

/**
 * One resource of GitHub, whole. Its state in an enterprise, organization, repository or environment stands in a
 * `slot` (world/slot.ts) of the same file or folder.
 */
export interface Resource {
  readonly routes: readonly Route[]
  /** The keys at the top of a seed and of the state, of what is below no owner. */
  readonly world?: Part<World>
  /** The keys of an enterprise for it in a seed and in the state. */
  readonly enterprise?: Part<Enterprise>
  /** The keys of an organization for it in a seed and in the state. */
  readonly organization?: Part<Organization>
  /** The same of a repository, for what is a field of the repository itself and stands beside its description. */
  readonly details?: Part<Repository>
  /** The keys of a repository for it in a seed and in the state. */
  readonly repository?: Part<Repository>
  /** The same of an environment. */
  readonly environment?: Part<Environment>
  /** Acts on it that no API has, by the name in their path: `rotate-keys` is `POST /_sandbox/rotate-keys`. */
  readonly controls?: Readonly<Record<string, Control>>
  /** Its places in the store, for redirects to lead to. */
  readonly store?: readonly StoreRoute[]
}
