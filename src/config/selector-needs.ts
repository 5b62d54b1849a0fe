import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { type Document, isDocument } from '../core/json.ts'
import { type LookedUp, SELECTOR_ROUTES } from '../core/selector-routes.ts'
import type { Support } from '../core/support.ts'
import type { Configuration } from './configuration.ts'
import { repositoryLists } from './repository-lists.ts'
import { layersOfOwner } from './scopes.ts'

/** A key of a selector that needs a look-up, with its place. */
export interface SelectorNeed {
  readonly key: LookedUp
  /** Of `team`: its slug, folded. */
  readonly slug: string | undefined
  readonly source: Source
}

/** The keys of an owner's selectors that need a look-up, in lists of repositories and in `match` of sets. */
export function selectorNeeds(
  configuration: Configuration,
  owner: string,
  families: readonly Family[],
): readonly SelectorNeed[] {
  const listsIn = repositoryLists(families)
  return layersOfOwner(configuration, owner).flatMap((layer) => {
    const { match, path, place } = layer
    return [
      ...needsOf(match ?? {}, (key) => place([...path, 'match', key])),
      ...listsIn(layer).flatMap(({ path: below, entries }) =>
        entries.flatMap((entry, index) =>
          isDocument(entry) ? needsOf(entry, (key) => place([...path, ...below, index, key])) : [],
        ),
      ),
    ]
  })
}

function needsOf(selector: Document, place: (key: LookedUp) => Source): readonly SelectorNeed[] {
  return KEYS.flatMap((key) => {
    const given = selector[key]
    if (given === undefined) return []
    const slug = key === 'team' && typeof given === 'string' ? given.toLowerCase() : undefined
    return [{ key, slug, source: place(key) }]
  })
}

const KEYS = Object.keys(SELECTOR_ROUTES) as readonly LookedUp[]

/** The errors about keys that the product has no look-up for. */
export function lackedSelectors(needs: readonly SelectorNeed[], product: Support): readonly Diagnostic[] {
  return needs.flatMap(({ key, source }): readonly Diagnostic[] => {
    const route = SELECTOR_ROUTES[key]
    if (product.has(route)) return []
    const others = product.elsewhere?.(route)
    const message = `${product.name ?? 'this product'} cannot select repositories by \`${key}\`${others === undefined ? '' : `; ${others}`}`
    return [{ severity: 'error', message, source }]
  })
}
