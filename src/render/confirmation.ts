import type { Plan } from '../core/plan.ts'
import { viewAccess } from './access.ts'
import { countPublic } from './changes.ts'
import { fold } from './fold.ts'
import { type Line, paintLines, type Span, span, type TextStyle, type Tone } from './paint.ts'
import type { AccessView } from './row.ts'
import { severitiesOf } from './severity.ts'
import { shorten } from './shorten.ts'
import { FOLDED_NAMES, SYMBOL_TONES, SYMBOLS } from './symbols.ts'
import { PUBLIC } from './text-change.ts'
import { formatName } from './value.ts'

/** The most rows of a part: the plan above has all. */
const ROWS = 10
const NAMES = 5

type Changes = Plan['changes']

/**
 * The gravest things that a plan does, repeated right before a person answers for it: what opens to public repositories,
 * what opens to others, what is deleted. Empty where it does none of these.
 */
export function renderConfirmation({ changes }: Pick<Plan, 'changes'>, style: TextStyle): string {
  const opening = changes.filter((change) => severitiesOf(change).includes('opens_public'))
  const giving = changes.filter((change) => severitiesOf(change).includes('opens'))
  const deleted = changes.filter(({ action }) => action === 'delete')
  const lines = [
    ...part([span('Opens to '), span(PUBLIC, 'public'), span(' repositories')], 'error', opening),
    ...part([span('Gives access')], 'strong', giving),
    ...part([span('Deletes')], 'error', deleted),
  ]
  return lines.length === 0 ? '' : paintLines([[], ...lines], style)
}

function part(title: Line, tone: Tone, changes: Changes): readonly Line[] {
  if (changes.length === 0) return []
  const rows = fold(changes, (change) => JSON.stringify([change.action, whomText(change)]))
  const lines = rows.slice(0, ROWS).map(({ subject, items: [change] }): Line => {
    const symbol = SYMBOLS[change.action]
    const names = subject.names.length > 0 ? ` (${shorten(subject.names, FOLDED_NAMES)})` : ''
    return [span('  '), span(symbol, SYMBOL_TONES[symbol]), span(` ${subject.text}${names}${whomText(change)}`)]
  })
  const more = rows.length > ROWS ? [[span(`  … ${rows.length - ROWS} more`)]] : []
  return [title.map((each): Span => (each.tone === 'plain' ? { ...each, tone } : each)), ...lines, ...more, []]
}

/** The repositories that gain by a change, public ones first. */
function whomText(change: Changes[number]): string {
  const all = (['named', 'matched'] as const).flatMap((which): readonly AccessView[] => {
    const view = viewAccess([change], which)
    return view && view.of === 'others' ? [view] : []
  })
  const gaining = all.flatMap(({ repositories }) => repositories)
  if (gaining.length === 0) return ''
  const [open, others] = [true, false].map((isPublic) =>
    gaining.filter(({ visibility }) => (visibility === 'public') === isPublic),
  )
  const names = [...(open ?? []), ...(others ?? [])].map(({ repository }) => formatName(repository))
  const publicly = all.reduce((sum, view) => sum + countPublic(view), 0)
  return `: ${shorten(names, NAMES)}${publicly > 0 ? ` (${publicly} ${PUBLIC})` : ''}`
}
