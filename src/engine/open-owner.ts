import type { Get } from '../core/family.ts'
import type { ScopeType } from '../core/scope.ts'
import type { Support } from '../core/support.ts'
import type { Client } from '../github/client.ts'
import { type OwnerFacts, ownerProduct, readOwner, type ServerProduct } from '../github/product.ts'
import { createGets, supportOf } from './get.ts'

/** How to reach one owner. */
export interface OwnerAccess {
  readonly server: ServerProduct
  /** `github.product` of the configuration, or of the option that `productFrom` names. */
  readonly configuredProduct: string | undefined
  readonly productFrom?: string
  /** Reads with this owner's credential; the product decides which previews it asks for. */
  client(product: string | undefined): Client
  /** The owner's account, where it was asked for already. */
  readonly facts?: Promise<OwnerFacts> | undefined
  readonly owner: {
    readonly name: string
    /** The level under whose key it stands. */
    readonly declared: ScopeType
    /** Whether the configuration has enterprises: of the cloud, its organizations then have what they have. */
    readonly enterprises?: 'declared' | 'none'
  }
}

/** One owner, with the door to it. */
export interface OwnerDoor {
  readonly facts: OwnerFacts
  readonly product: string
  /** Its plan on GitHub's cloud: a GHES server has every feature, even if its accounts show a plan. */
  readonly plan: string | undefined
  readonly support: Support
  readonly get: Get
  /** A reader for repositories that are read together: the answers about them are let go with it. */
  ofRepositories(): Get
}

/**
 * Reads one owner's name, id and type.
 * @throws GitHubError where it cannot be read
 * @throws SetupError where the product contradicts the configuration
 */
export async function openOwner({
  server,
  configuredProduct,
  productFrom,
  client,
  facts: asked,
  owner,
}: OwnerAccess): Promise<OwnerDoor> {
  const facts = await (asked ?? readOwner(client(undefined), owner.name, owner.declared))
  const product = ownerProduct(server, facts, {
    configured: configuredProduct,
    from: productFrom,
    enterprises: owner.enterprises ?? 'none',
  })
  const plan = server === 'cloud' ? facts.plan : undefined
  const { get, ofRepository: ofRepositories } = createGets(client(product))
  return { facts, product, plan, support: supportOf(product), get, ofRepositories }
}
