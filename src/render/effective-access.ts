import { parseAddress } from '../core/address.ts'
import type { EffectiveAccess } from '../core/effective-access.ts'
import type { AccessTo } from '../core/plan.ts'
import { repositoryIn } from '../core/scope.ts'
import type { NamedLine } from './compact.ts'
import { countReached } from './count-reached.ts'
import { type Folded, fold } from './fold.ts'
import { code } from './markdown-text.ts'

export type AccessList = Exclude<keyof EffectiveAccess, 'address'>

/** Access gained or lost at one address, or at many where each repository has only its own. */
export interface Reached {
  readonly address: string
  readonly of: 'itself' | 'others'
  readonly list: readonly AccessTo[]
}

/** How lines are worded, and whom they name. */
export interface AccessStyle {
  /** Such as `newly accessible to`. */
  readonly words: string
  /** The most repositories that are named at each address. */
  readonly names: number
  /** `public` where only the names of public repositories may be shown. */
  readonly named: 'all' | 'public'
}

/**
 * Access gained or lost, with the addresses at which it is the same in one group.
 * @param by where `counts`, addresses of equally many repositories are one group: their names will not be shown
 */
export function foldAccess(
  access: readonly EffectiveAccess[],
  part: AccessList,
  by: 'names' | 'counts',
): readonly Folded<Reached>[] {
  const reached = access.flatMap((entry): Reached[] => {
    const list = entry[part]
    return list.length === 0 ? [] : [{ address: entry.address, of: ownOnly(entry.address, list), list }]
  })
  const alike = (list: readonly AccessTo[]): string =>
    by === 'counts' ? `${list.length} ${countOpened(list)}` : JSON.stringify(list)
  return fold(reached, ({ address, of, list }) => (of === 'itself' ? of : countReached(list, address) + alike(list)))
}

/**
 * A line for each group of addresses: `NAME: newly accessible to 14 repositories, 3 of them public: …`, access of
 * public repositories first. A line states its number of addresses.
 */
export function accessLines(folded: readonly Folded<Reached>[], style: AccessStyle): readonly NamedLine[] {
  const lines = folded.map(({ subject, items }) => {
    const [first] = items
    const list = first.of === 'itself' ? items.flatMap((item) => item.list) : first.list
    const names = first.of === 'others' ? someOf(subject.names, style.names) : ''
    const about = names === '' ? '' : ` (${names})`
    const whom = first.of === 'itself' && list.length === 1 ? ownText(list) : whomText(first.address, list, style)
    const each = style.names === 0 && first.of === 'others' && items.length > 1 ? 'each ' : ''
    const text = `- ${code(subject.text)}${about}: ${each}${style.words} ${whom}`
    return { opened: countOpened(list), text, names: items.length }
  })
  const rank = (opened: number): number => (opened > 0 ? 0 : 1)
  return lines.sort((left, right) => rank(left.opened) - rank(right.opened)).map(({ text, names }) => ({ text, names }))
}

function whomText(address: string, list: readonly AccessTo[], { names, named }: AccessStyle): string {
  const opened = countOpened(list)
  const publicly = opened === 0 ? '' : list.length === 1 ? ', which is public' : `, ${opened} of them public`
  const listed = named === 'all' ? list : list.filter(({ visibility }) => visibility === 'public')
  const sorted = names === 0 ? [] : [...listed].sort((left, right) => openness(left) - openness(right))
  const repositories = sorted.map(({ repository }) => repository)
  const whom = someOf(repositories, names)
  return `${countReached(list, address)}${publicly}${whom === '' ? '' : `: ${whom}`}`
}

function ownText(list: readonly AccessTo[]): string {
  return `the repository itself${countOpened(list) > 0 ? ', which is public' : ''}`
}

/** The first names in code, and how many more there are. */
function someOf(names: readonly string[], limit: number): string {
  if (limit === 0) return ''
  const shown = names.slice(0, limit).map(code).join(', ')
  const more = names.length - limit
  return more > 0 ? `${shown}, … ${more} more` : shown
}

/** A repository's access to its own setting; its address names it already. */
function ownOnly(address: string, list: readonly AccessTo[]): Reached['of'] {
  const scope = parseAddress(address)?.scope
  const own = scope && repositoryIn(scope)
  if (own === undefined) return 'others'
  const names = new Set([own.repo, `${own.owner}/${own.repo}`])
  return list.every(({ repository }) => names.has(repository.toLowerCase())) ? 'itself' : 'others'
}

function countOpened(list: readonly AccessTo[]): number {
  return list.filter(({ visibility }) => visibility === 'public').length
}

function openness({ visibility }: AccessTo): number {
  return visibility === 'public' ? 0 : 1
}
