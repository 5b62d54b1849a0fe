import type { Configuration } from '../config/configuration.ts'
import { isEnterprise } from '../core/scope.ts'
import { createGet } from '../engine/get.ts'
import { type Listed, listRepositories } from '../engine/repositories.ts'
import type { Client } from '../github/client.ts'
import { type OwnerFacts, readOwner } from '../github/product.ts'

/** The first questions about an owner, on their way before it is known which server and which account answer them. */
export interface Ahead {
  /** The owner's account; undefined of an enterprise, which has none. */
  readonly facts: Promise<OwnerFacts> | undefined
  /** The listing of its repositories, where it was asked for: given once, so that the answers are let go. */
  listing(): Promise<readonly Listed[]> | undefined
  /** When none of them is on its way any more; never rejects. */
  readonly ended: Promise<unknown>
}

/** How an owner is asked. */
interface Asked {
  /** Reads accounts, each once. */
  readonly account: Client
  /** Reads the listing; undefined where not all repositories are needed, or names may do. */
  readonly listing: Pick<Client, 'request' | 'paginate'> | undefined
}

/** Asks for an owner's account and for its repositories side by side. A refusal reaches the callers that use the answer. */
export function askAhead(
  { name, by }: Pick<Configuration['owners'][number], 'name' | 'by'>,
  { account, listing }: Asked,
): Ahead {
  const facts = isEnterprise(name) ? undefined : readOwner(account, name, by)
  let held = listing && listRepositories(createGet(listing as Client), name)
  return {
    facts,
    listing() {
      const given = held
      held = undefined
      return given
    },
    ended: Promise.allSettled([facts, held]),
  }
}
