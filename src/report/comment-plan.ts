import { append } from '../core/append.ts'
import { hasErrors } from '../core/diagnostic.ts'
import { newlyHeldBack } from '../core/held-back.ts'
import { countChanges, type Plan } from '../core/plan.ts'
import { isRepositoryName } from '../core/repository-name.ts'
import { SetupError } from '../core/setup-error.ts'
import type { RunContext } from '../event/run-context.ts'
import type { Client } from '../github/client.ts'
import { REPORT_ROUTES } from '../github/home-client.ts'
import { type CheckRunRequest, publishCheckRun } from '../publish/check-run.ts'
import { type OwnerComment, publishComments } from '../publish/comments.ts'
import { GRAPHQL_DOCUMENTS } from '../publish/graphql-documents.ts'
import { renderComment } from '../render/comment.ts'
import { renderFailedCheck } from '../render/failed-run.ts'
import { lastLine } from '../render/last-line.ts'
import { fenced } from '../render/markdown-text.ts'
import { viewApprove } from '../render/problems.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import type { Io } from '../run/io.ts'
import { knownServer } from '../run/known-server.ts'
import type { Run } from '../run/run.ts'
import { audienceOf } from './audience.ts'
import { cleanedText } from './cleaned-text.ts'
import { homeServer } from './home-server.ts'
import { isOvertaken } from './overtaken.ts'
import { packPlan } from './packed-plan.ts'

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
    admits: REPORT_ROUTES,
    admitsGraphql: GRAPHQL_DOCUMENTS,
    server,
  })
  const audience = await audienceOf(io, run.connection, repository, showPrivate ? 'show private' : 'as visible')
  const reported = { ...facts, audience }
  const headSha = comment.target === true ? context?.pullRequest?.headSha : undefined
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
  if (headSha !== undefined) {
    append(warnings, await recordDigest(io, client, plan, reported, { repository, headSha, detailsUrl: facts.runUrl }))
  }
  for (const warning of warnings) io.stderr(`${warning}\n`)
}

function ownerComments(io: Io, { run, facts }: PlanComment, reported: ReportFacts): readonly OwnerComment[] {
  const { plan } = run.planned
  return run.states.map(({ owner }) => {
    const marker = { kind: 'plan', host: plan.host, owner, configuration: facts.configuration } as const
    return {
      marker,
      body: cleanedText(io, renderComment(plan, owner, reported)),
      shorter: (limit) => cleanedText(io, renderComment(plan, owner, reported, limit)),
    }
  })
}

/** A plan that is wrong or incomplete leaves a check run without a digest: apply takes it for no review. */
async function recordDigest(
  io: Io,
  client: Client,
  plan: Plan,
  facts: ReportFacts,
  at: Pick<CheckRunRequest, 'repository' | 'headSha' | 'detailsUrl'>,
): Promise<readonly string[]> {
  const conclusion = conclusionOf(plan, facts.base)
  const content =
    facts.failed === undefined
      ? {
          title: io.cleaned(lastLine(plan, countChanges(plan.changes), 'plan', false)),
          summary: checkSummary(plan),
          digest: plan.digest,
          text: facts.audience === 'full' ? await packPlan(plan, io.cleaned) : undefined,
        }
      : { ...io.cleaned(renderFailedCheck(facts.failed, facts)), digest: undefined }
  const warning = await publishCheckRun(client, { ...at, ...content, conclusion })
  return warning === undefined ? [] : [warning]
}

/**
 * `action_required` where a guard refuses, or a setting is held back that the base commit's configuration would not
 * hold back: merged as it is, GitHub would still differ from the YAML.
 */
function conclusionOf(plan: Plan, base: Plan | undefined): CheckRunRequest['conclusion'] {
  if (hasErrors(plan) || !plan.complete) return 'failure'
  if (plan.tripped.length > 0) return 'action_required'
  return newlyHeldBack(plan.held_back, base?.held_back).length > 0 ? 'action_required' : 'success'
}

/** The digest and, where a guard trips, the lines that approve the plan. Holds no name, since check runs can be public. */
function checkSummary(plan: Plan): string {
  const guards = plan.tripped.map(({ guard, flag }) => `\`${guard}\` (\`${flag}\`)`).join(', ')
  const [row] = viewApprove(plan)
  return [
    ...(guards === '' ? [] : [`Refused by apply: ${guards}.`]),
    ...(row ? [row.text, fenced(row.lines ?? [], 'text')] : []),
    `Digest: \`${plan.digest}\``,
  ].join('\n\n')
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
