import type { Family } from './family.ts'
import { modesOf } from './family-modes.ts'
import { listsOwned } from './field.ts'
import { type Document, getPath, sameJson, withPath } from './json.ts'
import { fieldAt, isMadeWith, supportsLeaf } from './leaves.ts'
import type { Scope } from './scope.ts'
import type { Support } from './support.ts'

interface Where {
  readonly scope: Scope
  readonly product: Support
}

/** Whether the product takes the list of a member that is there: one that it takes with the create alone it does not show. */
function isShown(family: Family, path: string, { type }: Scope, product: Support): boolean {
  return supportsLeaf(family, path, type, product) && !isMadeWith(family, path, type, product)
}

type BothSides = readonly [before: object | undefined, after: object | undefined]

/**
 * Both sides of a change, to find who gains. A list in force on both sides that the product neither shows nor takes is the same on
 * both, and may hold anything: as if all were on it, so that a switch beside it counts for each that it may let in.
 */
export function asIfAllListed(family: Family, { scope, product }: Where, [before, after]: BothSides): BothSides {
  if (before === undefined || after === undefined) return [before, after]
  let sides: readonly [Document, Document] = [before as Document, after as Document]
  for (const { field, is, lists } of modesOf(family, scope)) {
    const { wider } = fieldAt(family, field)
    const widest = Array.isArray(wider) ? wider.at(-1) : undefined
    const isUnshown = (of: object): boolean =>
      sameJson(getPath(of, field), is) &&
      lists.some(
        (path) =>
          listsOwned(fieldAt(family, path)) &&
          getPath(of, path) === undefined &&
          !isShown(family, path, scope, product),
      )
    if (widest === undefined || !isUnshown(before) || !isUnshown(after)) continue
    sides = [withPath(sides[0], field, widest), withPath(sides[1], field, widest)]
  }
  return sides
}
