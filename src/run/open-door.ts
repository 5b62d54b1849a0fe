import type { Get } from '../core/family.ts'
import type { ScopeType } from '../core/scope.ts'
import { LIST } from '../engine/listing-length.ts'
import { type OwnerDoor, openOwner } from '../engine/open-owner.ts'
import type { Listed } from '../engine/repositories.ts'
import type { Client } from '../github/client.ts'
import type { ServerProduct } from '../github/product.ts'
import { askAhead } from './ask-ahead.ts'
import type { Connection } from './connect.ts'

interface Opening {
  readonly owner: string
  /** The level under whose key it stands. */
  readonly declared: ScopeType
  /** The product that the option `--product` names. */
  readonly product: string | undefined
  /** Whether all of its repositories will be asked for. */
  readonly listing: boolean
}

/** An owner that can be read, with the way to it. */
export interface OpenDoor {
  readonly door: OwnerDoor
  readonly server: ServerProduct
  /** Reads as the door does. */
  readonly client: Client
}

/**
 * Opens an owner for reading. The server, the owner and the first page of its repositories are asked for side by side.
 * @throws GitHubError where one of them cannot be read, that of the server first
 * @throws SetupError where the product contradicts the server
 */
export async function openDoor(
  connection: Connection,
  { owner, declared, product, listing }: Opening,
): Promise<OpenDoor> {
  const credential = await connection.credential(owner)
  const early = connection.reader(credential)
  const ahead = askAhead({ name: owner, by: declared }, { account: early, listing: listing ? early : undefined })
  const server = await connection.server(owner).catch(async (error: unknown) => {
    await ahead.ended
    throw error
  })
  const door = await openOwner({
    owner: { name: owner, declared },
    server,
    configuredProduct: product,
    productFrom: '--product',
    client: (named) => connection.reader(credential, server, named),
    facts: ahead.facts,
  })
  const get = withListing(door.get, ahead.listing())
  return { door: { ...door, get }, server, client: connection.reader(credential, server, door.product) }
}

/** The same answers, with the listing that was asked for before. */
function withListing(get: Get, listed: Promise<readonly Listed[]> | undefined): Get {
  if (listed === undefined) return get
  return {
    ...get,
    list: <T>(route: Parameters<Get['list']>[0], params: Parameters<Get['list']>[1]) =>
      route === LIST ? (listed as unknown as Promise<readonly T[]>) : get.list<T>(route, params),
  }
}
