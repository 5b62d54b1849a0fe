import type { Outcome } from '../core/outcome.ts'
import { heldBackText } from './last-line.ts'
import { type OutcomeRow, outcomeRows } from './outcome-rows.ts'
import { type Line, paintLines, span, type TextStyle } from './paint.ts'
import { count } from './row.ts'
import { shorten } from './shorten.ts'
import { stableJson } from './stable-json.ts'
import { FOLDED_NAMES, SYMBOL_TONES } from './symbols.ts'

/**
 * The result of an apply. The text lists only changes that were not done, or not wholly; the JSON holds every change.
 */
export function renderOutcome(outcome: Outcome, format: 'text' | 'json', style: TextStyle): string {
  if (format === 'json') return stableJson(outcome)
  const unfinished = outcomeRows(outcome.changes.filter(({ status }) => status !== 'applied'))
  const lines: Line[] = []
  if (unfinished.length > 0) lines.push([span('Not done', 'error')], ...unfinished.flatMap(unfinishedLines), [])
  if (!outcome.complete) lines.push([span(incompleteText(outcome), 'error')])
  lines.push([span(appliedLine(outcome), 'strong')])
  return paintLines(lines, style)
}

/** The line that other programs look for. */
export function appliedLine({ counts, held_back }: Outcome): string {
  const { added, changed, deleted } = counts
  return [`Applied: ${added} added, ${changed} changed, ${deleted} deleted.`, ...heldBackText(held_back)].join(' ')
}

/** The number of changes that were not done, with the remedy. */
function incompleteText({ changes }: Outcome): string {
  const missing = changes.filter(({ status }) => status !== 'applied').length
  return `${count(missing, 'change')} of ${changes.length} not done. Once the cause is gone, apply again: what is done is not done twice.`
}

function unfinishedLines({ symbol, subject, status, words, details }: OutcomeRow): readonly Line[] {
  const names = subject.names.length > 0 ? `   (${shorten(subject.names, FOLDED_NAMES)})` : ''
  return [
    [
      span('  '),
      span(symbol, SYMBOL_TONES[symbol]),
      span(` ${subject.text}  `),
      span(words, status === 'not tried' ? 'plain' : 'error'),
      span(names),
    ],
    ...details.map((detail): Line => [span(`      ${detail}`)]),
  ]
}
