import type { Work } from '../core/work.ts'
import type { Expected } from '../github/outgoing.ts'

/** The id that a change was planned for: later reads for it must be of the same repository or owner. */
export function expectedOf({ change }: Work): Expected {
  return { id: change.repository_id ?? change.owner_id ?? undefined }
}
