import { effectiveAccess } from '../core/effective-access.ts'
import type { Plan } from '../core/plan.ts'
import { breakable } from './cell-text.ts'
import { accessEffects, keptEffects, otherEffects } from './comment-effects.ts'
import { type ChangeGroup, groupByKind, groupChanges } from './comment-groups.ts'
import { kindOf } from './counts.ts'
import { groupBy } from './group-by.ts'
import { markdownRow } from './markdown-text.ts'
import { placeLink } from './place-link.ts'
import type { ReportFacts } from './report-facts.ts'
import { count } from './row.ts'
import { MARKS, type Severity } from './severity.ts'
import { textLengths } from './text-lengths.ts'
import { kindsWords, thingWords } from './things.ts'

/**
 * The changes of one owner as a table, the worst first: a mark with words, what it is, its line in the YAML; and who may
 * newly use it, who may not any more. Two columns, because more do not fit on a phone. Empty without changes.
 */
export function changeTable(own: Plan, facts: ReportFacts, base: Plan | undefined): string {
  const access = new Map(effectiveAccess(own, base).map((entry) => [entry.address, entry]))
  const planned = new Set(own.changes.map(({ address }) => address))
  const isFull = facts.audience === 'full'
  const named = isFull ? 'all' : 'public'
  const groups = isFull
    ? groupChanges(own.changes, (change) => JSON.stringify([otherEffects(change), access.get(change.address)?.anyway]))
    : groupByKind(own.changes)
  const rows = groups.map((group) => {
    const [first] = group.changes
    const effects = [
      ...accessEffects(group, (address) => access.get(address), named),
      ...(isFull && group.of === 'alike' ? otherEffects(first) : []),
    ]
    const what = isFull ? kindsWords(addressesOf(group)) : countedWords(group)
    const hasKinds = isFull && new Set(group.changes.map(kindOf)).size > 1
    if (hasKinds) return rowText(group.severities, String(group.changes.length), [what])
    return rowText(group.severities, `${what}${isFull ? lineOf(group, facts) : ''}`, effects)
  })
  const kept = [...access.values()].filter(({ address, keeps }) => !planned.has(address) && keeps.length > 0)
  const stays = kept.map(({ address, keeps }) => {
    const isOpen = keeps.some(({ visibility }) => visibility === 'public')
    const what = isFull ? thingWords([address]) : breakable(kindOf({ address }))
    return rowText([isOpen ? 'opens_public' : 'opens'], what, keptEffects(keeps, address, named))
  })
  const all = [...stays, ...rows]
  return all.length === 0 ? '' : ['| Change | Effect |', '|---|---|', ...all].join('\n')
}

function rowText(severities: readonly [Severity, ...Severity[]], what: string, effects: readonly string[]): string {
  const [worst, ...others] = severities
  const words = [
    `**${MARKS[worst].words}**`,
    ...others.filter(isNoEffect).map((severity) => MARKS[severity].words),
  ].join(', ')
  const cells = [`${MARKS[worst].mark} ${words}: ${what}`, effects.join('; ')]
  return markdownRow(cells)
}

/** Lost access stands among the effects. */
function isNoEffect(severity: Severity): boolean {
  return severity !== 'loses'
}

/** The first line of the YAML that a row comes from, and how many others there are. */
function lineOf({ changes }: ChangeGroup, facts: ReportFacts): string {
  const places = groupBy(changes, ({ source }) => (source ? `${source.line} ${source.file}` : undefined))
  const [first] = [...places.values()]
  const source = first?.[0].source
  if (!source) return ''
  const words = placeLink(`L${source.line}`, source, facts)
  const shown = words.startsWith('[') ? words : breakable(`${source.file}:${source.line}`)
  return ` ${shown}${places.size > 1 ? ` +${places.size - 1}` : ''}`
}

function addressesOf({ changes: [first, ...others] }: ChangeGroup): readonly [string, ...string[]] {
  return [first.address, ...others.map(({ address }) => address)]
}

/** Of what kind, and how many, for readers who may not see which. */
function countedWords({ changes }: ChangeGroup): string {
  const [{ address }] = changes
  return `${count(changes.length, 'change', 'changes')} of ${breakable(kindOf({ address }))}${textLengths(changes)}`
}
