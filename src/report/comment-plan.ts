import { append } from '../core/append.ts'
import { isRepositoryName } from '../core/repository-name.ts'
import { SetupError } from '../core/setup-error.ts'
import type { RunContext } from '../event/run-context.ts'
import { LABEL_ROUTES, REPORT_ROUTES } from '../github/home-client.ts'
import { type OwnerComment, publishComments } from '../publish/comments.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { publishLabel } from '../publish/labels.ts'
import { isQuietPlan, renderComment } from '../render/comment.ts'
import { planLabel } from '../render/plan-label.ts'
import { REPORT_BYTES, type ReportFacts } from '../render/report-facts.ts'
import type { Io } from '../run/io.ts'
import { knownServer } from '../run/known-server.ts'
import type { Run } from '../run/run.ts'
import { audienceOf } from './audience.ts'
import { cleanedText } from './cleaned-text.ts'
import { homeServer } from './home-server.ts'
import { isOvertaken } from './overtaken.ts'
import { recordPlan } from './record-plan.ts'

export interface PlanComment {
  readonly run: Run
  readonly context: RunContext | undefined
  readonly facts: Omit<ReportFacts, 'audience'>
  /** `owner/name#N`; true for the pull request of the event. */
  readonly target: string | true
  readonly showPrivate: boolean
  /** Whether a plan without changes makes no comment; one that stands there is edited in any case. */
  readonly onlyChanges: boolean
  readonly label: boolean
}

/**
 * Comments a plan on a pull request, one comment for each organization, and in GitHub Actions records its digest as the
 * check run that apply requires. Written by a client of that repository alone, which is made only now.
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
  const server = (await knownServer(run)) ?? (await homeServer(io, run.connection))
  const client = run.connection.home({
    repository,
    admits: comment.label ? [...REPORT_ROUTES, ...LABEL_ROUTES] : REPORT_ROUTES,
    admitsGraphql: GRAPHQL_DOCUMENTS,
    server,
  })
  const audience = await audienceOf(io, run.connection, repository, showPrivate ? 'show private' : 'as visible')
  const headSha = comment.target === true ? context?.pullRequest?.headSha : undefined
  const reported = { ...facts, audience, ...(headSha === undefined ? { digest: 'whole' as const } : {}) }
  const comments = (await isOvertaken(io, client, pull, headSha)) ? undefined : ownerComments(io, comment, reported)
  const warnings =
    comments === undefined
      ? []
      : await publishComments(client, {
          repository,
          pullRequest: number,
          comments,
          // An owner that --owner leaves out this time keeps its comment.
          owners: run.configuration.owners.map(({ name }) => name),
        })
  if (comment.label && comments !== undefined) {
    const warning = await publishLabel(client, { repository, pullRequest: number }, planLabel(plan))
    if (warning !== undefined) warnings.push(warning)
  }
  if (headSha !== undefined) {
    const owners = run.states.map(({ owner }) => owner)
    const at = { repository, headSha, detailsUrl: facts.runUrl }
    append(warnings, await recordPlan(io, client, { plan, owners, facts: reported, at }))
  }
  for (const warning of warnings) io.stderr(`${warning}\n`)
}

function ownerComments(
  io: Io,
  { run, facts, onlyChanges }: PlanComment,
  reported: ReportFacts,
): readonly OwnerComment[] {
  const { plan } = run.planned
  return run.states.map(({ owner }) => {
    const marker = { kind: 'plan', host: plan.host, owner, configuration: facts.configuration } as const
    return {
      marker,
      isWanted: !onlyChanges || !isQuietPlan(plan, owner, reported),
      body: cleanedText(io, renderComment(plan, owner, reported, REPORT_BYTES, io.cleaned)),
      shorter: (limit) => cleanedText(io, renderComment(plan, owner, reported, limit, io.cleaned)),
    }
  })
}

/** The pull request that is to be commented on; undefined where the event carries none. @throws SetupError where none is named */
export function pullRequestOf({
  target,
  context,
}: Pick<PlanComment, 'target' | 'context'>): { repository: string; number: number } | undefined {
  if (target === true) {
    if (context === undefined) throw new SetupError('There is no pull request here: write --comment owner/name#12.')
    const number = context?.pullRequest?.number
    return number === undefined ? undefined : { repository: context.repository, number }
  }
  const [, repository = '', number] = /^(.+)#(\d{1,10})$/.exec(target) ?? []
  if (!isRepositoryName(repository)) {
    throw new SetupError(`--comment ${target} names no pull request: write owner/name#12.`)
  }
  return { repository, number: Number(number) }
}
