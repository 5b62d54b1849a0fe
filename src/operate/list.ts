import { formatScope } from '../core/address.ts'
import type { Route } from '../core/routes.ts'
import { scopeParams } from '../core/scope.ts'
import { endpoint } from '../github/endpoints.ts'
import { pagesOf } from '../github/page-stream.ts'
import type { ListOperation } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { ownFlags, pathFlags } from './own-flags.ts'
import { printItems } from './print-items.ts'
import type { Session } from './session.ts'

/** The most that a listing shows at a terminal. */
const AT_TERMINAL = 30

/** A listing: page by page, so that its length takes no memory where it goes to a program. */
export async function runListing(
  session: Session,
  operation: ListOperation,
  subject: string | undefined,
): Promise<ExitCode> {
  const { io, flags, scopes, several, client, level } = session
  const route = operation.at[level] as Route
  const { envelope, perPage } = endpoint(route)
  const query = { ...ownFlags(session, operation, route), ...pathFlags(session, operation) }
  const limit = flags.limit ?? (flags.json || io.columns === undefined ? Number.POSITIVE_INFINITY : AT_TERMINAL)
  const printer = printItems(session, operation.columns)
  let left = limit
  let more = false
  for (const scope of scopes) {
    if (left <= 0) {
      more = true
      break
    }
    const named = subject === undefined || operation.subject === undefined ? {} : { [operation.subject.param]: subject }
    const page = perPage === null ? {} : { per_page: Math.min(perPage, Math.max(1, Math.min(left, perPage))) }
    const params = { ...scopeParams(scope), ...named, ...query, ...page }
    for await (const { items, more: follows } of pagesOf(client, route, params, envelope)) {
      const taken = items.slice(0, left)
      printer.add(several ? formatScope(scope) : undefined, taken)
      left -= taken.length
      more ||= taken.length < items.length || (left <= 0 && follows)
      if (left <= 0) break
    }
  }
  printer.end()
  if (more) io.stderr(`There is more; --limit shows up to so many, and --json everything.\n`)
  return EXIT.ok
}
