import type { ChangeOutcome, Outcome } from '../core/outcome.ts'
import { heldBackText } from './last-line.ts'
import { type OutcomeRow, outcomeRows } from './outcome-rows.ts'
import { type Line, span, type TextStyle, type Tone } from './paint.ts'
import { count } from './row.ts'
import { shorten } from './shorten.ts'
import { stableJson } from './stable-json.ts'
import { FOLDED_NAMES, SYMBOL_TONES } from './symbols.ts'
import { folding, painted, type TextPart, textOfParts } from './text-part.ts'

const STATUS_TONES: Readonly<Record<ChangeOutcome['status'], Tone>> = {
  applied: 'add',
  partial: 'error',
  failed: 'error',
  'not tried': 'plain',
  'held back': 'error',
}

/** So many rows of what was done tell what kind of apply it was. */
const DONE_ROWS = 50

/** How much of an apply is printed: `end` has what was not done, and the last line. */
type OutcomeDetail = 'usual' | 'all names' | 'end'

/** The result of an apply: all of its text, or JSON, which holds every change. */
export function renderOutcome(
  outcome: Outcome,
  format: 'text' | 'json',
  style: TextStyle,
  detail?: OutcomeDetail,
): string {
  if (format === 'json') return stableJson(outcome)
  return textOfParts(outcomeParts(outcome, style, detail))
}

/**
 * The result of an apply in parts, for logs that can fold them: each change with its result, those that were not done with the
 * reason.
 */
export function outcomeParts(outcome: Outcome, style: TextStyle, detail: OutcomeDetail = 'usual'): readonly TextPart[] {
  const limit = detail === 'all names' ? Number.POSITIVE_INFINITY : FOLDED_NAMES
  const rowsOf = (wanted: (status: ChangeOutcome['status']) => boolean): readonly OutcomeRow[] =>
    outcomeRows(outcome.changes.filter(({ status }) => wanted(status)))
  const done = detail === 'end' ? [] : rowsOf((status) => status === 'applied')
  const missed = rowsOf((status) => status !== 'applied' && status !== 'not tried')
  const untried = rowsOf((status) => status === 'not tried')
  const shown = detail === 'all names' ? done : done.slice(0, DONE_ROWS)
  const more = done.length - shown.length
  const doneLines = [
    ...shown.flatMap((row) => outcomeLines(row, limit)),
    ...(more > 0 ? [[span(`  … ${more} more`)]] : []),
  ]
  const lines: Line[] = [
    ...partLines('Not done', 'error', missed, limit),
    ...partLines('Not tried', 'error', untried, limit),
  ]
  if (!outcome.complete) lines.push([span(incompleteText(outcome), 'error')])
  lines.push([span(appliedLine(outcome), 'strong')])
  return [...(doneLines.length > 0 ? [folding(span('Done', 'strong'), doneLines, style)] : []), painted(lines, style)]
}

function partLines(title: string, tone: Tone, rows: readonly OutcomeRow[], names: number): readonly Line[] {
  return rows.length === 0 ? [] : [[span(title, tone)], ...rows.flatMap((row) => outcomeLines(row, names)), []]
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

function outcomeLines({ symbol, subject, status, words, details }: OutcomeRow, limit: number): readonly Line[] {
  const names = subject.names.length > 0 ? `   (${shorten(subject.names, limit)})` : ''
  return [
    [
      span('  '),
      span(symbol, SYMBOL_TONES[symbol]),
      span(` ${subject.text}  `),
      span(words, STATUS_TONES[status]),
      span(names),
    ],
    ...details.map((detail): Line => [span(`      ${detail}`)]),
  ]
}
