import { isDocument, type Json } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { RunContext } from '../event/run-context.ts'
import type { Connection } from './connect.ts'
import type { Io } from './io.ts'

/** Whether names and values may be told where something is written, or only how many there are. */
export type Audience = 'full' | 'counts'

/** What may be told to the readers of the repository that a run belongs to; all where there is none. */
export async function audienceOfRun(
  io: Io,
  connection: Connection,
  context: Pick<RunContext, 'repository'> | undefined,
  showPrivate: boolean | undefined,
): Promise<Audience> {
  if (context === undefined) return 'full'
  return audienceOf(io, connection, context.repository, showPrivate ? 'show private' : 'as visible')
}

/**
 * What may be told to the readers of a repository. Whoever reads a private one was let in; an internal one is read by the
 * whole enterprise and a public one by all, and most of what a plan names is less visible than that. Where it cannot be
 * told, only counts are.
 */
export async function audienceOf(
  io: Io,
  connection: Connection,
  repository: string,
  showPrivate: 'show private' | 'as visible',
): Promise<Audience> {
  if (showPrivate === 'show private') return 'full'
  try {
    const client = connection.home({ repository, admits: [] })
    const { body } = await client.request('GET /repos/{owner}/{repo}', repositoryParams(repository))
    const found = body as Json
    const visibility = isDocument(found) ? (found.visibility ?? (found.private === true ? 'private' : 'public')) : ''
    return visibility === 'private' ? 'full' : 'counts'
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    io.stderr(`Who may read ${repository} cannot be told, so names are left out of what is written there: ${why}\n`)
    return 'counts'
  }
}
