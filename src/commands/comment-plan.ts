import { SetupError } from '../core/setup-error.ts'
import type { RunContext } from '../event/run-context.ts'
import { REPORT_ROUTES } from '../github/home-client.ts'
import { publishCheckRun } from '../publish/check-run.ts'
import { publishComments } from '../publish/comments.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { renderComment } from '../render/comment.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import { viewPlan } from '../render/view.ts'
import { audienceOf } from './audience.ts'
import { cleanedText } from './cleaned-text.ts'
import type { Io } from './io.ts'
import { knownServer } from './known-server.ts'
import { hasErrors } from './plan.ts'
import type { Run } from './run.ts'

export interface PlanComment {
  readonly run: Run
  readonly context: RunContext | undefined
  readonly facts: Omit<ReportFacts, 'audience'>
  /** `owner/name#N`; true for the pull request of the event. */
  readonly target: string | true
  readonly showPrivate: boolean
}

/**
 * Comments a plan on a pull request, one comment for each organization, and in GitHub Actions records its digest as the
 * check run that apply asks for. Written by a client of that repository alone, which is made only now.
 */
export async function commentPlan(io: Io, comment: PlanComment): Promise<void> {
  const { run, context, facts, showPrivate } = comment
  const { plan } = run.planned
  const pull = pullRequestOf(comment)
  if (pull === undefined) {
    io.stderr('There is no pull request to comment on: this event carries none.\n')
    return
  }
  const { repository, number } = pull
  const server = await knownServer(run)
  const client = run.connection.home({
    repository,
    admits: REPORT_ROUTES,
    admitsGraphql: GRAPHQL_DOCUMENTS,
    server,
  })
  const audience = await audienceOf(io, run.connection, repository, showPrivate ? 'show private' : 'as visible')
  const told = { ...facts, audience }
  const owners = run.surveys.map(({ owner }) => owner)
  const warnings = await publishComments(client, {
    repository,
    pullRequest: number,
    // What --owner leaves out this time keeps its comment.
    owners: run.configuration.owners.map(({ name }) => name),
    comments: owners.map((owner) => {
      const { host } = plan
      const marker = { kind: 'plan', host, owner, configuration: facts.configuration } as const
      return {
        marker,
        body: cleanedText(io, renderComment(plan, owner, told)),
        shorter: (limit) => cleanedText(io, renderComment(plan, owner, told, limit)),
      }
    }),
  })
  const headSha = context?.pullRequest?.headSha
  if (comment.target === true && headSha !== undefined) {
    const failed = hasErrors(plan) || !plan.complete
    const warning = await publishCheckRun(client, {
      repository,
      headSha,
      digest: failed ? undefined : plan.digest,
      title: viewPlan(plan, 'plan').last,
      summary: `Digest: \`${plan.digest}\``,
      conclusion: failed ? 'failure' : 'success',
      detailsUrl: facts.runUrl,
    })
    if (warning !== undefined) warnings.push(warning)
  }
  for (const warning of warnings) io.stderr(`${warning}\n`)
}

/** @throws SetupError for a text that names no pull request */
function pullRequestOf({ target, context }: PlanComment): { repository: string; number: number } | undefined {
  if (target === true) {
    const number = context?.pullRequest?.number
    return context === undefined || number === undefined ? undefined : { repository: context.repository, number }
  }
  const [, repository, number] = /^([\w-]+\/[\w.-]+)#(\d{1,10})$/.exec(target) ?? []
  if (repository === undefined) throw new SetupError(`--comment ${target} names no pull request: write owner/name#12.`)
  return { repository, number: Number(number) }
}
