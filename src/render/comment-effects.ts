import type { EffectiveAccess } from '../core/effective-access.ts'
import type { AccessTo, Change } from '../core/plan.ts'
import { breakable, FEW, openRepositories } from './cell-text.ts'
import type { ChangeGroup } from './comment-groups.ts'
import { countReached } from './count-reached.ts'
import { type FieldView, viewFields } from './fields.ts'
import { clip } from './markdown-text.ts'
import { severitiesOf } from './severity.ts'
import { fieldSpans } from './text-field.ts'

/** The most names of repositories; the most fields and side effects. */
const NAMES = 5
const LINES = 3

/** By whose names the repositories may be called. */
export type NamesOf = 'all' | 'public'

/** Those who may newly use the things that changes are about, and those who may not any more, by number and first names. */
export function accessEffects(
  { changes }: Pick<ChangeGroup, 'changes'>,
  accessAt: (address: string) => EffectiveAccess | undefined,
  named: NamesOf,
): readonly string[] {
  const entries = changes.map(({ address }) => accessAt(address)).filter((entry) => entry !== undefined)
  const gains = distinct(changes.flatMap(({ access }) => access.gains))
  const loses = distinct(changes.flatMap(({ access }) => access.loses))
  const anyway = distinct(entries.flatMap((entry) => entry.anyway))
  const [{ address }] = changes
  return [
    ...(gains.length === 0
      ? []
      : [`newly usable by ${whom(gains, address, named, 'public', [...patterns(gains), ...besides(anyway)])}`]),
    ...keptEffects(distinct(entries.flatMap((entry) => entry.keeps)), address, named),
    ...(loses.length === 0 ? [] : [`no longer by ${whom(loses, address, named, 'few', [])}`]),
  ]
}

/** Access that the base's configuration would take away, and that the change leaves. */
export function keptEffects(keeps: readonly AccessTo[], address: string, named: NamesOf): readonly string[] {
  if (keeps.length === 0) return []
  return [`stays usable, though the base takes it away, by ${whom(keeps, address, named, 'public', [])}`]
}

/** Other things that a change does: side effects, and fields where they say more than who may use it. */
export function otherEffects(change: Change): readonly string[] {
  const does = severitiesOf(change)
  const { gains, loses } = change.access
  const says = ({ wider, path }: FieldView): boolean =>
    (does.includes('widens') && wider !== null) || (does.includes('overwrites') && path === 'value')
  const isSilent = gains.length === 0 && loses.length === 0 && change.action !== 'delete'
  const fields = viewFields(change).filter((field) => says(field) || (isSilent && !does.includes('widens')))
  const lines = [
    ...[...change.consequences]
      .sort((left, right) => Number(right.widens) - Number(left.widens))
      .map(({ message }) => message),
    ...fields.map(fieldText),
  ]
  const more = lines.length > LINES ? [`and ${lines.length - LINES} more`] : []
  return [...lines.slice(0, LINES).map((line) => breakable(clip(line))), ...more]
}

/** A field without what the row says already: that it is wider, that its value is put. */
function fieldText(field: FieldView): string {
  if (field.kind === 'put' && field.why === 'with') return `${field.path}: ${field.value}`
  const spans = fieldSpans({ ...field, wider: null }, 'plan', LINES)
  return spans.map(({ text }) => text).join('')
}

/** @param which `public`: the public ones by name; `few`: names only where they are few */
function whom(
  list: readonly AccessTo[],
  address: string,
  named: NamesOf,
  which: 'public' | 'few',
  about: readonly string[],
): string {
  const opened = list.filter(({ visibility }) => visibility === 'public')
  const publicly = opened.length === 0 ? [] : [opened.length === list.length ? 'public' : `${opened.length} public`]
  const shown = named === 'all' ? list : opened
  const names = which === 'few' && list.length > FEW ? '' : openRepositories(shown, NAMES)
  return `${[countReached(list, address), ...publicly, ...about].join(', ')}${names === '' ? '' : `: ${names}`}`
}

/** How many have it by a pattern. */
function patterns(gains: readonly AccessTo[]): readonly string[] {
  const matched = gains.filter(({ via }) => via === 'matched')
  if (matched.length === 0) return []
  return [`${matched.length === gains.length ? '' : `${matched.length} `}through a pattern`]
}

function besides(anyway: readonly AccessTo[]): readonly string[] {
  return anyway.length === 0 ? [] : [`${anyway.length} also without this change`]
}

/** Each repository once; one that is named and matched counts as named. */
function distinct(list: readonly AccessTo[]): readonly AccessTo[] {
  const found = new Map<string, AccessTo>()
  for (const to of list) if (found.get(to.repository)?.via !== 'named') found.set(to.repository, to)
  return [...found.values()]
}
