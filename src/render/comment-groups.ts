import type { Change } from '../core/plan.ts'
import { accessContent } from './access.ts'
import { kindOf } from './counts.ts'
import { fold } from './fold.ts'
import { groupBy } from './group-by.ts'
import { SEVERITIES, type Severity, severitiesOf } from './severity.ts'

/** The most rows that a reader takes in at once. */
const MOST = 8

/** So many rows of the worst are shown one by one, beside all others. */
const MOST_WORST = 20

/** Where there is much else, those of each are one row, of all kinds together. */
const LESSER: readonly Severity[] = ['loses', 'new', 'other']

/** Changes that are one row of the comment. */
export interface ChangeGroup {
  /** All that they do, the worst first. */
  readonly severities: readonly [Severity, ...Severity[]]
  readonly changes: readonly [Change, ...Change[]]
  /** `alike`: they differ in nothing that a row shows but their addresses. `gathered`: they are of one kind, no more. */
  readonly of: 'alike' | 'gathered'
}

/**
 * The changes of one owner in rows, the worst first. Alike ones are one row. Where that leaves more rows than a reader takes
 * in, those of one severity and kind become one, the least severe first.
 * @param shownOf all that a row shows of a change beside its access
 */
export function groupChanges(changes: readonly Change[], shownOf: (change: Change) => string): readonly ChangeGroup[] {
  const folded = fold(
    changes.map((change) => ({ address: change.address, change, severities: severitiesOf(change) })),
    ({ change, severities }) => JSON.stringify([severities, accessContent(change), shownOf(change)]),
  )
  const groups = folded.map(({ items: [first, ...others] }): ChangeGroup => {
    const { severities, change } = first
    return { severities, changes: [change, ...others.map((item) => item.change)], of: 'alike' }
  })
  const rows = new Map<Severity, readonly ChangeGroup[]>(
    SEVERITIES.map((severity) => [severity, groups.filter(({ severities: [first] }) => first === severity)]),
  )
  const number = (): number => [...rows.values()].reduce((sum, some) => sum + some.length, 0)
  for (const severity of SEVERITIES.toReversed()) {
    const own = rows.get(severity) ?? []
    const most = severity === SEVERITIES[0] ? MOST_WORST : MOST
    if (number() > most) rows.set(severity, gathered(own, kindOfFirst))
    if (number() > most && LESSER.includes(severity))
      rows.set(
        severity,
        gathered(own, () => severity),
      )
  }
  return [...rows.values()].flat()
}

/** The same for readers who may not see names: by severity and kind alone. */
export function groupByKind(changes: readonly Change[]): readonly ChangeGroup[] {
  const each = changes.map((change): ChangeGroup => {
    const [severity] = severitiesOf(change)
    return { severities: [severity], changes: [change], of: 'gathered' }
  })
  return SEVERITIES.flatMap((severity) =>
    gathered(
      each.filter(({ severities: [first] }) => first === severity),
      kindOfFirst,
    ),
  )
}

function kindOfFirst({ changes: [{ address }] }: ChangeGroup): string {
  return kindOf({ address })
}

function gathered(groups: readonly ChangeGroup[], keyOf: (group: ChangeGroup) => string): readonly ChangeGroup[] {
  return [...groupBy(groups, keyOf).values()].map((same): ChangeGroup => {
    const [first, ...others] = same
    if (others.length === 0) return first
    const [change, ...more] = first.changes
    const does = new Set(same.flatMap(({ severities }) => severities))
    const [worst] = first.severities
    return {
      severities: [worst, ...SEVERITIES.filter((severity) => does.has(severity) && severity !== worst)],
      changes: [change, ...more, ...others.flatMap(({ changes }) => changes)],
      of: 'gathered',
    }
  })
}
