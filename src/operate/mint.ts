import { type FileHandle, open, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { formatScope } from '../core/address.ts'
import type { Route } from '../core/routes.ts'
import { scopeParams } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { malformed } from '../github/errors.ts'
import { property } from '../github/shape.ts'
import { valueAt } from '../operations/column.ts'
import { type MintOperation, nameOf } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { confirmed } from './confirm.ts'
import { ownBody } from './own-flags.ts'
import { jsonText } from './print-items.ts'
import type { Session } from './session.ts'

/** Letters, digits and signs: in a log, a line end would begin a command of its own. */
const PLAIN = /^[\x21-\x7e]+$/

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
  if (flags.out === undefined) {
    const { text } = await asked()
    io.page(`${text}\n`)
    return EXIT.ok
  }
  const path = resolve(io.cwd, flags.out)
  const file = await newFile(path, flags.out)
  try {
    const { secret, text } = await asked()
    // The runner reads commands from stderr too; stdout may lead to a file.
    if (isInActions) io.annotate(`::add-mask::${secret.replaceAll('%', '%25')}`)
    io.hide((text) => text.replaceAll(secret, '***'))
    await file.writeFile(`${text}\n`)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  io.stderr(`Wrote ${flags.out}.\n`)
  return EXIT.ok

  async function asked(): Promise<{ readonly secret: string; readonly text: string }> {
    const { body } = await client.request(route, params, Object.keys(sent).length > 0 ? sent : undefined)
    const secret = valueAt(body, operation.secret)
    if (typeof secret !== 'string' || !PLAIN.test(secret)) throw malformed(route, operation.secret)
    return { secret, text: flags.json ? jsonText(io, body) : secret }
  }
}

/**
 * Made anew, so that no other may have it open, nor a link lead elsewhere; and before the credential, which would be lost.
 * @throws SetupError where it cannot be made
 */
async function newFile(path: string, shown: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600)
  } catch (error) {
    const code = property(error, 'code')
    const why = code === 'EEXIST' ? 'is there already' : `cannot be made (${String(code)})`
    throw new SetupError(`${shown} ${why}: --out FILE names another place. Nothing was sent.`)
  }
}
