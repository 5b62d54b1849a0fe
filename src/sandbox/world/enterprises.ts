import type { Enterprise, Organization } from './owners.ts'
import type { World } from './store.ts'

/**
 * The enterprise of a name in a path: its slug, without case, or its id, which GitHub's descriptions named as another way up
 * to GHES 3.15. github.com has none for organizations on its own plans.
 */
export function enterpriseNamed({ enterprises, product }: World, name: string): Enterprise | undefined {
  if (product.kind === 'dotcom') return undefined
  return enterprises.get(name.toLowerCase()) ?? [...enterprises.values()].find(({ id }) => String(id) === name)
}

/** The organizations of an enterprise, in the order of their ids. */
export function organizationsOf(world: World, enterprise: Enterprise): Organization[] {
  return organizationsIn(world).filter((each) => each.enterprise === enterprise)
}

/** All organizations, in the order of their ids. */
export function organizationsIn({ owners }: World): Organization[] {
  return [...owners.values()]
    .filter((owner): owner is Organization => owner.type === 'Organization')
    .sort((one, other) => one.id - other.id)
}
