import type { Work } from '../core/work.ts'
import type { Expected } from '../github/identity.ts'

/** What a change was planned for: what is read again for it must be of the same repository or owner, by its id. */
export function expectedOf({ change }: Work): Expected {
  return { id: change.repository_id ?? change.owner_id }
}
