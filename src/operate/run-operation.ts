import { SetupError } from '../core/setup-error.ts'
import { GitHubError } from '../github/errors.ts'
import { nameOf, type Operation } from '../operations/operation.ts'
import { contextOf } from '../run/context-of.ts'
import type { ExitCode } from '../run/exit-codes.ts'
import type { Io } from '../run/io.ts'
import { enter } from '../run/through-gate.ts'
import { runChange } from './change.ts'
import { runDownload } from './download.ts'
import { runListing } from './list.ts'
import { meaningOf } from './meaning.ts'
import { runMinting } from './mint.ts'
import { isMoved, tellNewName } from './new-name.ts'
import type { OperateFlags } from './operate-flags.ts'
import { runOwnWork } from './own-work.ts'
import { openSession, type Session } from './session.ts'
import { runShowing } from './show.ts'

/**
 * Runs one operation on a scope. Under the event rules of `apply`: none for an event that carries a pull request.
 * @param scope as it was typed
 * @param words the things that it is about
 */
export async function runOperation(
  io: Io,
  operation: Operation,
  { scope, words, flags }: { readonly scope: string; readonly words: readonly string[]; readonly flags: OperateFlags },
): Promise<ExitCode> {
  const { config: _, ...gateFlags } = flags
  const entry = await enter(io, nameOf(operation), await contextOf(io), gateFlags, 'apply')
  if (entry.kind === 'refused') return entry.code
  const { subject } = operation
  if (subject !== undefined && !subject.optional && words.length === 0) {
    throw new SetupError(`${nameOf(operation)} takes ${subject.word} after the scope.`)
  }
  refuseEmpty(operation, words, flags)
  const session = await openSession(io, operation, { scope, word: words[0], flags })
  try {
    return await run(session, words)
  } catch (error) {
    const meaning = error instanceof GitHubError ? meaningOf(operation, error) : undefined
    if (meaning !== undefined) io.stderr(`${nameOf(operation)}: ${meaning}\n`)
    const [scope] = session.scopes
    if (error instanceof GitHubError && isMoved(error.status) && scope !== undefined) await tellNewName(session, scope)
    throw error
  }
}

/**
 * A word or flag that came from a variable without a value narrows nothing: GitHub would pass over it, and take all.
 * @throws SetupError for an empty one
 */
function refuseEmpty(operation: Operation, words: readonly string[], { own }: OperateFlags): void {
  const isEmpty = (value: unknown): boolean =>
    typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.some(isEmpty)
  const flag = (operation.flags ?? []).find(({ field }) => isEmpty(own[field]))
  const what = flag?.flag.split(/[ ,]/)[0] ?? (words.some(isEmpty) ? operation.subject?.word : undefined)
  if (what !== undefined) throw new SetupError(`${nameOf(operation)}: ${what} is empty. Nothing was sent.`)
}

function run(session: Session, words: readonly string[]): Promise<ExitCode> {
  const { operation } = session
  const [word] = words
  if (operation.kind === 'list') return runListing(session, operation, word)
  if (operation.kind === 'show') return runShowing(session, operation, word)
  if (operation.kind === 'change') return runChange(session, operation, words)
  if (operation.kind === 'mint') return runMinting(session, operation, word)
  if (operation.kind === 'own') return runOwnWork(session, operation, word)
  return runDownload(session, operation, word)
}
