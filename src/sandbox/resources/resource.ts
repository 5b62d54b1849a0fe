import type { Route } from '../http/call.ts'
import type { Control } from '../world/control.ts'
import type { Part } from '../world/part.ts'
import type { Organization, Repository } from '../world/store.ts'

/**
 * One resource of GitHub: all that the sandbox knows of it. Its state in an organization or repository is a `slot`
 * (world/slot.ts) of the same file or folder.
 */
export interface Resource {
  readonly routes: readonly Route[]
  /** The keys of an organization for it in a seed and in the state. */
  readonly organization?: Part<Organization>
  /** The keys of a repository for it in a seed and in the state. */
  readonly repository?: Part<Repository>
  /** What can be asked of the sandbox about it: `rotate-keys` is `POST /_sandbox/rotate-keys`. */
  readonly controls?: Readonly<Record<string, Control>>
}
