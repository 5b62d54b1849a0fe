import type { Configuration } from '../config/configuration.ts'
import { onceEach } from '../core/once.ts'
import type { KnownOrganization } from '../engine/organizations.ts'
import type { Client } from '../github/client.ts'
import type { Credential } from '../github/credentials.ts'
import { GitHubError } from '../github/errors.ts'
import { ACCOUNT_ROUTES, readOwner } from '../github/product.ts'
import { remembering } from '../github/remember.ts'
import type { Connection } from './connect.ts'

/** The reads of the accounts of a run's owners: each once, for the owner itself and for the enterprise that names it. */
export interface AccountReads {
  /** Reads an owner's account with its credential; it may be asked before the server is known. */
  client(owner: string, credential: Credential): Client
  /** An organization that the run reads anyway; undefined for any other, and where its own credential does not show it. */
  readonly organization: KnownOrganization
}

/** Sends nothing yet. @param owners all owners that the run reads */
export function accountReads(connection: Connection, owners: Configuration['owners']): AccountReads {
  const clients = onceEach()
  const client: AccountReads['client'] = (owner, credential) =>
    clients(owner, () => remembering(connection.reader(credential)))
  const own = new Map(
    owners.filter(({ by }) => ACCOUNT_ROUTES[by] === ACCOUNT_ROUTES.organization).map((owner) => [owner.name, owner]),
  )
  return {
    client,
    async organization(name) {
      const owner = own.get(name)
      if (owner === undefined) return undefined
      try {
        const credential = await connection.credential(name)
        const { id, login } = await readOwner(client(name, credential), name, owner.by)
        return id === null ? undefined : { id, login }
      } catch (error) {
        if (error instanceof GitHubError) return undefined
        throw error
      }
    },
  }
}
