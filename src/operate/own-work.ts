import { formatScope } from '../core/address.ts'
import { scopeParams } from '../core/scope.ts'
import type { OwnOperation } from '../operations/operation.ts'
import { paintLines, span } from '../render/paint.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { confirmed } from './confirm.ts'
import { jsonText, printItems } from './print-items.ts'
import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'

class Refused extends Error {}

/** Work that is no plain listing, change or download. */
export async function runOwnWork(
  session: Session,
  operation: OwnOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, several, level, client, has, accepts, product, connection } = session
  let isConfirmed = false
  const all = printItems(session, [])
  for (const scope of scopes) {
    try {
      const [found] = await findSubjects(session, scopeParams(scope), subject === undefined ? [] : [subject])
      const done = await operation.work({
        params: scopeParams(scope),
        level,
        subject,
        of: { ...found?.params },
        flags: flags.own,
        product,
        has,
        accepts,
        request: (route, params, body) => client.request(route, params, body),
        confirm: async (question, count) => {
          // Asked once for all repositories of a glob.
          if (isConfirmed) return
          const where = scopes.length === 1 ? formatScope(scope) : `${scopes.length} repositories`
          const answer = await confirmed(io, flags, `${question} (${where})`, count * scopes.length)
          if (answer === 'no') throw new Refused()
          isConfirmed = true
        },
        tell: (line) => io.stderr(`${line}\n`),
        pause: connection.pause,
      })
      if (flags.json && several) all.add(formatScope(scope), Array.isArray(done.json) ? done.json : [done.json])
      else if (flags.json) io.page(`${jsonText(io, done.json)}\n`)
      else {
        if (done.table !== undefined) {
          const printer = printItems(session, done.table.columns)
          printer.add(several ? formatScope(scope) : undefined, done.table.items)
          printer.end()
        }
        io.stdout(
          paintLines(
            (done.lines ?? []).map((line) => [span(line)]),
            { colour: io.colour },
          ),
        )
      }
    } catch (error) {
      if (error instanceof Refused) return EXIT.failed
      throw error
    }
  }
  if (flags.json && several) all.end()
  return EXIT.ok
}
