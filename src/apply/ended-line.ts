import type { ChangeOutcome } from '../core/outcome.ts'
import type { Change } from '../core/plan.ts'
import { STATUS_WORDS } from '../render/outcome-rows.ts'
import { SYMBOLS } from '../render/symbols.ts'

/**
 * The line of a change that was written, or not, while others go on.
 * @param at the time, in milliseconds, which a log has before each line; undefined at a terminal
 * @example `20:41:03Z ~ orgs/acme/secrets/NPM_TOKEN  applied`
 */
export function endedLine(
  { action, address }: Pick<Change, 'action' | 'address'>,
  status: ChangeOutcome['status'],
  at: number | undefined,
): string {
  const time = at === undefined ? ' ' : `${new Date(at).toISOString().slice(11, 19)}Z`
  return `${time} ${SYMBOLS[action]} ${address}  ${STATUS_WORDS[status]}`
}
