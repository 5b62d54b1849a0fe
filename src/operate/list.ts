import { formatScope } from '../core/address.ts'
import { type Scope, scopeParams } from '../core/scope.ts'
import { endpoint } from '../github/endpoints.ts'
import { GitHubError } from '../github/errors.ts'
import { pagesOf } from '../github/page-stream.ts'
import type { ListOperation } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { ownFlags, pathFlags } from './own-flags.ts'
import { printItems } from './print-items.ts'
import type { Session } from './session.ts'
import { findSubjects } from './subject.ts'
import { wayParams } from './way-params.ts'

/** The most that a listing shows at a terminal. */
const AT_TERMINAL = 30

/**
 * A listing: page by page, so that its length takes no memory where it goes to a program. Of several repositories, one that
 * cannot be read is named; all others are listed.
 */
export async function runListing(
  session: Session,
  operation: ListOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, several, client, taken } = session
  const { envelope, perPage } = endpoint(taken.route)
  const narrowing = ownFlags(session, operation, taken.route)
  const query = { ...narrowing, ...pathFlags(session, operation) }
  const limit = flags.limit ?? (flags.json || io.columns === undefined ? Number.POSITIVE_INFINITY : AT_TERMINAL)
  const printer = printItems(session, taken.columns ?? operation.columns)
  let left = limit
  let more = false
  let code: ExitCode = EXIT.ok
  const readScope = async (scope: Scope): Promise<void> => {
    const own = scopeParams(scope)
    const [found] = await findSubjects(session, own, subject === undefined ? [] : [subject])
    const page = perPage === null ? {} : { per_page: Math.min(perPage, Math.max(1, left)) }
    const params = { ...own, ...found?.params, ...(await wayParams(session, own)), ...query, ...page }
    let given = 0
    for await (const { items, total, more: follows } of pagesOf(client, taken.route, params, envelope)) {
      const shown = items.slice(0, left)
      printer.add(several ? formatScope(scope) : undefined, shown)
      left -= shown.length
      given += shown.length
      more ||= shown.length < items.length || (left <= 0 && follows)
      if (left <= 0) return
      if (!follows) tellEnd(session, operation, scope, { given, total, isNarrowed: Object.keys(narrowing).length > 0 })
    }
  }
  for (const scope of scopes) {
    if (left <= 0) {
      more = true
      break
    }
    try {
      await readScope(scope)
    } catch (error) {
      if (!several || !(error instanceof GitHubError) || !isOfScope(error)) throw error
      io.stderr(`${formatScope(scope)}: ${error.message}\n`)
      code = EXIT.unread
    }
  }
  printer.end()
  if (more) io.stderr('There is more; --limit shows up to so many, and --json everything.\n')
  return code
}

/** Whether the fault is of one repository, so that the next one may be read. */
function isOfScope({ status }: GitHubError): boolean {
  return status === 403 || status === 404 || status === 409 || status === 410
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
