import { append } from '../core/append.ts'
import type { Change } from '../core/plan.ts'
import { type Named, openForms, unfoldedForms } from './change-forms.ts'
import { viewChanges } from './changes.ts'
import { diffLines } from './field-diff.ts'
import { type Forms, lacking } from './fit.ts'
import { groupBy } from './group-by.ts'
import { fenced, fencedLine } from './markdown-text.ts'
import { type ChangeRow, count } from './row.ts'
import { type Severity, severitiesOf } from './severity.ts'

/** Every change by name; members of long lists are among the names of the access report. */
const FULL = { subjects: Number.POSITIVE_INFINITY, members: 25 }

const PARTS = {
  widened: ['opens_public', 'opens', 'widens'],
  overwritten: ['overwrites'],
  deletions: ['deletes'],
  others: ['loses', 'new', 'other'],
} as const satisfies Readonly<Record<string, readonly Severity[]>>

export type ChangePart = keyof typeof PARTS

const TITLES: Readonly<Record<ChangePart, { readonly title: string; readonly words: readonly [string, string] }>> = {
  widened: { title: 'Opens, or widens', words: ['widening', 'widenings'] },
  overwritten: { title: 'Writes values over', words: ['value written over', 'values written over'] },
  deletions: { title: 'Deletes', words: ['deletion', 'deletions'] },
  others: { title: 'Other changes', words: ['other change', 'other changes'] },
}

/** The changes of a plan, field by field, in the parts that are shortened one by one; each change is in one of them. */
export interface ChangeParts {
  readonly forms: Readonly<Record<ChangePart, Forms>>
  /** The parts whose names are shown as far as there is room. */
  readonly named: { readonly widened: Named; readonly deletions: Named }
}

/** The changes of one owner. */
export function changeParts(changes: readonly Change[], owner: string): ChangeParts {
  const partOf = (change: Change): ChangePart => {
    const [severity] = severitiesOf(change)
    return (
      (Object.keys(PARTS) as ChangePart[]).find((part) => (PARTS[part] as readonly Severity[]).includes(severity)) ??
      'others'
    )
  }
  const byPart = groupBy(changes, partOf)
  const isAlone = byPart.size === 1
  const namedOf = (part: ChangePart): Named => {
    const own = byPart.get(part) ?? []
    const { title, words } = TITLES[part]
    return { title, words, changes: own, full: own.length === 0 ? '' : fullText(own, isAlone ? '' : title), owner }
  }
  const [widened, overwritten, deletions, others] = [
    namedOf('widened'),
    namedOf('overwritten'),
    namedOf('deletions'),
    namedOf('others'),
  ]
  const forms = {
    widened: openForms(widened),
    overwritten: shortestForms(overwritten),
    deletions: openForms(deletions),
    others: unfoldedForms(others),
  }
  return { forms, named: { widened, deletions } }
}

/** Every change with its fields in one diff. */
function fullText(changes: readonly Change[], title: string): string {
  const rows: ChangeRow[] = []
  for (const section of viewChanges(changes).values())
    append(
      rows,
      section.filter(({ detail }) => detail === 'full'),
    )
  const byAddress = new Map(changes.map((change) => [change.address, change]))
  const lines = rows.flatMap((row, index) => {
    const by = patternsOf(byAddress.get(row.addresses[0] ?? ''))
    return [...(index === 0 ? [] : ['']), ...diffLines(row, FULL), ...by.map((fact) => fencedLine(`  by: ${fact}`))]
  })
  const diff = fenced(lines, 'diff')
  return title === '' ? diff : `### ${title} (${changes.length})\n\n${diff}`
}

/** The facts by which patterns match, and who can bring them about. */
function patternsOf(change: Change | undefined): readonly string[] {
  return [...new Set(change?.access.gains.flatMap(({ by }) => by ?? []))]
}

/** At last without any name. */
function shortestForms(named: Named): Forms {
  const [first, ...rest] = openForms(named)
  const { title, changes, words } = named
  if (changes.length === 0) return [first]
  const all = count(changes.length, ...words)
  return [first, ...rest, lacking(`### ${title} (${changes.length})`, `the names of ${all}`)]
}
