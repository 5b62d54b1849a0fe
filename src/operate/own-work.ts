import { formatScope } from '../core/address.ts'
import { type Scope, scopeParams } from '../core/scope.ts'
import { GitHubError } from '../github/errors.ts'
import type { Done, OwnOperation, Task } from '../operations/operation.ts'
import { paintLines, span } from '../render/paint.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { confirmed } from './confirm.ts'
import { meaningOf } from './meaning.ts'
import { scopeFaults } from './one-scope.ts'
import { jsonText, printItems } from './print-items.ts'
import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'

class Refused extends Error {}

/**
 * Work that is no plain listing, change or download. Of several repositories, one that refuses it is named with GitHub's reason, and
 * stops no other.
 */
export async function runOwnWork(
  session: Session,
  operation: OwnOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, several } = session
  const confirm = confirmOnce(session)
  const all = printItems(session, [])
  let code: ExitCode = EXIT.ok
  const faults = scopeFaults()
  try {
    for (const scope of scopes) {
      try {
        const done = await workOn(session, operation, { scope, subject, confirm })
        faults.answered()
        if (!flags.json || !several) await printDone(session, scope, done)
        else await all.add(formatScope(scope), Array.isArray(done.json) ? done.json : [done.json])
      } catch (error) {
        if (error instanceof Refused) return EXIT.failed
        if (!several || !faults.isOfOne(error)) {
          // All that was done before it stands, and is printed.
          if (flags.json && several) await all.end()
          throw error
        }
        const meaning = error instanceof GitHubError ? meaningOf(operation, error) : undefined
        const said = meaning === undefined ? error.message : `${meaning} GitHub says: ${error.message}`
        io.stderr(`${formatScope(scope)}: ${said}\n`)
        code = operation.effect === 'change' ? EXIT.failed : EXIT.unread
      }
    }
    if (flags.json && several) await all.end()
  } finally {
    await all.close()
  }
  return code
}

async function workOn(
  session: Session,
  operation: OwnOperation,
  {
    scope,
    subject,
    confirm,
  }: { readonly scope: Scope; readonly subject: string | undefined; readonly confirm: Task['confirm'] },
): Promise<Done> {
  const { io, flags, level, client, has, accepts, product, connection } = session
  const params = scopeParams(scope)
  const [found] = await findSubjects(session, params, subject === undefined ? [] : [subject])
  return operation.work({
    params,
    level,
    subject,
    of: { ...found?.params },
    flags: flags.own,
    product,
    has,
    accepts,
    request: (route, sent, body) => client.request(route, sent, body),
    confirm,
    tell: (line) => io.stderr(`${line}\n`),
    pause: connection.pause,
  })
}

/** Asks once for all repositories of a glob. */
function confirmOnce({ io, flags, scopes }: Session): Task['confirm'] {
  let isConfirmed = false
  return async (question, count) => {
    if (isConfirmed) return
    const [first] = scopes
    const where = scopes.length === 1 && first !== undefined ? formatScope(first) : `${scopes.length} repositories`
    const answer = await confirmed(io, flags, `${question} (${where})`, count * scopes.length)
    if (answer === 'no') throw new Refused()
    isConfirmed = true
  }
}

async function printDone(session: Session, scope: Scope, { json, table, lines = [] }: Done): Promise<void> {
  const { io, flags, several } = session
  if (flags.json) {
    io.page(`${jsonText(io, json)}\n`)
    return
  }
  const place = several ? formatScope(scope) : undefined
  if (table !== undefined) {
    const printer = printItems(session, table.columns)
    await printer.add(place, table.items)
    await printer.end()
  }
  const shown = lines.map((line) => [span(place === undefined ? line : `${place}: ${line}`)])
  io.stdout(paintLines(shown, { colour: io.colour, width: io.columns }))
}
