import type { Owner } from '../world/owners.ts'
import type { Product } from '../world/products.ts'
import type { World } from '../world/store.ts'
import type { InstallationToken, Token } from '../world/token.ts'
import { identify } from './identify.ts'

/** The person, App or workflow that requests are counted for. */
export interface Account {
  readonly name: string
  /** As messages call it. */
  readonly shown: string
  /** Its budgets, as they are at this moment: an installation's grows with its repositories. */
  readonly allowed: () => Allowed
}

interface Allowed {
  /** Requests of the REST API an hour. */
  readonly core: number
  /** Points of GraphQL an hour. */
  readonly graphql: number
  /** Searches a minute. */
  readonly search: number
}

const PERSON: Allowed = { core: 5000, graphql: 5000, search: 30 }
const ANONYMOUS: Allowed = { core: 60, graphql: 0, search: 10 }

/**
 * A person's tokens count together where the seed gives them one `user`, else each as another person's; an App's count
 * together for each installation, and a workflow's for its repository.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function accountOf(world: World, authorization: string | undefined, now: Date): Account {
  const token = tokenOf(world, authorization, now)
  switch (token.kind) {
    case 'anonymous':
      return { name: 'anonymous', shown: '127.0.0.1', allowed: () => ANONYMOUS }
    case 'installation': {
      const { id } = token.installation
      return { name: `installation ${id}`, shown: `installation ID ${id}`, allowed: () => ofInstallation(world, token) }
    }
    case 'workflow': {
      const owner = token.repository === undefined ? undefined : world.repositories.get(token.repository)?.owner
      const most = isOnEnterpriseCloud(world.product, owner) ? 15_000 : 1000
      const allowed = { ...PERSON, core: most, graphql: most }
      return { name: `workflow ${token.repository ?? ''}`, shown: 'installation ID 1', allowed: () => allowed }
    }
    case 'app':
      return { name: `app ${token.app.id}`, shown: `app ID ${token.app.id}`, allowed: () => PERSON }
    default: {
      const name = token.user === undefined ? `token ${authorization ?? ''}` : `user ${token.user}`
      return { name, shown: `user ID ${world.viewer.id}`, allowed: () => PERSON }
    }
  }
}

/**
 * 15,000 on an organization of Enterprise Cloud; else 5,000 and 50 for each repository beyond 20, up to 12,500. It grows
 * with the organization's people in the same way, of whom there are none here.
 */
function ofInstallation(world: World, { installation }: InstallationToken): Allowed {
  const { owner, repositories } = installation
  if (isOnEnterpriseCloud(world.product, owner)) return { ...PERSON, core: 15_000, graphql: 10_000 }
  let count = repositories === 'all' ? 0 : repositories.size
  if (repositories === 'all') for (const each of world.repositories.values()) if (each.owner === owner) count += 1
  const most = Math.min(12_500, 5000 + 50 * Math.max(0, count - 20))
  return { ...PERSON, core: most, graphql: most }
}

function isOnEnterpriseCloud(product: Product, owner: Owner | undefined): boolean {
  return product.kind !== 'ghes' && owner?.type === 'Organization' && owner.plan === 'enterprise'
}

function tokenOf(world: World, authorization: string | undefined, now: Date): Token {
  try {
    return identify(world, authorization, now)
  } catch {
    return { kind: 'anonymous' }
  }
}
