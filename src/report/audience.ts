import { isDocument, type Json } from '../core/json.ts'
import { repositoryParams } from '../core/repository-name.ts'
import type { RunContext } from '../event/run-context.ts'
import type { Connection } from '../run/connect.ts'
import type { Io } from '../run/io.ts'

/** Whether readers of a place may see names and values, or only counts. */
export type Audience = 'full' | 'counts'

/** The audience of the repository that a run belongs to; `full` where there is none. */
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
 * The audience of a repository's readers. Readers of a private one were let in; an internal one is read by the whole
 * enterprise and a public one by all, and most names in a plan are less visible than that. Where the visibility cannot
 * be read, only counts are shown.
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
    io.stderr(`Who may read ${repository} is not known, so names are left out of what is written there: ${why}\n`)
    return 'counts'
  }
}
