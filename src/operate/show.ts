import { formatScope } from '../core/address.ts'
import { scopeParams } from '../core/scope.ts'
import type { ShowOperation } from '../operations/operation.ts'
import { type Line, paintLines, span } from '../render/paint.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { ownFlags, pathFlags } from './own-flags.ts'
import { columnOf, jsonText, printItems } from './print-items.ts'
import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'
import { wayParams } from './way-params.ts'

/** Shows one thing of each scope, as lines of name and value. */
export async function runShowing(
  session: Session,
  operation: ShowOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, several, client, taken } = session
  const query = { ...ownFlags(session, operation, taken.route), ...pathFlags(session, operation) }
  const columns = taken.columns ?? operation.columns
  const now = io.pace.clock.now()
  const all = printItems(session, columns)
  for (const scope of scopes) {
    const params = scopeParams(scope)
    const [found] = await findSubjects(session, params, subject === undefined ? [] : [subject])
    const about = { ...found?.params, ...(await wayParams(session, params)) }
    const { body } = await client.request(taken.route, { ...params, ...about, ...query })
    if (flags.json) {
      if (several) all.add(formatScope(scope), [body])
      else io.page(`${jsonText(io, body)}\n`)
      continue
    }
    if (several) io.stdout(paintLines([[span(formatScope(scope), 'strong')]], { colour: io.colour }))
    const heads = columns.map(({ head }) => head.toLowerCase())
    const width = heads.reduce((most, head) => Math.max(most, head.length), 0)
    const lines = columns.flatMap((column, index): readonly Line[] => {
      const text = column.value(body, now)
      const tone = columnOf(column).tone?.(text) ?? 'plain'
      return text === '' ? [] : [[span(`${(heads[index] ?? '').padEnd(width)}  `, 'dim'), span(text, tone)]]
    })
    io.stdout(paintLines(lines, { colour: io.colour }))
    const members = operation.members?.of(body) ?? []
    if (operation.members === undefined || (members.length === 0 && lines.length > 0)) continue
    if (lines.length > 0) io.stdout('\n')
    const printer = printItems(session, operation.members.columns)
    printer.add(session.several ? '' : undefined, members)
    printer.end()
  }
  if (flags.json && several) all.end()
  return EXIT.ok
}
