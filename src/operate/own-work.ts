import { formatScope } from '../core/address.ts'
import { scopeParams } from '../core/scope.ts'
import type { OwnOperation } from '../operations/operation.ts'
import { paintLines, span } from '../render/paint.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { confirmed } from './confirm.ts'
import { jsonText, printItems } from './print-items.ts'
import type { Session } from './session.ts'

class Refused extends Error {}

/** Work that is no plain listing, change or download. */
export async function runOwnWork(
  session: Session,
  operation: OwnOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, level, client, has, accepts } = session
  for (const scope of scopes) {
    try {
      const done = await operation.work({
        params: scopeParams(scope),
        level,
        subject,
        flags: flags.own,
        has,
        accepts,
        request: (route, params, body) => client.request(route, params, body),
        confirm: async (question, count) => {
          const answer = await confirmed(io, flags, `${question} (${formatScope(scope)})`, count)
          if (answer === 'no') throw new Refused()
        },
      })
      if (flags.json) io.page(`${jsonText(io, done.json)}\n`)
      else {
        if (done.table !== undefined) {
          const printer = printItems(session, done.table.columns)
          printer.add(session.several ? formatScope(scope) : undefined, done.table.items)
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
  return EXIT.ok
}
