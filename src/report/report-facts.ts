import { isAbsolute, relative, sep } from 'node:path'
import type { RunContext } from '../event/run-context.ts'
import type { ReportFacts } from '../render/report-facts.ts'
import type { BaseRun } from '../run/base-run.ts'
import type { Io } from '../run/io.ts'

/** The page of the run on GitHub; undefined outside GitHub Actions. */
export function runUrlOf(context: RunContext | undefined): string | undefined {
  return context === undefined || context.runId === '' ? undefined : attemptUrl(context)
}

/** The page of one attempt of a run. */
export function attemptUrl({
  serverUrl,
  repository,
  runId,
  runAttempt,
}: Pick<RunContext, 'serverUrl' | 'repository' | 'runId' | 'runAttempt'>): string {
  return `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${runAttempt}`
}

/** Of which run, commit and files a report is. */
export function originOf(
  config: readonly string[],
  context: RunContext | undefined,
  io: Pick<Io, 'env' | 'cwd' | 'pace'>,
): Omit<ReportFacts, 'audience'> {
  const commit = context?.pullRequest?.headSha ?? (context?.sha || undefined)
  return {
    runUrl: runUrlOf(context),
    commit,
    commitUrl: context && commit !== undefined ? commitUrl(context, commit) : undefined,
    web: context && webOf(context, io.env),
    at: new Date(io.pace.clock.now()).toISOString(),
    files: context && commit !== undefined ? filesUrl(context, commit, io) : undefined,
    configuration: config.join(' '),
  }
}

function commitUrl({ serverUrl, repository }: RunContext, commit: string): string {
  return `${serverUrl}/${repository}/commit/${commit}`
}

/** The runner names both the web page and the API of one server. */
function webOf({ serverUrl }: RunContext, { GITHUB_API_URL }: Io['env']): ReportFacts['web'] {
  const api = GITHUB_API_URL || 'https://api.github.com'
  return URL.canParse(api) ? { url: serverUrl, apiHost: new URL(api).host } : undefined
}

/** The web page with the files below the folder that the run reads from, which may lie below the checkout. */
function filesUrl(
  { serverUrl, repository }: RunContext,
  commit: string,
  { env, cwd }: Pick<Io, 'env' | 'cwd'>,
): string | undefined {
  const below = env.GITHUB_WORKSPACE ? relative(env.GITHUB_WORKSPACE, cwd) : ''
  if (isAbsolute(below) || below.split(sep).includes('..')) return undefined
  const steps = below.split(sep).filter((step) => step !== '')
  return [serverUrl, repository, 'blob', commit, ...steps.map(encodeURIComponent)].join('/')
}

/** The facts of a report beside the plan; its audience is decided at the place where it is written. */
export function reportFacts(
  config: readonly string[],
  context: RunContext | undefined,
  base: BaseRun | undefined,
  io: Pick<Io, 'env' | 'cwd' | 'pace'>,
): Omit<ReportFacts, 'audience'> {
  return {
    ...originOf(config, context, io),
    base: base?.plan,
  }
}
