import type { Route } from '../core/routes.ts'
import { scopeParams } from '../core/scope.ts'
import type { ShowOperation } from '../operations/operation.ts'
import { type Line, paintLines, span } from '../render/paint.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { ownFlags, pathFlags } from './own-flags.ts'
import { columnOf, jsonText } from './print-items.ts'
import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'

/** Shows one thing of each scope, as lines of name and value. */
export async function runShowing(
  session: Session,
  operation: ShowOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, client, level } = session
  const route = operation.at[level] as Route
  const query = { ...ownFlags(session, operation, route), ...pathFlags(session, operation) }
  const now = io.pace.clock.now()
  for (const scope of scopes) {
    const params = scopeParams(scope)
    const [found] = await findSubjects(session, params, subject === undefined ? [] : [subject])
    const { body } = await client.request(route, { ...params, ...found?.params, ...query })
    if (flags.json) {
      io.page(`${jsonText(io, body)}\n`)
      continue
    }
    const heads = operation.columns.map(({ head }) => head.toLowerCase())
    const width = heads.reduce((most, head) => Math.max(most, head.length), 0)
    const lines = operation.columns.flatMap((column, index): readonly Line[] => {
      const text = column.value(body, now)
      const tone = columnOf(column).tone?.(text) ?? 'plain'
      return text === '' ? [] : [[span(`${(heads[index] ?? '').padEnd(width)}  `, 'dim'), span(text, tone)]]
    })
    io.stdout(paintLines(lines, { colour: io.colour }))
  }
  return EXIT.ok
}
