import type { Configuration } from '../config/configuration.ts'
import { isEnterprise } from '../core/scope.ts'
import type { OwnerState } from '../engine/owner-state.ts'
import type { Credential } from '../github/credentials.ts'
import { GitHubError } from '../github/errors.ts'
import type { Ahead } from './ask-ahead.ts'
import type { Connection } from './connect.ts'

type AskedOwner = Configuration['owners'][number]

/** Begins to ask for an owner; once, however often it is called. */
export type AskAhead = (owner: AskedOwner, credential: Credential) => Ahead

/** A credential, or why the owner cannot be read. */
export type CredentialOrNot = Credential | { readonly unread: OwnerState }

/**
 * Asks the server, and the first owner beside it, before any other owner: a wrong one gets the requests of a single owner.
 * @throws GitHubError
 */
export async function askServer(
  connection: Connection,
  owners: readonly AskedOwner[],
  credential: (owner: AskedOwner) => Promise<CredentialOrNot>,
  ahead: AskAhead,
): Promise<void> {
  await askForEnterprises(connection, owners)
  for (const owner of owners) {
    if (isLater(connection, owner)) continue
    const known = await credential(owner)
    if ('unread' in known) continue
    const { ended } = ahead(owner, known)
    await connection.server(owner.name).catch(async (error: unknown) => {
      await ended
      throw error
    })
    return
  }
}

/** Asks the server with the credential of organizations: its answer serves enterprises, too, and theirs tells nothing of those. */
async function askForEnterprises(connection: Connection, owners: readonly AskedOwner[]): Promise<void> {
  const first = owners.find(({ name }) => !isEnterprise(name))
  if (first === undefined || !owners.some(({ name }) => isEnterprise(name))) return
  try {
    await connection.server(first.name)
  } catch (error) {
    // It is asked again for each owner.
    if (!(error instanceof GitHubError)) throw error
  }
}

/** Whether an owner is read by another run, after the merge. */
export function isLater(connection: Connection, { name }: AskedOwner): boolean {
  return isEnterprise(name) && connection.enterprises !== 'read'
}
