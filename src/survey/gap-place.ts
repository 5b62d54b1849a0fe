import { rootLevel } from '../core/address.ts'
import { LADDER } from '../core/scope.ts'

/** The owner and the repository of a place, both folded. */
export interface GapPlace {
  readonly owner: string
  /** Below the owner; undefined for the owner itself. */
  readonly repository?: string
}

/** Reads a place as reports write it: `orgs/acme`, `repos/acme/web/…`, `acme/web`. */
export function placeOfGap(place: string): GapPlace {
  const level = rootLevel(place)
  const [owner = '', repository] = place
    .toLowerCase()
    .split('/')
    .slice(level === undefined ? 0 : 1)
  return repository === undefined || (level !== undefined && LADDER[level].owns) ? { owner } : { owner, repository }
}
