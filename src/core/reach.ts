import { reachedBelow } from './access-below.ts'
import { byText, ownerOfPlace } from './address.ts'
import { fullName } from './by-name.ts'
import { at } from './family-at.ts'
import { listsOwned } from './field.ts'
import { getPath } from './json.ts'
import { fieldAt, leavesOf } from './leaves.ts'
import type { Live } from './live.ts'
import { isOpen } from './open-reach.ts'
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

/** The row of a member that all repositories may use, before and after, as far as it is needed. */
export interface OpenReach {
  readonly address: string
  listed(): MemberReach | undefined
}

/** A row whose repositories have no place in a table yet. */
export interface MemberReach {
  readonly address: string
  readonly before: readonly ReachRepository[]
  readonly after: readonly ReachRepository[]
}

/** The rows of one section; none where it belongs to a single repository, which alone may use it. */
export function reachOfSection(facts: SectionFacts, members: readonly ReachOf[]): readonly (MemberReach | OpenReach)[] {
  const { family, scope, known } = facts
  const entry = at(family, scope)
  if (!LADDER[scope.type].owns || entry?.reach === undefined) return []
  const rows: (MemberReach | OpenReach)[] = []
  const place = placesOf(scope)
  for (const member of members) {
    const { address, live, access } = member
    const stays = access === undefined || access.gains.length + access.loses.length === 0
    const mayWait = known.repositories.onlyNamed && stays && live && isTold(facts, live)
    if (mayWait && isOpen(entry, live.spec, known, scope)) {
      rows.push({ address, listed: () => rowOf(facts, member, place) })
      continue
    }
    const row = rowOf(facts, member, place)
    if (row) rows.push(row)
  }
  return rows
}

type PlaceInReach = (repository: string, visibility: ReachRepository['visibility']) => ReachRepository

/** A repository with its owner: one object for all members that it may use. */
function placesOf(scope: Scope): PlaceInReach {
  const known = new Map<string, ReachRepository>()
  return (repository, visibility) => {
    const before = known.get(repository)
    if (before?.visibility === visibility) return before
    const placed = { name: fullName(scope, repository), visibility }
    known.set(repository, placed)
    return placed
  }
}

function rowOf(facts: SectionFacts, { address, live, access }: ReachOf, place: PlaceInReach): MemberReach | undefined {
  const before = live ? reachedBy(facts, live, place) : []
  if (before === 'untold') return undefined
  return { address, before, after: access ? changed(before, access, place) : before }
}

/**
 * The rows of a table, and the addresses of those that stay open: they are listed only beside changes that need the
 * listing anyway.
 * @param opens owners of which something that all may use changes
 */
export function settleOpen(
  found: readonly (MemberReach | OpenReach)[],
  opens: ReadonlySet<string | undefined>,
): { readonly rows: readonly MemberReach[]; readonly open: readonly string[] } {
  const open: string[] = []
  const rows = found.flatMap((row) => {
    if (!('listed' in row)) return row
    if (opens.has(ownerOfPlace(row.address))) return row.listed() ?? []
    open.push(row.address)
    return []
  })
  return { rows, open: open.sort(byText) }
}

/** An inherited member's list is kept a level above, but where the family has one here. */
function isTold({ family }: SectionFacts, live: Live): boolean {
  return live.fixed !== 'inherited' || family.inherits?.(live.spec) === true
}

/** A list that was not mentioned was not read. */
function reachedBy(facts: SectionFacts, live: Live, place: PlaceInReach): ReachRepository[] | 'untold' {
  if (!isTold(facts, live)) return 'untold'
  const { family, scope, known, unlisted = [] } = facts
  const unseen = unseenIn(family, scope.type, live.spec, known.repositories)
  const repositories = withUnseen(known.repositories, [...unseen, ...unlisted])
  const ids = at(family, scope)?.reach?.(live.spec, { ...known, repositories }, scope)
  if (ids === undefined) return 'untold'
  const lists = leavesOf(family, scope.type).filter((leaf) => listsOwned(fieldAt(family, leaf)))
  if (ids.length === 0 && lists.some((leaf) => getPath(live.spec, leaf) === undefined)) return 'untold'
  const found: ReachRepository[] = []
  for (const id of ids) {
    const repository = repositories.byId.get(id)
    if (repository) found.push(place(repository.name, repository.visibility))
  }
  const entry = at(family, scope)
  const member = { key: live.key, spec: live.spec, side: 'before' } as const
  return entry ? [...found, ...reachedBelow(entry, { ...known, repositories }, member, ids)] : found
}

function changed(before: readonly ReachRepository[], { gains, loses }: Access, place: PlaceInReach): ReachRepository[] {
  const after = new Map(before.map((repository) => [repository.name, repository]))
  for (const { repository, visibility } of loses) after.delete(place(repository, visibility).name)
  for (const { repository, visibility } of gains) {
    const placed = place(repository, visibility)
    after.set(placed.name, placed)
  }
  return [...after.values()]
}

/**
 * One table of all rows.
 * @param others repositories to list though no row may reach them
 * @param admitting in the order of the plan
 * @param open addresses of members without a row
 * @returns undefined for an empty table
 */
export function reachTable(
  rows: readonly MemberReach[],
  others: readonly ReachRepository[],
  admitting: readonly AdmittingRow[] = [],
  open: readonly string[] = [],
): Reach | undefined {
  const all = [...others, ...rows.flatMap(({ before, after }) => (before === after ? before : [...before, ...after]))]
  const byName = new Map(all.map((repository) => [repository.name, repository]))
  const repositories = [...byName.values()].sort((left, right) => byText(left.name, right.name))
  if (repositories.length + rows.length + open.length === 0) return undefined
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
    ...(open.length > 0 ? { open } : {}),
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
