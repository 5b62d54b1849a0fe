import type { ChangeOutcome, OutcomeError } from '../core/outcome.ts'
import { fold, type Subject } from './fold.ts'
import type { ChangeSymbol } from './row.ts'
import { SYMBOLS } from './symbols.ts'

/** Each result of a change in words. */
export const STATUS_WORDS = {
  applied: 'applied',
  partial: 'done in part',
  failed: 'failed',
  'not tried': 'not tried',
  'held back': 'held back',
} as const

/** The result of a change, or of many with the same result. */
export interface OutcomeRow {
  readonly symbol: ChangeSymbol
  readonly subject: Subject
  readonly status: ChangeOutcome['status']
  readonly words: string
  /** The fields that were written and those that were not, with the reason. */
  readonly details: readonly string[]
}

/** Equal but for the request's id, refusals fold. */
export function outcomeRows(changes: readonly ChangeOutcome[]): readonly OutcomeRow[] {
  return fold(changes, contentOf).map(({ subject, items: [change] }) => ({
    symbol: SYMBOLS[change.action],
    subject,
    status: change.status,
    words: STATUS_WORDS[change.status],
    details: change.status === 'applied' ? [] : detailsOf(change),
  }))
}

function contentOf({ action, status, done, not_done, error }: ChangeOutcome): string {
  if (status === 'applied') return JSON.stringify([action, status])
  return JSON.stringify([action, status, done, not_done, error?.message, error?.status, error?.route])
}

function detailsOf({ status, done, not_done, error }: ChangeOutcome): readonly string[] {
  return [
    ...(done.length > 0 ? [`done: ${done.join(', ')}`] : []),
    ...(not_done.length > 0 && status !== 'not tried' ? [`not done: ${not_done.join(', ')}`] : []),
    ...(error ? [`why: ${errorText(error)}`] : []),
  ]
}

/** The client's messages begin with the request and GitHub's status; parts that a message holds are not repeated. */
function errorText({ message, status, request_id, route = '' }: OutcomeError): string {
  const answer = status === undefined || message.includes(` ${status}`) ? message : `${status} ${message}`
  const [method = ''] = route.split(' ')
  const isRepeated = route === '' || message.startsWith(`${method} `)
  const where = [isRepeated ? '' : route, request_id === undefined ? '' : `request ${request_id}`].filter(
    (part) => part !== '',
  )
  return where.length === 0 ? answer : `${answer} (${where.join(', ')})`
}
