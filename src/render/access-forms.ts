import type { EffectiveAccess } from '../core/effective-access.ts'
import { countNames, linesWithin, type NamedLine } from './compact.ts'
import { countedAccess } from './counted-access.ts'
import { type AccessList, accessLines, foldAccess } from './effective-access.ts'
import { type Form, type Forms, lacking, whole } from './fit.ts'
import { byteLength } from './markdown-text.ts'
import type { ReportFacts } from './report-facts.ts'

/** One part of the access report: its heading, and the lists below it. */
export interface AccessPartOf {
  readonly title: string
  /** The list of each line, with its words: `['gains', 'newly accessible to']`. */
  readonly lists: readonly (readonly [AccessList, string])[]
  /** The content that a shorter form lacks, such as `repositories that gain access`. */
  readonly lacks: string
  readonly position: Form['position']
}

/** The most names at each address, from form to form. */
const NAMES = [10, 3, 0] as const

/** Bytes that the lines may still take, from form to form. */
const CUTS = [12_000, 4_000] as const

/**
 * Access gained or lost, address by address: with every name, with the first of them, with their number, at the first
 * addresses only, not at all.
 */
export function accessForms(
  access: readonly EffectiveAccess[],
  part: AccessPartOf,
  audience: ReportFacts['audience'],
): Forms {
  const [position, named] = audience === 'full' ? [access, 'all' as const] : [countedAccess(access), 'public' as const]
  const foldedBy = (by: 'names' | 'counts') =>
    part.lists.map(([list, words]) => ({ words, folded: foldAccess(position, list, by) }))
  const [byNames, byCounts] = [foldedBy('names'), foldedBy('counts')]
  const linesOf = (names: number): readonly NamedLine[] =>
    (names === 0 ? byCounts : byNames).flatMap(({ words, folded }) => accessLines(folded, { words, names, named }))
  const full = linesOf(Number.POSITIVE_INFINITY)
  if (full.length === 0) return [whole('')]
  const fewer = NAMES.map((names) => {
    const lines = linesOf(names)
    const beyond = names === 0 ? '' : ` beyond the first ${names} of each address`
    const lacks = `the names of ${part.lacks}${beyond}`
    return sizeOf(lines) === sizeOf(full) ? whole(block(part, full)) : lacking(block(part, lines), lacks, part.position)
  })
  const counted = linesOf(0)
  const cut = CUTS.map((bytes) => {
    const lines = linesWithin(counted, bytes)
    const missing = countNames(counted) - countNames(lines)
    return lacking(block(part, lines), `${part.lacks} at ${missing} addresses`, part.position)
  })
  return [whole(block(part, full)), ...fewer, ...cut, lacking('', part.lacks, part.position)]
}

function block({ title }: AccessPartOf, lines: readonly NamedLine[]): string {
  return `### ${title}\n\n${textOf(lines)}`
}

function sizeOf(lines: readonly NamedLine[]): number {
  return byteLength(textOf(lines))
}

function textOf(lines: readonly NamedLine[]): string {
  return lines.map(({ text }) => text).join('\n')
}

/** Access gained by a change of the configuration, and access that it no longer takes away. */
export const GAINS: AccessPartOf = {
  title: 'Effective access: who gains',
  lists: [
    ['gains', 'newly accessible to'],
    ['keeps', 'stays accessible, though the base takes it away, to'],
  ],
  lacks: 'repositories that gain access',
  position: 'first',
}

export const LOSES: AccessPartOf = {
  title: 'Effective access: who loses',
  lists: [['loses', 'no longer accessible to']],
  lacks: 'repositories that lose access',
  position: 'last',
}

/** Access that the base's configuration changes as well, apart from the effect of this change. */
export const ANYWAY: AccessPartOf = {
  title: 'Would come without this change',
  lists: [
    ['anyway', 'newly accessible to'],
    ['losesAnyway', 'no longer accessible to'],
  ],
  lacks: 'access that would change without this change',
  position: 'last',
}

/** Of drift: access that the configuration does not give. */
export const GIVEN: AccessPartOf = {
  title: 'Has access that the configuration does not give',
  lists: [['loses', 'accessible, beside the configuration, to']],
  lacks: 'repositories that have access beside the configuration',
  position: 'first',
}

/** Of drift: access that the configuration gives and GitHub lacks. */
export const LACKED: AccessPartOf = {
  title: 'Lacks access that the configuration gives',
  lists: [['gains', 'not accessible, against the configuration, to']],
  lacks: 'repositories that lack access',
  position: 'last',
}
