import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { formatScope } from '../core/address.ts'
import type { Route } from '../core/routes.ts'
import { scopeParams } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { malformed } from '../github/errors.ts'
import { valueAt } from '../operations/column.ts'
import { type MintOperation, nameOf } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { confirmed } from './confirm.ts'
import { ownBody } from './own-flags.ts'
import { jsonText } from './print-items.ts'
import type { Session } from './session.ts'

/**
 * Asks for a credential. On GitHub Actions it is hidden in the log first and goes to a file that its owner alone may read;
 * elsewhere it is all that is printed to stdout.
 */
export async function runMinting(
  session: Session,
  operation: MintOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, level, client } = session
  const [scope] = scopes
  if (scope === undefined || scopes.length > 1) throw new SetupError(`${nameOf(operation)} takes one scope.`)
  const isInActions = io.env.GITHUB_ACTIONS === 'true'
  if (isInActions && flags.out === undefined) {
    throw new SetupError(
      `${nameOf(operation)}: on GitHub Actions a log is no place for a credential: write it with --out FILE.`,
    )
  }
  if (
    (await confirmed(
      io,
      flags,
      `Make a ${operation.about.split(',')[0]?.replace(/^a /, '')} for ${formatScope(scope)}?`,
      1,
    )) === 'no'
  ) {
    return EXIT.failed
  }
  const route = operation.at[level] as Route
  const named = operation.subject === undefined || subject === undefined ? {} : { [operation.subject.param]: subject }
  const inPath = route.includes(`{${operation.subject?.param}}`)
  const sent = { ...(inPath ? {} : named), ...ownBody(session, operation, route) }
  const params = { ...scopeParams(scope), ...(inPath ? named : {}) }
  const { body } = await client.request(route, params, Object.keys(sent).length > 0 ? sent : undefined)
  const secret = valueAt(body, operation.secret)
  if (typeof secret !== 'string' || secret === '') throw malformed(route, operation.secret)
  if (isInActions) io.page(`::add-mask::${secret}\n`)
  const text = flags.json ? jsonText(io, body) : secret
  if (flags.out === undefined) {
    io.page(`${text}\n`)
    return EXIT.ok
  }
  // Made anew, so that no other may have it open, nor a link lead elsewhere.
  await writeFile(resolve(io.cwd, flags.out), `${text}\n`, { mode: 0o600, flag: 'wx' })
  io.stderr(`Wrote ${flags.out}.\n`)
  return EXIT.ok
}
