import type { Route } from '../core/routes.ts'
import { GitHubError } from '../github/errors.ts'
import type { ChangeOperation, Until } from '../operations/operation.ts'
import { awaitDone } from './await-done.ts'
import type { ThingResult } from './send-each.ts'
import type { Session } from './session.ts'

/**
 * Waits until each change that GitHub took has happened. Otherwise a person is offered the stronger request, where the product
 * has it; without a terminal, its command is printed.
 * @returns the results, with a message for each change that has not happened
 */
export async function settle(
  session: Session,
  { thing, verbs }: ChangeOperation,
  until: Until,
  results: readonly ThingResult[],
): Promise<readonly ThingResult[]> {
  const { io, flags, client, has } = session
  const taken = results.filter(({ message }) => message === undefined).map(({ target }) => target)
  let late = await awaitDone(session, until, taken, thing)
  const { stronger } = until
  const isThere = stronger !== undefined && has(stronger.route)
  if (late.length > 0 && isThere && io.ask !== undefined && !flags.yes) {
    const what = late.length === 1 ? late[0]?.text : `${late.length} ${thing}s`
    const answer = await io.ask(`${what}: ${until.otherwise}. ${stronger.ask} Only 'yes' is accepted: `)
    if (answer.trim() === 'yes') {
      for (const { params } of late) await ask(client, stronger.route, params)
      late = await awaitDone(session, until, late, thing)
    }
  }
  const further = isThere ? ` ${stronger.command} does it without waiting for it.` : ''
  return results.map((result) => {
    if (result.message !== undefined) return result
    if (!late.includes(result.target)) {
      io.stderr(`${verbs.done} ${result.target.text}.\n`)
      return result
    }
    const message = `${result.target.text}: ${until.otherwise}.${further}`
    io.stderr(`${message}\n`)
    return { ...result, message }
  })
}

/** Refused where it has happened in the meantime, which the next look shows. */
async function ask(client: Session['client'], route: Route, params: ThingResult['target']['params']): Promise<void> {
  try {
    await client.request(route, params)
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 409) throw error
  }
}
