import { reachedBelow } from './access-below.ts'
import { byText } from './address.ts'
import { fullName } from './by-name.ts'
import { at } from './family-at.ts'
import { listsOwned } from './field.ts'
import { getPath } from './json.ts'
import { fieldAt, leavesOf } from './leaves.ts'
import type { Live } from './live.ts'
import type { Access } from './plan.ts'
import type { AdmittingRow, Reach, ReachRepository } from './reach-table.ts'
import { LADDER, type Scope } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'
import { unseenIn, withUnseen } from './unseen.ts'

/** A managed member as it is on GitHub, and its change of access, if there is one. */
export interface ReachOf {
  readonly address: string
  readonly live: Live | undefined
  readonly access: Access | undefined
}

/** A row whose repositories have no place in a table yet. */
export interface MemberReach {
  readonly address: string
  readonly before: readonly ReachRepository[]
  readonly after: readonly ReachRepository[]
}

/** The rows of one section; none where it belongs to a single repository, which alone may use it. */
export function reachOfSection(facts: SectionFacts, members: readonly ReachOf[]): readonly MemberReach[] {
  const { family, scope } = facts
  if (!LADDER[scope.type].owns || at(family, scope)?.reach === undefined) return []
  const rows: MemberReach[] = []
  for (const { address, live, access } of members) {
    const before = live ? reachedBy(facts, live) : []
    if (before === 'untold') continue
    rows.push({ address, before, after: access ? changed(before, access, scope) : before })
  }
  return rows
}

/** An inherited member's list is kept a level above, but where the family has one here; a list that was not mentioned was not read. */
function reachedBy({ family, scope, known, unlisted = [] }: SectionFacts, live: Live): ReachRepository[] | 'untold' {
  if (live.fixed === 'inherited' && !family.inherits?.(live.spec)) return 'untold'
  const unseen = unseenIn(family, scope.type, live.spec, known.repositories)
  const repositories = withUnseen(known.repositories, [...unseen, ...unlisted])
  const ids = at(family, scope)?.reach?.(live.spec, { ...known, repositories }, scope)
  if (ids === undefined) return 'untold'
  const lists = leavesOf(family, scope.type).filter((leaf) => listsOwned(fieldAt(family, leaf)))
  if (ids.length === 0 && lists.some((leaf) => getPath(live.spec, leaf) === undefined)) return 'untold'
  const found: ReachRepository[] = []
  for (const id of ids) {
    const repository = repositories.byId.get(id)
    if (repository) found.push({ name: fullName(scope, repository.name), visibility: repository.visibility })
  }
  const entry = at(family, scope)
  const member = { key: live.key, spec: live.spec, side: 'before' } as const
  return entry ? [...found, ...reachedBelow(entry, { ...known, repositories }, member, ids)] : found
}

function changed(before: readonly ReachRepository[], { gains, loses }: Access, scope: Scope): ReachRepository[] {
  const after = new Map(before.map((repository) => [repository.name, repository]))
  for (const { repository } of loses) after.delete(fullName(scope, repository))
  for (const { repository, visibility } of gains) {
    const name = fullName(scope, repository)
    after.set(name, { name, visibility })
  }
  return [...after.values()]
}

/**
 * One table of all rows.
 * @param others repositories to list though no row may reach them
 * @param admitting in the order of the plan
 * @returns undefined for an empty table
 */
export function reachTable(
  rows: readonly MemberReach[],
  others: readonly ReachRepository[],
  admitting: readonly AdmittingRow[] = [],
): Reach | undefined {
  const all = [...others, ...rows.flatMap(({ before, after }) => (before === after ? before : [...before, ...after]))]
  const byName = new Map(all.map((repository) => [repository.name, repository]))
  const repositories = [...byName.values()].sort((left, right) => byText(left.name, right.name))
  if (repositories.length === 0 && rows.length === 0) return undefined
  const places = new Map(repositories.map(({ name }, index) => [name, index]))
  const rangesOf = (reached: readonly ReachRepository[]): string =>
    formatRanges(reached.flatMap(({ name }) => places.get(name) ?? []))
  const sorted = [...rows].sort((left, right) => byText(left.address, right.address))
  return {
    repositories,
    rows: sorted.map(({ address, before, after }) => {
      const text = rangesOf(before)
      return { address, before: text, after: before === after ? text : rangesOf(after) }
    }),
    ...(admitting.length > 0 ? { admitting } : {}),
  }
}

/** Whole numbers as ascending ranges: `0-4,7`. */
export function formatRanges(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = []
  for (const number of [...new Set(numbers)].sort((left, right) => left - right)) {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

/**
 * The numbers of ranges that {@link formatRanges} made. A saved plan is untrusted: numbers that are not below `size`,
 * or do not ascend, are left out.
 */
export function parseRanges(text: string, size: number): number[] {
  const numbers: number[] = []
  let next = 0
  for (const range of text.split(',')) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? []
    const [from, to] = [Number(first), Number(last)]
    if (!(from >= next)) continue
    for (next = from; next <= to && next < size; next += 1) numbers.push(next)
  }
  return numbers
}
