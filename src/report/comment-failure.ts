import type { FailedRun } from '../core/failed-run.ts'
import { SetupError } from '../core/setup-error.ts'
import type { RunContext } from '../event/run-context.ts'
import { GitHubError } from '../github/errors.ts'
import { LABEL_ROUTES, REPORT_ROUTES } from '../github/home-client.ts'
import { publishCheckRun } from '../publish/check-run.ts'
import { publishFailedComments } from '../publish/failed-comments.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { publishLabel } from '../publish/labels.ts'
import { renderFailedCheck, renderFailedComment } from '../render/failed-run.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import type { Connection } from '../run/connect.ts'
import type { Io } from '../run/io.ts'
import type { AskedReport } from './asked-report.ts'
import { audienceOf } from './audience.ts'
import { cleanedText } from './cleaned-text.ts'
import { pullRequestOf } from './comment-plan.ts'
import { homeServer } from './home-server.ts'
import { isOvertaken } from './overtaken.ts'

export interface FailedPlan {
  readonly asked: AskedReport
  readonly context: RunContext | undefined
  readonly failed: FailedRun
  readonly facts: ReportFacts
  /** Made with the credential of the repository alone. */
  readonly connection: Connection
}

/** Reports in comment and check run that the plan of a commit failed, where a plan was expected. */
export async function commentFailure(io: Io, plan: FailedPlan): Promise<void> {
  const { asked, context, connection } = plan
  if (asked.comment === undefined) return
  const pull = namedPull(asked, context)
  if (pull === undefined) return
  const { repository } = pull
  const isEvents = asked.comment === true
  const audience = isEvents
    ? plan.facts.audience
    : await audienceOf(io, connection, repository, asked.showPrivate ? 'show private' : 'as visible')
  const facts = { ...plan.facts, audience }
  const warnings: string[] = []
  const client = connection.home({
    repository,
    admits: asked.label ? [...REPORT_ROUTES, ...LABEL_ROUTES] : REPORT_ROUTES,
    admitsGraphql: GRAPHQL_DOCUMENTS,
    server: await homeServer(io, connection),
  })
  const headSha = isEvents ? context?.pullRequest?.headSha : undefined
  const steps = [
    async () => {
      if (await isOvertaken(io, client, pull, headSha)) return
      const { commit, configuration } = facts
      const about = { kind: 'plan', host: connection.api.host, configuration, commit } as const
      warnings.push(
        ...(await publishFailedComments(client, {
          repository,
          pullRequest: pull.number,
          about,
          owners: asked.owners,
          text: (owner) => ({ body: cleanedText(io, renderFailedComment({ ...about, owner }, plan.failed, facts)) }),
        })),
      )
    },
    async () => {
      if (!asked.label || (await isOvertaken(io, client, pull, headSha))) return
      // A label of the former plan would be of another commit.
      const warning = await publishLabel(client, { repository, pullRequest: pull.number }, undefined)
      if (warning !== undefined) warnings.push(warning)
    },
    async () => {
      if (headSha === undefined) return
      const { title, summary } = io.cleaned(renderFailedCheck(plan.failed, facts))
      const content = { title, summary, digest: undefined, conclusion: 'failure' } as const
      const warning = await publishCheckRun(client, { repository, headSha, detailsUrl: facts.runUrl, ...content })
      if (warning !== undefined) warnings.push(warning)
    },
  ]
  // apply asks the check run alone, so that it is written even where comments cannot be.
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      warnings.push(`The failed plan could not be reported on ${repository}#${pull.number}: ${error.message}`)
    }
  }
  for (const warning of warnings) io.stderr(`${warning}\n`)
}

/** The pull request of the plan; undefined where there is none, or where its name is the error. */
function namedPull({ comment }: AskedReport, context: RunContext | undefined) {
  try {
    return comment === undefined ? undefined : pullRequestOf({ target: comment, context })
  } catch (error) {
    if (error instanceof SetupError) return undefined
    throw error
  }
}
