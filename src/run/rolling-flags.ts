import type { Configuration } from '../config/configuration.ts'
import { GitHubError } from '../github/errors.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { listedUnits } from '../publish/listed-units.ts'
import type { Marker } from '../render/marker.ts'
import type { Connection } from './connect.ts'
import type { RollingFlags } from './reading.ts'

/** The issues that a rolling run may close or shorten, where it writes any. */
interface Issues {
  readonly repository: string
  /** The value of `--config`. */
  readonly configuration: string
}

/** How a run of at most so many requests chooses its part: what open issues tell of is read again, where there is room. */
export async function rollingFlags(
  flags: Pick<RollingFlags, 'maxRequests' | 'now'>,
  connection: Connection,
  owners: Configuration['owners'],
  issues: Issues | undefined,
): Promise<RollingFlags> {
  return { ...flags, listed: issues && (await listedIn(connection, owners, issues)) }
}

/** Where issues cannot be read, writing them fails as well, and reports the reason once the plan is printed. */
async function listedIn(
  connection: Connection,
  owners: Configuration['owners'],
  { repository, configuration }: Issues,
): Promise<ReadonlySet<string>> {
  const { host } = connection.api
  const about = owners.flatMap(({ name: owner }): Marker[] => [
    { kind: 'drift', host, owner, configuration },
    { kind: 'unread', host, owner, configuration },
  ])
  try {
    const server = await connection.server(owners[0]?.name ?? '')
    const client = connection.home({ repository, admits: [], admitsGraphql: GRAPHQL_DOCUMENTS, server })
    return await listedUnits(client, repository, about)
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    return new Set()
  }
}
