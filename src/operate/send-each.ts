import { GitHubError } from '../github/errors.ts'
import type { ChangeOperation } from '../operations/operation.ts'
import type { Target } from './change-target.ts'
import { meaningOf } from './meaning.ts'
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
  /** The fault that ended it. */
  readonly error?: GitHubError
}

/**
 * Sends one request for each target, in order. A refusal is printed with GitHub's reason and stops no other target; with
 * GitHub out of reach, each further one would only wait.
 */
export async function sendEach(
  { io, client, taken }: Session,
  operation: ChangeOperation,
  { targets, body }: { readonly targets: readonly Target[]; readonly body: object | undefined },
): Promise<SentAll> {
  const { until, verbs } = operation
  const sent = body && Object.keys(body).length > 0 ? body : undefined
  const results: ThingResult[] = []
  for (const target of targets) {
    try {
      const { status } = await client.request(taken.route, target.params, sent)
      results.push({ target, status })
      if (until === undefined) io.stderr(`${verbs.done} ${target.text}.\n`)
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error
      const { status = null, message: said } = error
      const meaning = meaningOf(operation, error)
      const message = meaning === undefined ? said : `${capital(target.text)}: ${meaning} GitHub says: ${said}`
      results.push({ target, status, message })
      if (error.kind === 'unavailable') return { results, error }
      io.stderr(`${message}\n`)
    }
  }
  return { results }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
