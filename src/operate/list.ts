import { formatScope } from '../core/address.ts'
import { type Scope, scopeParams } from '../core/scope.ts'
import { endpoint } from '../github/endpoints.ts'
import { type Page, pagesOf } from '../github/page-stream.ts'
import type { ListOperation } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { beginAhead } from './begin-ahead.ts'
import { scopeFaults } from './one-scope.ts'
import { ownFlags, pathFlags } from './own-flags.ts'
import { printItems } from './print-items.ts'
import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'
import { wayParams } from './way-params.ts'

/** The most that a listing shows at a terminal. */
const AT_TERMINAL = 30

/** The first page of a list, and those that are asked for one after the other. */
interface BegunList {
  readonly first: Page | undefined
  readonly rest: AsyncIterable<Page>
}

/**
 * A listing: page by page, so that its length takes no memory. Those of several repositories begin side by side, and are printed
 * in the order of names; one that cannot be read is named, and all others are listed.
 */
export async function runListing(
  session: Session,
  operation: ListOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, several, taken } = session
  const narrowing = ownFlags(session, operation, taken.route)
  const query = { ...narrowing, ...pathFlags(session, operation) }
  const limit = flags.limit ?? (flags.json || io.columns === undefined ? Number.POSITIVE_INFINITY : AT_TERMINAL)
  const printer = printItems(session, taken.columns ?? operation.columns)
  let left = limit
  let more = false
  let code: ExitCode = EXIT.ok
  const faults = scopeFaults()
  const printScope = async (scope: Scope, { first, rest }: BegunList): Promise<void> => {
    let given = 0
    for await (const { items, total, more: follows } of pagesFrom(first, rest)) {
      const shown = items.slice(0, left)
      await printer.add(several ? formatScope(scope) : undefined, shown)
      left -= shown.length
      given += shown.length
      more ||= shown.length < items.length || (left <= 0 && follows)
      if (left <= 0) return
      if (!follows) tellEnd(session, operation, scope, { given, total, isNarrowed: Object.keys(narrowing).length > 0 })
    }
  }
  try {
    const width = { first: Number.isFinite(limit) ? 1 : flags.parallelism, most: flags.parallelism }
    const begin = (scope: Scope): Promise<BegunList> => beginList(session, { scope, subject, query, most: left })
    for await (const { item: scope, begun } of beginAhead(scopes, begin, width)) {
      const before = left
      try {
        await printScope(scope, await begun)
        printer.keep()
        faults.answered()
      } catch (error) {
        if (!several || !faults.isOfOne(error)) throw error
        io.stderr(`${formatScope(scope)}: ${error.message}\n`)
        await printer.takeBack()
        if (flags.json) left = before
        code = EXIT.unread
      }
      if (left > 0) continue
      more ||= scope !== scopes.at(-1)
      break
    }
    await printer.end()
  } finally {
    await printer.close()
  }
  if (more) io.stderr('There is more; --limit shows up to so many, and --json everything.\n')
  return code
}

async function beginList(
  session: Session,
  {
    scope,
    subject,
    query,
    most,
  }: {
    readonly scope: Scope
    readonly subject: string | undefined
    readonly query: Readonly<Record<string, string | number>>
    readonly most: number
  },
): Promise<BegunList> {
  const { client, taken } = session
  const { envelope, perPage } = endpoint(taken.route)
  const own = scopeParams(scope)
  const [found] = await findSubjects(session, own, subject === undefined ? [] : [subject])
  const page = perPage === null ? {} : { per_page: Math.min(perPage, Math.max(1, most)) }
  const params = { ...own, ...found?.params, ...(await wayParams(session, own)), ...query, ...page }
  const pages = pagesOf(client, taken.route, params, envelope)
  const first = await pages.next()
  return { first: first.done ? undefined : first.value, rest: pages }
}

async function* pagesFrom(first: Page | undefined, rest: AsyncIterable<Page>): AsyncGenerator<Page, void, void> {
  if (first === undefined) return
  yield first
  yield* rest
}

/** Says so where GitHub has more of a list than it gives. */
function tellEnd(
  { io }: Session,
  { most }: ListOperation,
  scope: Scope,
  {
    given,
    total,
    isNarrowed,
  }: { readonly given: number; readonly total: number | undefined; readonly isNarrowed: boolean },
): void {
  if (most === undefined || !isNarrowed || given < most.results) return
  const of = total !== undefined && total > given ? ` of ${total}` : ''
  io.stderr(
    `${formatScope(scope)}: these are the first ${given}${of}: GitHub ends a list that flags narrow there. ${most.narrow}\n`,
  )
}
