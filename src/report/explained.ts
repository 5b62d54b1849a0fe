import { CommanderError } from '@commander-js/extra-typings'
import type { Diagnostic } from '../core/diagnostic.ts'
import { errorsIn, type FailedRun } from '../core/failed-run.ts'
import type { Failure } from '../core/failure.ts'
import { RefusedRun } from '../core/refused-run.ts'
import { SetupError } from '../core/setup-error.ts'
import { whyUnreadable } from '../core/unreadable.ts'
import { GitHubError } from '../github/errors.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { ConfigurationError } from '../run/load.ts'

/** The reason why a command line failed: an error for people, programs and reports. */
export interface Explained extends FailedRun {
  readonly code: ExitCode
  readonly failure: Failure
  /** For stderr; undefined where the parser of the command line has printed it. */
  readonly printed: string | undefined
  /** Of the files of the configuration, where these are the reason. */
  readonly problems: readonly Diagnostic[]
  /** Whether it kept GitHub from being read: an answer, none, or the credential. */
  readonly keptFromReading: boolean
}

/** Undefined for `--help` and `--version`, which end the parser with an error that is none. */
export function explained(error: unknown): Explained | undefined {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return undefined
    return { ...failed('could_not_run', error.message.replace(/^error: /, '')), printed: undefined }
  }
  if (error instanceof RefusedRun) {
    const failure = error.code === EXIT.stale ? 'plan_changed' : 'event_refused'
    return { ...failed(failure, error.message), code: error.code, printed: error.message }
  }
  if (error instanceof ConfigurationError) {
    const { message, problems } = error
    const reasons = errorsIn(problems, 'files')
    return { ...failed('invalid_configuration', message), printed: message, problems, reasons }
  }
  if (error instanceof SetupError) {
    return { ...failed(error.failure, error.message), keptFromReading: error.about === 'the credential' }
  }
  if (error instanceof GitHubError) {
    const isRefused = error.kind === 'refused'
    const explained = failed(isRefused ? 'refused_by_github' : 'unread', error.message)
    const { route, status } = error
    // A route as GitHub's documentation writes it names nothing.
    const reasons = explained.reasons.map((reason) => ({ ...reason, brief: `${route}: ${status ?? 'no answer'}` }))
    const what = whatFailed(error)
    const keptFromReading = !SUBJECTS.some(([of]) => of.test(route))
    return {
      ...explained,
      reasons,
      ...(what && { what }),
      keptFromReading,
      ...(isRefused ? {} : { code: EXIT.unread }),
    }
  }
  if (error instanceof Error && 'syscall' in error) {
    const what = 'path' in error ? `${error.path} cannot be read or written` : `${error.syscall} failed`
    return failed('could_not_run', `${what} (${whyUnreadable(error)}).`)
  }
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const [said = ''] = (error instanceof Error ? error.message : bug).split('\n')
  const message = 'this is a bug in octoform, please report it:'
  return { ...failed('bug', `${message} ${said}`), printed: `error: ${message}\n${bug}` }
}

/** The failed act, where it was not the reading of the administered organization: a report, the ledger or the lock. */
function whatFailed({ route, kind, limited }: GitHubError): string | undefined {
  const isRead = route.startsWith('GET ') || route.endsWith('/access_tokens')
  const explained = SUBJECTS.find(([of]) => of.test(route))?.[1]
  if (explained !== undefined)
    return isRead ? `${explained}s could not be read` : `the ${explained} could not be written`
  return isRead || kind === 'refused' || limited ? undefined : 'whether GitHub carried out a request is not known'
}

/**
 * The routes that only reports use: all settings were read by then. GraphQL identifies octoform's comments and issues.
 */
const SUBJECTS = [
  [/\/check-runs(\/|$)/, 'check run'],
  [/\/comments(\/|$)| \/graphql$/, 'comment'],
  [/\/issues(\/|$)/, 'issue'],
] as const

function failed(failure: Failure, message: string): Explained {
  return {
    code: EXIT.failed,
    failure,
    reasons: [{ message, kind: 'other', from: 'elsewhere' }],
    printed: `error: ${message}`,
    problems: [],
    keptFromReading: false,
  }
}
