import type { Get } from '../core/family.ts'
import { onceEach } from '../core/once.ts'
import { createGet } from '../engine/get.ts'
import type { Client } from '../github/client.ts'
import type { Credential } from '../github/credentials.ts'
import { GitHubError } from '../github/errors.ts'
import type { ServerProduct } from '../github/product.ts'
import { remembering } from '../github/remember.ts'
import type { Connection } from './connect.ts'

/** The reads of enterprises in one run. */
export interface EnterpriseReads {
  /** Reads an enterprise with its own credential, each thing once for itself and all of its organizations. */
  client(enterprise: string, credential: Credential, server: ServerProduct, product: string | undefined): Client
  /**
   * Reads what an enterprise dictates to an organization: with the enterprise's credential where the run has one, else
   * with that of the organization.
   */
  above(enterprise: string, server: ServerProduct, product: string, other: Get): Get
}

/** Sends nothing yet. @param connection by which enterprises are reached */
export function enterpriseReads(connection: Connection): EnterpriseReads {
  const clients = onceEach()
  const client: EnterpriseReads['client'] = (enterprise, credential, server, product) =>
    clients(`${enterprise} ${product ?? ''}`, () => remembering(connection.reader(credential, server, product)))
  return {
    client,
    above(enterprise, server, product, other) {
      const open = async (): Promise<Get> => {
        if (connection.enterprises !== 'read') return other
        try {
          return createGet(client(enterprise, await connection.credential(enterprise), server, product))
        } catch (error) {
          if (!(error instanceof GitHubError)) throw error
          return other
        }
      }
      return {
        one: async (route, params) => (await open()).one(route, params),
        oneIfAny: async (route, params) => (await open()).oneIfAny(route, params),
        list: async (route, params) => (await open()).list(route, params),
        listIfShown: async (route, params) => (await open()).listIfShown(route, params),
      }
    },
  }
}
