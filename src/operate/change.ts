import { formatScope } from '../core/address.ts'
import type { Route } from '../core/routes.ts'
import { type Scope, scopeParams } from '../core/scope.ts'
import { GitHubError } from '../github/errors.ts'
import type { ChangeOperation } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { awaitDone } from './await-done.ts'
import { besideConfiguration, configurationBeside } from './beside-configuration.ts'
import { confirmed } from './confirm.ts'
import { ownBody, pathFlags } from './own-flags.ts'
import { jsonText } from './print-items.ts'
import type { Session } from './session.ts'
import { type Found, findSubjects } from './subject.ts'

interface Target extends Found {
  readonly scope: Scope
}

/** The outcome for one thing, for `--json`. */
interface Result {
  readonly scope: string
  readonly subject: string
  readonly status: number | null
  readonly message?: string
}

/** Sends one request for each target, in order. A failure stops no other target, and is printed with GitHub's reason. */
export async function runChange(
  session: Session,
  operation: ChangeOperation,
  words: readonly string[],
): Promise<ExitCode> {
  const { io, flags, scopes, level, client } = session
  const route = operation.at[level] as Route
  const body = route.startsWith('DELETE ') ? undefined : ownBody(session, operation, route)
  const inPath = pathFlags(session, operation)
  const targets: Target[] = []
  for (const scope of scopes) {
    const params = { ...scopeParams(scope), ...inPath }
    const isGuarded = operation.managed !== undefined && (configurationBeside(io, flags) ?? flags.protect) !== undefined
    const found = await findSubjects(session, params, words, isGuarded ? 'wanted' : 'if needed')
    for (const each of found) targets.push({ ...each, scope, params: { ...params, ...each.params } })
  }
  const refused = await besideConfiguration(io, flags, operation, targets)
  if (refused !== undefined) return refused
  const { ask, done } = operation.verbs
  const what = targets.length === 1 ? `${operation.thing} ${targets[0]?.word}` : `${targets.length} ${operation.thing}s`
  const places = [...new Set(targets.map(({ scope }) => formatScope(scope)))]
  const where = places.length === 1 ? places[0] : `${places.length} repositories`
  if ((await confirmed(io, flags, `${ask} ${what} of ${where}?`, targets.length)) === 'no') return EXIT.failed
  const results: Result[] = []
  for (const { scope, word, params } of targets) {
    const place = formatScope(scope)
    try {
      const { status } = await client.request(route, params, body && Object.keys(body).length > 0 ? body : undefined)
      const late = await awaitDone(session, operation, params)
      results.push({ scope: place, subject: word, status, ...(late === undefined ? {} : { message: late }) })
      if (late === undefined) io.stderr(`${done} ${operation.thing} ${word} of ${place}.\n`)
      else io.stderr(`${late}\n`)
    } catch (error) {
      if (!(error instanceof GitHubError) || error.kind === 'unavailable') throw error
      results.push({ scope: place, subject: word, status: error.status ?? null, message: error.message })
      io.stderr(`${error.message}\n`)
    }
  }
  if (flags.json) io.page(`${jsonText(io, results)}\n`)
  return results.some(({ message }) => message !== undefined) ? EXIT.failed : EXIT.ok
}
