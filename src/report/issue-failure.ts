import { ownerPlace } from '../core/address.ts'
import { isRepositoryName } from '../core/repository-name.ts'
import type { RunContext } from '../event/run-context.ts'
import { carriesPullRequest } from '../event/trust.ts'
import { REPORT_ROUTES } from '../github/home-client.ts'
import { publishDriftIssue } from '../publish/drift-issue.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { renderUnreadIssue } from '../render/unread-issue.ts'
import { isChosen } from '../run/chosen-owners.ts'
import type { Connection } from '../run/connect.ts'
import type { Io } from '../run/io.ts'
import { ConfigurationError, load } from '../run/load.ts'
import type { AskedReport } from './asked-report.ts'
import { audienceOf } from './audience.ts'
import { issueText } from './drift-issues.ts'
import type { Explained } from './explained.ts'
import { homeServer } from './home-server.ts'

export interface FailureReport {
  readonly asked: AskedReport
  readonly context: RunContext | undefined
  readonly failed: Explained
  readonly facts: ReportFacts
  /** Made with the credential of the repository alone. */
  readonly connection: Connection
}

/**
 * Opens or rewrites, for each owner, the issue that it could not be read, where the run ended before any read: a token
 * that has run out, a key that GitHub refuses, a server that does not answer. Known drift stays. A wrong configuration
 * is reported by the summary alone.
 */
export async function issueFailure(io: Io, drift: FailureReport): Promise<void> {
  const { asked, context, failed, connection } = drift
  const { issue: repository } = asked
  if (repository === undefined || !isRepositoryName(repository) || carriesPullRequest(context)) return
  if (!failed.keptFromReading) return
  const places = await placesIn(io, asked)
  // The audience of the run's own repository is known.
  const isOwn = context?.repository.toLowerCase() === repository.toLowerCase()
  const audience = isOwn
    ? drift.facts.audience
    : await audienceOf(io, connection, repository, asked.showPrivate ? 'show private' : 'as visible')
  const facts = { ...drift.facts, audience }
  const server = await homeServer(io, connection)
  const admitted = { admits: REPORT_ROUTES, admitsGraphql: GRAPHQL_DOCUMENTS, server }
  const client = connection.home({ repository, ...admitted })
  const { host } = connection.api
  const reason = failed.reasons.map(({ message }) => message).join(' ')
  const briefs = failed.reasons.flatMap(({ brief }) => brief ?? [])
  for (const { owner, scope } of places) {
    const unread = { host, diagnostics: [], not_read: [{ scope, reason }], briefs }
    const marker = (kind: 'drift' | 'unread') => ({ kind, host, owner, configuration: facts.configuration })
    const warnings = await publishDriftIssue(client, {
      repository,
      drift: { marker: marker('drift'), text: 'none' },
      unread: {
        marker: marker('unread'),
        text: issueText(io, (limit) => renderUnreadIssue(unread, owner, { ...facts, units: '' }, limit)),
      },
    })
    for (const warning of warnings) io.stderr(`${warning}\n`)
  }
}

/** The owners that the run was about; none where the configuration cannot be read. */
async function placesIn(io: Io, { config, owners }: AskedReport) {
  try {
    const configuration = await load(io, config)
    return configuration.owners
      .filter(({ name }) => isChosen(name, owners))
      .map((owner) => ({ owner: owner.name, scope: ownerPlace(owner) }))
  } catch (error) {
    if (error instanceof ConfigurationError) return []
    throw error
  }
}
