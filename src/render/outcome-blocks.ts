import type { ChangeOutcome, Outcome } from '../core/outcome.ts'
import { kindOf } from './counts.ts'
import { type Forms, lacking, whole } from './fit.ts'
import { groupBy } from './group-by.ts'
import { diffSign } from './markdown-rows.ts'
import { clip, details, fenced } from './markdown-text.ts'
import { type OutcomeRow, outcomeRows } from './outcome-rows.ts'
import { printable, withoutCommand } from './printable.ts'
import type { ReportFacts } from './report-facts.ts'
import { shorten } from './shorten.ts'
import { wrap } from './wrap.ts'

/** Enough rows, and names of one, to recognize the kind of outcome. */
const FEW = 25

/**
 * The result of each change: changes that were not done are open, with their reasons; changes that were done unfold.
 */
export function outcomeForms(outcome: Outcome, audience: ReportFacts['audience']): Forms {
  const { changes } = outcome
  if (changes.length === 0) return [whole('')]
  if (audience === 'counts') return [whole(`### Outcome\n\n${fenced(countedLines(changes), 'text')}`)]
  const missed = outcomeRows(changes.filter(({ status }) => status !== 'applied'))
  const done = outcomeRows(changes.filter(({ status }) => status === 'applied'))
  const applied = changes.filter(({ status }) => status === 'applied').length
  const write = (names: number, rows: number): string => {
    const open = missed.slice(0, rows)
    const folded = done.slice(0, rows)
    return [
      ...(open.length === 0
        ? []
        : [`### Not done (${changes.length - applied})`, linesBlock(open, missed.length, names)]),
      ...(folded.length === 0 ? [] : [details(`Applied (${applied})`, linesBlock(folded, done.length, names))]),
    ].join('\n\n')
  }
  return [
    whole(write(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)),
    lacking(write(3, Number.POSITIVE_INFINITY), 'names in the outcome'),
    lacking(write(3, FEW), 'some of the outcomes'),
    lacking(fenced(countedLines(changes), 'text'), 'the outcome of each change'),
  ]
}

function linesBlock(rows: readonly OutcomeRow[], all: number, names: number): string {
  const more = all > rows.length ? [`… ${all - rows.length} more`] : []
  return fenced([...rows.flatMap((row) => rowLines(row, names)), ...more], 'diff')
}

function rowLines(row: OutcomeRow, names: number): readonly string[] {
  const { subject, words, details: told } = row
  const about = subject.names.length === 0 ? [] : [`in: ${shorten(subject.names, names)}`]
  return [`${diffSign(row)} ${subject.text}  ${words}`, ...[...about, ...told].map((text) => `    ${text}`)].flatMap(
    (line) => wrap(printable(line), '        ').map(withoutCommand).map(clip),
  )
}

/** Counts by kind and outcome; of a refusal GitHub's status and route, which name nothing. */
function countedLines(changes: readonly ChangeOutcome[]): readonly string[] {
  const lines: string[] = []
  for (const [kind, same] of groupBy(changes, kindOf)) {
    const counts = [...groupBy(same, rowText)].map(([words, those]) => `${those.length} ${words}`)
    lines.push(`${kind}: ${counts.join(', ')}`)
  }
  return lines
}

function rowText({ status, error }: ChangeOutcome): string {
  const word = status === 'partial' ? 'done in part' : status
  if (status === 'applied' || status === 'not tried' || error === undefined) return word
  const answer = error.status === undefined ? 'no answer' : String(error.status)
  return `${word} (${answer}${error.route === undefined ? '' : `, ${error.route}`})`
}
