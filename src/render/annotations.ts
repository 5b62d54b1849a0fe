import type { Diagnostic, Source } from '../core/diagnostic.ts'
import type { HeldBack } from '../core/held-back.ts'
import { kindOfPlace } from '../core/kind-of-place.ts'
import type { Change, Plan } from '../core/plan.ts'
import { sectionsOf } from './changes.ts'
import { countReached } from './count-reached.ts'
import { groupBy } from './group-by.ts'
import { printable } from './printable.ts'
import type { ReportFacts } from './report-facts.ts'
import { shorten } from './shorten.ts'
import type { Wording } from './wording.ts'
import { workflowCommand } from './workflow-commands.ts'

/**
 * The most annotations of a kind that GitHub shows of one step.
 * https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
 */
const LIMIT = 10

/** The path of a file from the root of the checkout down, by the name that messages show. */
type Placed = (file: string) => string

const asNamed: Placed = (file) => file

interface Annotation {
  readonly title: string
  readonly source: Source | null | undefined
  readonly message: string
  /** The number of changes or problems in it. */
  readonly number: number
}

const TITLES = {
  plan: {
    opens: 'Gives access to public repositories',
    deletes: 'Deletes',
    gives: 'Gives access',
    wider: 'Becomes wider',
  },
  drift: {
    opens: 'Should give access to public repositories',
    deletes: 'Should not be there',
    gives: 'Should give access',
    wider: 'Should be wider',
  },
} as const

/**
 * Workflow commands that have GitHub show, beside the line of the YAML that caused it, each error, deletion and
 * widening, and each held-back change. At most ten of a kind, the most important first; the last one counts the others.
 * Every reader of the code sees them: where some of these readers may not see names, they hold only numbers.
 */
export function annotations(
  plan: Plan,
  wording: Wording = 'plan',
  audience: ReportFacts['audience'] = 'full',
  placed: Placed = asNamed,
): string[] {
  const diagnosed = (severity: 'error' | 'warning'): Annotation[] =>
    plan.diagnostics.filter((diagnostic) => diagnostic.severity === severity).map(diagnosticNote)
  const unread = plan.not_read.map((place): Annotation => {
    const { scope, reason } = place
    const message =
      audience === 'full' ? `${scope}: ${reason}` : `${kindOfPlace(place)}; the log of the job says which.`
    return { title: 'Could not be read', source: undefined, message, number: 1 }
  })
  const annotate = (notes: readonly Annotation[]): readonly Annotation[] =>
    audience === 'full' ? notes : notes.map(unnamed)
  return [
    ...commands('error', [...annotate(diagnosed('error')), ...unread], placed),
    ...commands(
      'warning',
      annotate([...plan.held_back.map(heldBackNote), ...changeNotes(plan.changes, wording)]),
      placed,
    ),
    ...commands('notice', annotate(diagnosed('warning')), placed),
  ]
}

/** The place in the YAML, which its readers have anyway, and how much it is. */
function unnamed({ title, source, number }: Annotation): Annotation {
  return {
    title,
    source,
    number,
    message: number === 1 ? 'The log of the job says what.' : `${number}; the log of the job says which.`,
  }
}

/** The same for a configuration of which no plan could be made. */
export function problemAnnotations(problems: readonly Diagnostic[], placed: Placed = asNamed): string[] {
  const of = (severity: Diagnostic['severity']): Annotation[] =>
    problems.filter((problem) => problem.severity === severity).map(diagnosticNote)
  return [...commands('error', of('error'), placed), ...commands('notice', of('warning'), placed)]
}

function diagnosticNote({ source, message, address }: Plan['diagnostics'][number]): Annotation {
  const about = address === undefined || message.includes(address) ? '' : ` (${address})`
  return { title: 'Configuration', source, message: `${message}${about}`, number: 1 }
}

function heldBackNote({ address, field, reason, source, help }: HeldBack): Annotation {
  const about = field === null ? address : `${address} ${field}`
  return { title: 'Held back', source, message: `${about}: ${reason}. ${help}`, number: 1 }
}

/** All deletions, or all widenings, of one line of the YAML are one annotation. */
function changeNotes(changes: readonly Change[], wording: Wording): readonly Annotation[] {
  const notes: Annotation[] = []
  for (const kind of ['opens', 'deletes', 'gives', 'wider'] as const) {
    const chosen = changes.filter((change) => kindsOf(change).includes(kind))
    for (const [, same] of groupBy(chosen, ({ source }) => JSON.stringify(source))) {
      const title = TITLES[wording][kind]
      notes.push({ title, source: same[0].source, message: changeText(same, kind), number: same.length })
    }
  }
  return notes
}

type Kind = keyof (typeof TITLES)['plan']

function kindsOf(change: Change): readonly Kind[] {
  const sections = sectionsOf(change)
  const kinds: Kind[] = []
  if (change.access.gains.some(({ visibility }) => visibility === 'public')) kinds.push('opens')
  else if (sections.some((name) => name === 'gains' || name === 'gains_matched' || name === 'gains_beside')) {
    kinds.push('gives')
  }
  if (change.action === 'delete') kinds.push('deletes')
  if (sections.includes('wider')) kinds.push('wider')
  return kinds
}

function changeText(changes: readonly [Change, ...Change[]], kind: Kind): string {
  const [first] = changes
  if (changes.length > 1) return `${changes.length} changes: ${shorten(changes.map(({ address }) => address))}`
  if (kind === 'wider') return `${first.address}: ${first.widens.join(', ')}`
  if (kind === 'deletes') return first.address
  const { gains } = first.access
  const beside = first.consequences.filter(({ widens }) => widens).map(({ message }) => message)
  if (gains.length === 0) return `${first.address}: ${beside.join('; ')}`
  const names = shorten(gains.map(({ repository }) => repository))
  return `${first.address}: ${[`${countReached(gains, first.address)} (${names})`, ...beside].join('; ')}`
}

function commands(
  name: 'error' | 'warning' | 'notice',
  found: readonly Annotation[],
  placed: Placed,
): readonly string[] {
  const left = found.length - LIMIT
  return found.slice(0, LIMIT).map(({ title, source, message }, index) => {
    const more = index === LIMIT - 1 && left > 0 ? ` (and ${left} more of this kind)` : ''
    const { file, line, col } = source ?? {}
    const properties = {
      file: file === undefined ? undefined : printable(placed(file)),
      line,
      col,
      title: `octoform: ${title}`,
    }
    return workflowCommand(name, properties, `${printable(message)}${more}`)
  })
}
