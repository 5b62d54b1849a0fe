import { GitHubError } from '../github/errors.ts'
import type { ChangeOperation } from '../operations/operation.ts'
import type { Target } from './change-target.ts'
import { meaningOf } from './meaning.ts'
import { scopeFaults } from './one-scope.ts'
import type { Session } from './session.ts'

/** The request for one thing, and its outcome. */
export interface ThingResult {
  readonly target: Target
  readonly status: number | null
  /** The reason why it was not done. */
  readonly message?: string | undefined
}

/** The requests that were sent: all, or those until GitHub could not be reached. */
interface SentAll {
  readonly results: readonly ThingResult[]
  /** The fault that ended it, or that all had. */
  readonly error?: GitHubError
}

/**
 * Sends one request for each target, in order. A refusal, or the server's fault with one of them, is printed with its reason and
 * stops no other target; with GitHub out of reach, each further one would only wait.
 */
export async function sendEach(
  { io, client, taken }: Session,
  operation: ChangeOperation,
  { targets, body }: { readonly targets: readonly Target[]; readonly body: object | undefined },
): Promise<SentAll> {
  const { until, verbs } = operation
  const sent = body && Object.keys(body).length > 0 ? body : undefined
  const results: ThingResult[] = []
  const faults = scopeFaults()
  let isAnswered = false
  let last: GitHubError | undefined
  for (const target of targets) {
    try {
      const { status } = await client.request(taken.route, target.params, sent)
      faults.answered()
      isAnswered = true
      results.push({ target, status })
      if (until === undefined) io.stderr(`${verbs.done} ${target.text}.\n`)
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      const { status = null, message: said } = error
      const meaning = meaningOf(operation, error)
      const message = meaning === undefined ? said : `${capital(target.text)}: ${meaning} GitHub says: ${said}`
      results.push({ target, status, message })
      last = error
      isAnswered ||= error.kind !== 'unavailable'
      const left = targets.length - results.length
      const isOfOne: boolean = faults.isOfOne(error)
      if (!isOfOne && error.kind === 'unavailable') {
        if (left > 0) {
          io.stderr(`${message}\n`)
          io.stderr(`After that nothing was sent for the other ${left} of ${targets.length}.\n`)
        }
        return { results, error }
      }
      if (isAnswered || left > 0) io.stderr(`${message}\n`)
    }
  }
  return isAnswered || last === undefined ? { results } : { results, error: last }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
