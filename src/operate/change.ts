import { formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import { type Scope, scopeParams } from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { type ChangeOperation, nameOf } from '../operations/operation.ts'
import { EXIT, type ExitCode } from '../run/exit-codes.ts'
import { beginAhead } from './begin-ahead.ts'
import { besideConfiguration, configurationBeside } from './beside-configuration.ts'
import type { Target } from './change-target.ts'
import { confirmed } from './confirm.ts'
import { isMoved, tellNewName } from './new-name.ts'
import { scopeFaults } from './one-scope.ts'
import { ownBody, pathFlags } from './own-flags.ts'
import { jsonText } from './print-items.ts'
import { sendEach, type ThingResult } from './send-each.ts'
import type { Session } from './session.ts'
import { settle } from './settle.ts'
import { findSubjects } from './subject.ts'

/** Sends one request for each target, in order, then waits where GitHub takes its time. */
export async function runChange(
  session: Session,
  operation: ChangeOperation,
  words: readonly string[],
): Promise<ExitCode> {
  const { io, flags, taken } = session
  const body = taken.route.startsWith('DELETE ') ? undefined : ownBody(session, operation, taken.route)
  const { targets, isWhole } = await targetsOf(session, operation, words)
  const refused = await besideConfiguration(io, flags, operation, targets)
  if (refused !== undefined) return refused
  if ((await confirmed(io, flags, questionOf(operation, targets), targets.length)) === 'no') return EXIT.failed
  const { results, error } = await sendEach(session, operation, { targets, body })
  const settled = operation.until === undefined ? results : await settle(session, operation, operation.until, results)
  if (flags.json) io.page(`${jsonText(io, settled.map(shown))}\n`)
  if (error !== undefined) throw error
  const moved = settled.find(({ status }) => isMoved(status))
  if (moved !== undefined) await tellNewName(session, moved.target.scope)
  return !isWhole || settled.some(({ message }) => message !== undefined) ? EXIT.failed : EXIT.ok
}

/** The things that words name; of several repositories those that can be looked into, and all others are named. */
async function targetsOf(
  session: Session,
  operation: ChangeOperation,
  words: readonly string[],
): Promise<{ readonly targets: readonly Target[]; readonly isWhole: boolean }> {
  const { io, flags, scopes, several } = session
  const { managed, thing } = operation
  const inPath = pathFlags(session, operation)
  const isGuarded = managed !== undefined && (configurationBeside(io, flags) ?? flags.protect) !== undefined
  const find = async (scope: Scope): Promise<readonly Target[]> => {
    const params = { ...scopeParams(scope), ...inPath }
    // Of several repositories those count that have it.
    const missing = several ? ({ message }: Error) => io.stderr(`${formatScope(scope)}: ${message}\n`) : undefined
    const names = isGuarded ? 'wanted' : 'if needed'
    const found = await findSubjects(session, params, [...new Set(words)], names, { missing })
    return found.map((each) => {
      const text = `${thing} ${each.word} of ${formatScope(scope)}`
      return { ...each, scope, text, params: { ...params, ...each.params } }
    })
  }
  const targets: Target[] = []
  const faults = scopeFaults()
  let unread: Error | undefined
  const width = { first: flags.parallelism, most: flags.parallelism }
  for await (const { item: scope, begun } of beginAhead(scopes, find, width)) {
    try {
      append(targets, await begun)
      faults.answered()
    } catch (error) {
      if (!several || !faults.isOfOne(error)) throw error
      io.stderr(`${formatScope(scope)}: ${error.message}\n`)
      unread = error
    }
  }
  if (targets.length === 0 && unread !== undefined) throw unread
  if (targets.length === 0) throw new SetupError(`${nameOf(operation)}: none of these has ${words.join(' or ')}.`)
  return { targets, isWhole: unread === undefined }
}

function questionOf({ verbs, thing }: ChangeOperation, targets: readonly Target[]): string {
  const what = targets.length === 1 ? `${thing} ${targets[0]?.word}` : `${targets.length} ${thing}s`
  const places = [...new Set(targets.map(({ scope }) => formatScope(scope)))]
  return `${verbs.ask} ${what} of ${places.length === 1 ? places[0] : `${places.length} repositories`}?`
}

/** The outcome for one thing, for `--json`. */
function shown({ target, status, message }: ThingResult): object {
  const { scope, word: subject } = target
  return { scope: formatScope(scope), subject, status, ...(message === undefined ? {} : { message }) }
}
