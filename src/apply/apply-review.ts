import { append } from '../core/append.ts'
import { hasErrors } from '../core/diagnostic.ts'
import type { Plan } from '../core/plan.ts'
import type { SavedPlan } from '../engine/saved-plan.ts'
import type { RunContext } from '../event/run-context.ts'
import type { Clock } from '../github/clock.ts'
import { GitHubError } from '../github/errors.ts'
import { printable } from '../render/printable.ts'
import { viewApprove } from '../render/problems.ts'
import type { Audience } from '../report/audience.ts'
import { type PullToReport, reportsToPull } from '../report/merged-pull-of.ts'
import { unpackPlan } from '../report/packed-plan.ts'
import type { MergedPull } from '../review/merged-pull.ts'
import { recordedText } from '../review/recorded-text.ts'
import { reviewedDigest } from '../review/reviewed-digest.ts'
import type { ApplyFlags } from '../run/apply-flags.ts'
import type { Connection } from '../run/connect.ts'
import { EXIT } from '../run/exit-codes.ts'
import { parseAllow } from '../run/flags.ts'
import { knownServer } from '../run/known-server.ts'
import type { Refusal } from '../run/refusal.ts'
import type { Run } from '../run/run.ts'
import type { BegunPlan } from './begun-plan.ts'
import { missingValues } from './missing-values.ts'
import { refusedByReview, refusedSince } from './review.ts'

/** The inputs and findings of an apply from its beginning to its end. */
export interface Apply {
  readonly flags: ApplyFlags
  readonly context: RunContext | undefined
  /** The branch that is applied; undefined outside GitHub Actions. */
  readonly branch: string | undefined
  readonly saved: SavedPlan | undefined
  readonly path: string
  readonly clock: Clock
  readonly found: FoundReview
}

/** The findings of an apply on its way. */
interface FoundReview {
  connection?: Connection
  /** The pull request whose merge it applies. */
  pull?: PullToReport
  /** The last commit of it, which was reviewed. */
  headSha?: string
  /** Of the repository that it runs in. */
  audience?: Audience | undefined
}

/** The digests that the run is held to: the flag's, and that of the pull request of this commit. */
export async function expectedDigests(
  { flags, context, branch, clock, found }: Apply,
  run: Run,
): Promise<{ readonly digests: readonly string[]; readonly refusals: readonly Refusal[] }> {
  const given = flags.expectDigest === undefined ? [] : [flags.expectDigest]
  if (!flags.expectPullRequest || context === undefined || branch === undefined) return { digests: given, refusals: [] }
  const { repository } = context
  const server = await knownServer(run)
  const home = run.connection.home({ repository, admits: [], server })
  const onPull = ({ number, headSha }: MergedPull): void => {
    found.headSha = headSha
    if (reportsToPull(context)) found.pull = { number }
  }
  const reviewed = await reviewedDigest(home, { context, branch, app: flags.checkApp, clock, onPull })
  if ('code' in reviewed) return { digests: given, refusals: [reviewed] }
  return { digests: [...given, reviewed.digest], refusals: [] }
}

/**
 * The reasons to write nothing.
 * @param begun where an apply of the expected plan was begun before, its remaining changes were reviewed too
 */
export async function refusalsOf(
  apply: Apply,
  run: Run,
  digests: readonly string[],
  begun: BegunPlan | undefined,
): Promise<Refusal[]> {
  const { flags, saved, path } = apply
  const { planned } = run
  const { cannotSign } = run.ledger
  const refusals = [
    ...(cannotSign === undefined ? [] : [{ code: EXIT.failed, message: cannotSign }]),
    ...refusedByPlan(planned.plan, flags),
    ...refusedByReview(run, { saved, path, expectDigest: undefined }),
  ]
  for (const expectDigest of new Set(digests)) {
    const holds = expectDigest === planned.plan.digest
    const kept = holds ? undefined : await begun?.load(expectDigest)
    const recorded = holds || kept ? undefined : await recordedPlan(apply, run, expectDigest)
    append(refusals, refusedByReview(run, { saved: undefined, path, expectDigest, begun: kept, recorded }))
  }
  return [...refusals, ...(await missingValues(run))]
}

/**
 * The reviewed plan, from the check run that has its digest; undefined where it is missing: it only explains
 * differences.
 */
async function recordedPlan({ flags, context, found }: Apply, run: Run, digest: string): Promise<Plan | undefined> {
  const { headSha } = found
  if (context === undefined || headSha === undefined) return undefined
  const { repository } = context
  try {
    const home = run.connection.home({ repository, admits: [], server: await knownServer(run) })
    const text = await recordedText(home, { repository, headSha, app: flags.checkApp })
    return text === undefined ? undefined : await unpackPlan(text, digest)
  } catch (error) {
    if (error instanceof GitHubError) return undefined
    throw error
  }
}

/**
 * The reasons to write nothing after another run wrote meanwhile: changes may be gone from the plan, and no new one may
 * have come.
 */
export async function refusalsSince(flags: ApplyFlags, shown: Run, again: Run): Promise<Refusal[]> {
  return [
    ...refusedByPlan(again.planned.plan, flags),
    ...refusedSince(again, shown.planned.plan),
    ...(await missingValues(again)),
  ]
}

function refusedByPlan(plan: Plan, flags: ApplyFlags): Refusal[] {
  const refusals: Refusal[] = []
  const shown = 'by the plan'
  if (hasErrors(plan)) refusals.push({ code: EXIT.failed, message: 'The plan has errors. Nothing was written.', shown })
  if (!plan.complete && !parseAllow(flags.allow).incomplete) {
    const message = 'The plan is incomplete. Nothing was written; --allow incomplete applies what could be planned.'
    refusals.push({ code: EXIT.unread, message, shown })
  }
  for (const { guard, message, flag } of plan.tripped) {
    const past = `Nothing was written; ${flag} goes past it.`
    const brief = `A guard refuses: ${guard}. ${past}`
    refusals.push({ code: EXIT.guarded, message: `A guard refuses: ${guard}: ${message}. ${past}`, brief, shown })
  }
  for (const { text, lines = [] } of viewApprove(plan)) {
    refusals.push({ code: EXIT.guarded, message: [text, ...lines].map((line) => printable(line)).join('\n'), shown })
  }
  return refusals
}
