import { GitHubError } from '../github/errors.ts'
import { REPORT_ROUTES } from '../github/home-client.ts'
import type { ServerProduct } from '../github/product.ts'
import { publishComments } from '../publish/comments.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { ALL_OWNERS } from '../render/apply-report.ts'
import { printable } from '../render/printable.ts'
import { workflowCommand } from '../render/workflow-commands.ts'
import type { Connection } from '../run/connect.ts'
import type { Io } from '../run/io.ts'
import { cleanedText } from './cleaned-text.ts'
import { homeServer } from './home-server.ts'
import type { PullToReport } from './merged-pull-of.ts'

export interface PullReport {
  readonly connection: Connection
  /** Asked with the credential of the repository where it is not known. */
  readonly server: ServerProduct | undefined
  /** `owner/name` */
  readonly repository: string
  readonly pull: PullToReport
  /** The value of `--config`. */
  readonly configuration: string
  /** The comment, in at most so many bytes; its first line is the marker. */
  text(limit?: number): string
}

/**
 * Reports the end of an apply to its merged pull request: one comment for all owners, edited where the jobs are run
 * again. A failure to do so is a warning, and does not change the apply's result.
 */
export async function reportToPull(io: Io, report: PullReport): Promise<void> {
  const { connection, repository, pull, configuration, text } = report
  if ('none' in pull) {
    if (pull.none !== undefined) warn(io, `Which pull request was merged could not be read: ${pull.none}`)
    return
  }
  try {
    const server = report.server ?? (await homeServer(io, connection))
    const client = connection.home({ repository, admits: REPORT_ROUTES, admitsGraphql: GRAPHQL_DOCUMENTS, server })
    const warnings = await publishComments(client, {
      repository,
      pullRequest: pull.number,
      owners: [ALL_OWNERS],
      comments: [
        {
          marker: { kind: 'applied', host: connection.api.host, owner: ALL_OWNERS, configuration },
          body: cleanedText(io, text()),
          shorter: (limit) => cleanedText(io, text(limit)),
        },
      ],
    })
    for (const warning of warnings) io.stderr(`${warning}\n`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const isForbidden = error instanceof GitHubError && [401, 403, 404].includes(error.status ?? 0)
    const help = isForbidden ? ` ${GRANT}` : ''
    warn(io, `The end of the apply could not be reported on #${pull.number} of ${repository}: ${why}${help}`)
  }
}

const GRANT = 'A workflow grants that to the job with `pull-requests: write`.'

function warn(io: Io, message: string): void {
  io.annotate(workflowCommand('warning', { title: 'octoform: The pull request was not updated' }, printable(message)))
  io.stderr(`${message}\n`)
}
