import type { ChangeOutcome, Outcome, OutcomeError } from '../core/outcome.ts'
import { type Folded, fold } from './fold.ts'
import { heldBackWords } from './last-line.ts'
import { type Line, paintLines, span, type TextStyle } from './paint.ts'
import { count } from './row.ts'
import { shorten } from './shorten.ts'
import { stableJson } from './stable-json.ts'
import { FOLDED_NAMES, SYMBOL_TONES, SYMBOLS } from './symbols.ts'

const STATUS_WORDS = { partial: 'done in part', failed: 'failed', 'not tried': 'not tried' } as const

/** What an apply did. The text tells only what was not done, or not wholly; the JSON holds every change. */
export function renderOutcome(outcome: Outcome, format: 'text' | 'json', style: TextStyle): string {
  if (format === 'json') return stableJson(outcome)
  const { added, changed, deleted } = outcome.counts
  const unfinished = fold(outcome.changes.filter(isUnfinished), contentOf)
  const lines: Line[] = []
  if (unfinished.length > 0) lines.push([span('Not done', 'error')], ...unfinished.flatMap(unfinishedLines), [])
  if (!outcome.complete) lines.push([span(incompleteWords(outcome), 'error')])
  const applied = `Applied: ${added} added, ${changed} changed, ${deleted} deleted.`
  lines.push([span([applied, ...heldBackWords(outcome.held_back)].join(' '), 'strong')])
  return paintLines(lines, style)
}

type Unfinished = ChangeOutcome & { readonly status: keyof typeof STATUS_WORDS }

function isUnfinished(change: ChangeOutcome): change is Unfinished {
  return change.status !== 'applied'
}

/** Equal but for the request's id, refusals fold. */
function contentOf({ action, status, done, not_done, error }: Unfinished): string {
  return JSON.stringify([action, status, done, not_done, error?.message, error?.status, error?.route])
}

function unfinishedLines({ subject, items }: Folded<Unfinished>): readonly Line[] {
  const [change] = items
  const symbol = SYMBOLS[change.action]
  const names = subject.names.length > 0 ? `   (${shorten(subject.names, FOLDED_NAMES)})` : ''
  const lines: Line[] = [
    [
      span('  '),
      span(symbol, SYMBOL_TONES[symbol]),
      span(` ${subject.text}  `),
      span(STATUS_WORDS[change.status], change.status === 'not tried' ? 'plain' : 'error'),
      span(names),
    ],
  ]
  if (change.done.length > 0) lines.push([span(`      done: ${change.done.join(', ')}`)])
  if (change.not_done.length > 0 && change.status !== 'not tried') {
    lines.push([span(`      not done: ${change.not_done.join(', ')}`)])
  }
  if (change.error) lines.push([span(`      why: ${errorWords(change.error)}`)])
  return lines
}

/** The client's messages begin with the request and GitHub's status; what a message tells is not told twice. */
function errorWords({ message, status, request_id, route = '' }: OutcomeError): string {
  const answer = status === undefined || message.includes(` ${status}`) ? message : `${status} ${message}`
  const [method = ''] = route.split(' ')
  const told = route === '' || message.startsWith(`${method} `)
  const where = [told ? '' : route, request_id === undefined ? '' : `request ${request_id}`].filter(
    (part) => part !== '',
  )
  return where.length === 0 ? answer : `${answer} (${where.join(', ')})`
}

function incompleteWords({ changes }: Outcome): string {
  const missing = changes.filter(isUnfinished).length
  return `${count(missing, 'change')} of ${changes.length} not done. Once the cause is gone, apply again: what is done is not done twice.`
}
