import { formatScope } from '../core/address.ts'
import { type Scope, scopeParams } from '../core/scope.ts'
import type { ShowOperation } from '../operations/operation.ts'
import { type Line, paintLines, span } from '../render/paint.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { beginAhead } from './begin-ahead.ts'
import { scopeFaults } from './one-scope.ts'
import { ownFlags, pathFlags } from './own-flags.ts'
import { columnOf, jsonText, printItems } from './print-items.ts'
import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'
import { wayParams } from './way-params.ts'

/**
 * Shows one thing of each scope, as lines of name and value. Those of several repositories are asked for side by side, and shown in
 * the order of names; one that cannot be read is named, and all others are shown.
 */
export async function runShowing(
  session: Session,
  operation: ShowOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, several } = session
  const all = printItems(session, [])
  let code: ExitCode = EXIT.ok
  const faults = scopeFaults()
  try {
    const width = { first: flags.parallelism, most: flags.parallelism }
    const begin = (scope: Scope): Promise<unknown> => askFor(session, operation, scope, subject)
    for await (const { item: scope, begun } of beginAhead(scopes, begin, width)) {
      try {
        const body = await begun
        faults.answered()
        if (flags.json && several) await all.add(formatScope(scope), [body])
        else if (flags.json) io.page(`${jsonText(io, body)}\n`)
        else await printOne(session, operation, scope, body)
      } catch (error) {
        if (!several || !faults.isOfOne(error)) throw error
        io.stderr(`${formatScope(scope)}: ${error.message}\n`)
        code = EXIT.unread
      }
    }
    if (flags.json && several) await all.end()
  } finally {
    await all.close()
  }
  return code
}

async function askFor(
  session: Session,
  operation: ShowOperation,
  scope: Scope,
  subject: string | undefined,
): Promise<unknown> {
  const { client, taken } = session
  const query = { ...ownFlags(session, operation, taken.route), ...pathFlags(session, operation) }
  const params = scopeParams(scope)
  const [found] = await findSubjects(session, params, subject === undefined ? [] : [subject])
  const about = { ...found?.params, ...(await wayParams(session, params)) }
  return (await client.request(taken.route, { ...params, ...about, ...query })).body
}

async function printOne(
  session: Session,
  { columns: own, members }: ShowOperation,
  scope: Scope,
  body: unknown,
): Promise<void> {
  const { io, several, taken } = session
  const columns = taken.columns ?? own
  const now = io.pace.clock.now()
  if (several) io.stdout(paintLines([[span(formatScope(scope), 'strong')]], { colour: io.colour, width: io.columns }))
  const heads = columns.map(({ head }) => head.toLowerCase())
  const width = heads.reduce((most, head) => Math.max(most, head.length), 0)
  const lines = columns.flatMap((column, index): readonly Line[] => {
    const text = column.value(body, now)
    const tone = columnOf(column).tone?.(text) ?? 'plain'
    return text === '' ? [] : [[span(`${(heads[index] ?? '').padEnd(width)}  `, 'dim'), span(text, tone)]]
  })
  io.stdout(paintLines(lines, { colour: io.colour, width: io.columns }))
  const listed = members?.of(body) ?? []
  if (members === undefined || (listed.length === 0 && lines.length > 0)) return
  if (lines.length > 0) io.stdout('\n')
  const printer = printItems({ ...session, several: false }, members.columns)
  await printer.add(undefined, listed)
  await printer.end()
}
