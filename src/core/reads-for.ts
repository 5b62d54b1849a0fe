import type { Json } from './json.ts'
import type { Routes } from './routes.ts'

/** Reads of a family that a run takes only where the configuration gives a field. */
export interface ReadsFor {
  /** Dotted path of the field, or of the map around it; empty where no field asks for them. */
  readonly field: string
  readonly routes: readonly Routes[]
  /** The values that ask for them; any where it is left out. */
  when?(value: Json): boolean
  /** For a member that the configuration deletes, by `absent` or `prune`, instead of a field. */
  readonly ofDeleted?: true
  /** A wish is checked with them and nothing else: an import takes none. */
  readonly onlyToCheck?: true
  /** Taken where the credential may: without them the run goes on, and says so. */
  readonly optional?: true
}

/**
 * The routes that reading a family takes.
 * @param isGiven whether the configuration gives what asks for these; `imports` for an import
 */
export function readsTaken(
  { reads = [], readsFor = [] }: { readonly reads?: readonly Routes[]; readonly readsFor?: readonly ReadsFor[] },
  isGiven: ((asked: ReadsFor) => boolean) | 'imports',
): readonly Routes[] {
  const isTaken = (asked: ReadsFor): boolean => (isGiven === 'imports' ? !asked.onlyToCheck : isGiven(asked))
  const routesOf = (some: readonly ReadsFor[]): readonly Routes[] => some.flatMap(({ routes }) => routes)
  const taken = new Set(routesOf(readsFor.filter(isTaken)))
  const spared = new Set(routesOf(readsFor).filter((route) => !taken.has(route)))
  return reads.filter((route) => !spared.has(route))
}
