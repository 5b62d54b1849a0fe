import { append } from '../core/append.ts'
import type { Difference } from '../core/claim.ts'
import type { Change, Plan, PlanFlags } from '../core/plan.ts'
import { shellWords } from '../core/shell-word.ts'
import { viewFields } from './fields.ts'
import { fold } from './fold.ts'
import { type Line, paintLines, type Span, span, type TextStyle } from './paint.ts'
import { shorten } from './shorten.ts'
import { FOLDED_NAMES, SYMBOL_TONES, SYMBOLS } from './symbols.ts'
import { fieldSpans } from './text-field.ts'

/** An apply that stops because its own plan is not the one that was reviewed. */
export interface Refusal {
  /** The plan that this run made. */
  readonly own: Plan
  /** The plan that was reviewed; null where only its digest was given. */
  readonly claimed: Plan | null
  readonly differences: readonly Difference[]
  /** The digest of `--expect-digest`, where it is not this plan's. */
  readonly expectedDigest?: string
}

/** Explains why a reviewed plan is not valid any more, with the remedy. */
export function renderDifference(refusal: Refusal, style: TextStyle): string {
  const { own, claimed, expectedDigest } = refusal
  const what = own.complete
    ? 'The plan that was reviewed does not hold any more'
    : 'Not all could be read, so that it is not known whether the plan that was reviewed still holds'
  const lines: Line[] = [[span(`${what}. Nothing was written.`, 'error')]]
  if (expectedDigest !== undefined) lines.push([span(`  digest: expected ${expectedDigest}, and it is ${own.digest}`)])
  append(lines, claimed === null ? nowLines(own) : differenceLines(refusal))
  const flags = claimed ? flagText(own.flags, claimed.flags) : []
  for (const text of flags) lines.push([span(`  ${text}`, 'strong')])
  const advice = flags.length > 0 ? 'Otherwise make a new plan' : 'Make a new plan'
  const remedy = own.complete ? `${advice}, have it reviewed, and apply that one.` : 'Run again once all can be read.'
  lines.push([span(remedy, 'strong')])
  return paintLines(lines, style)
}

function differenceLines({ own, claimed, differences }: Refusal): readonly Line[] {
  const now = new Map(own.changes.map((change) => [change.address, change]))
  const reviewed = new Map(claimed?.changes.map((change) => [change.address, change]))
  const items = differences.map(({ address, message }) => {
    const lines = [...sideLines('now', now.get(address)), ...sideLines('reviewed', reviewed.get(address))]
    return { address, message, lines }
  })
  const folded = fold(items, ({ message, lines }) => JSON.stringify([message, lines]))
  return folded.flatMap(({ subject, items: [{ message, lines }] }): readonly Line[] => {
    const names = subject.names.length > 0 ? `   (${shorten(subject.names, FOLDED_NAMES)})` : ''
    const where = subject.text === '' ? '' : `${subject.text}  `
    return [[span(`  ${where}${message}${names}`)], ...lines]
  })
}

/** Where only the digest of the reviewed plan is known: this run's changes, for comparison with it. */
function nowLines({ changes }: Plan): readonly Line[] {
  if (changes.length === 0) return []
  const folded = fold(changes, (change) => JSON.stringify(sideLines('now', change)))
  const lines = folded.slice(0, MOST).flatMap(({ subject, items: [change] }): readonly Line[] => {
    const names = subject.names.length > 0 ? `   (${shorten(subject.names, FOLDED_NAMES)})` : ''
    return [[span(`  ${subject.text}${names}`)], ...sideLines('now', change)]
  })
  const more = folded.length > MOST ? [[span(`  … ${folded.length - MOST} more`)]] : []
  return [[span('  Of what was reviewed this run knows the digest alone. It would make now:')], ...lines, ...more]
}

/** Enough lines to recognize the kind of plan; the whole of it is printed above. */
const MOST = 20

/** One plan's change at an address; empty where it has none. */
function sideLines(side: 'now' | 'reviewed', change: Change | undefined): readonly Line[] {
  if (!change) return []
  const symbol = SYMBOLS[change.action]
  const fields: Span[] = []
  for (const field of viewFields(change))
    fields.push(span(fields.length > 0 ? ';  ' : '  '), ...fieldSpans(field, 'plan'))
  return [[span(`      ${side.padEnd(8)} `, 'dim'), span(symbol, SYMBOL_TONES[symbol]), ...fields]]
}

/** Flags that only one of the two plans was made with. */
function flagText(own: PlanFlags, claimed: PlanFlags): readonly string[] {
  const words: string[] = []
  for (const name of ['owner', 'target', 'rotate'] as const) {
    for (const value of claimed[name].filter((given) => !own[name].includes(given))) {
      words.push(`The plan was made with ${shellWords([`--${name}`, value])}: give it to apply as well.`)
    }
    for (const value of own[name].filter((given) => !claimed[name].includes(given))) {
      words.push(`The plan was made without ${shellWords([`--${name}`, value])}: leave it out here as well.`)
    }
  }
  return words
}
