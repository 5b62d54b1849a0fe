import { byText } from './address.ts'
import type { Family } from './family.ts'
import { groupsOf, pick } from './import-compact.ts'
import { createMatches, type MatchedRepository, type Matching } from './import-matches.ts'
import { type Document, isDocument, type Json, sameJson } from './json.ts'

/** One repository of an import. */
export interface FoldedRepository extends MatchedRepository {
  /** Everything that was read of it. */
  readonly whole: Document
  /** The part that its file must say. */
  readonly rest: Document
}

/** An entry of `repository_sets`. */
export interface FoldedSet {
  readonly match: Document
  readonly body: Document
}

export interface Folded {
  readonly sets: readonly FoldedSet[]
  /** The rest of each repository, by name. */
  readonly rest: ReadonlyMap<string, Document>
  /** How many entries for one repository say the same as another one: a selector more could fold these at most. */
  readonly alike: number
}

/** A setting, or a member, of which all repositories that have it have the same fields. */
interface Unit {
  readonly family: Family
  /** Of a member; undefined for settings. */
  readonly key: string | undefined
  /** The keys of the settings that go together; none for a member. */
  readonly branches: Set<string>
  /** The value in each repository that has it, by name. */
  readonly values: Map<string, Document>
}

/**
 * Moves what most repositories say alike into sets. A repository with another value says so itself, also where it said
 * nothing before; one that lacks the setting is taken out of the set, so that a plan of the result is none.
 * @param unread repositories of which nothing but these facts is known
 */
export function folded(
  families: readonly Family[],
  repositories: readonly FoldedRepository[],
  unread: readonly MatchedRepository[],
): Folded {
  const rest = new Map(repositories.map(({ name, rest }) => [name, rest]))
  const sets = new Map<string, FoldedSet>()
  const { wide, narrow } = createMatches(repositories)
  let alike = 0
  for (const unit of unitsIn(families, repositories)) {
    // Of two sets that reach one repository the later would win.
    const done = new Set<string>()
    const isOpen = ({ within }: Pick<Matching<FoldedRepository>, 'within'>): boolean =>
      !within.some(({ name }) => done.has(name))
    const stating = (): readonly FoldedRepository[] =>
      repositories.filter(({ name }) => !done.has(name) && isStated(rest.get(name) ?? {}, unit))
    const fold = ({ match: of, takes, within }: Matching<FoldedRepository>, { value, reached }: Shared): void => {
      for (const name of reached) {
        const own = unit.values.get(name) ?? {}
        rest.set(name, stated(rest.get(name) ?? {}, unit, sameJson(own, value) ? undefined : own))
        done.add(name)
      }
      const others = [...within.filter(({ name }) => !reached.has(name)), ...unread.filter(takes)]
      const match = { ...leavingOut(others.map(({ name }) => name).sort(byText)), ...of }
      const id = JSON.stringify(match)
      sets.set(id, { match, body: stated(sets.get(id)?.body ?? {}, unit, value) })
    }
    if (stating().length < 2) continue
    for (const each of wide) {
      const found = isOpen(each) ? shared(unit, each.within, rest) : undefined
      if (found !== undefined) fold(each, found)
    }
    const left = stating()
    if (left.length < 2) continue
    const found = narrow(left)
      .filter(isOpen)
      .flatMap((each) => {
        const value = shared(unit, each.within, rest)
        return value === undefined ? [] : [{ each, value, saved: savedBy(each, value, unread) }]
      })
    for (const { each, value } of found.sort((one, other) => other.saved - one.saved))
      if (isOpen(each)) fold(each, value)
    alike += alikeIn(stating(), unit)
  }
  return { sets: [...sets.values()], rest, alike }
}

/** The entries that a set takes away, less those that come in their place and the names that it leaves out. */
function savedBy(
  { within, takes }: Matching<FoldedRepository>,
  { same, other, reached }: Shared,
  unread: readonly MatchedRepository[],
): number {
  return same - other - (within.length - reached.size) - unread.filter(takes).length
}

/** How many of these say the same as another one. */
function alikeIn(stating: readonly FoldedRepository[], { values }: Unit): number {
  const counts = new Map<string, number>()
  for (const { name } of stating) {
    const value = JSON.stringify(values.get(name))
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts.values()].reduce((sum, count) => (count > 1 ? sum + count : sum), 0)
}

/** All repositories but these. */
function leavingOut(names: readonly string[]): Document {
  return names.length === 0 ? {} : { name: ['*', ...names.map((name) => `!${name}`)] }
}

function unitsIn(families: readonly Family[], repositories: readonly FoldedRepository[]): readonly Unit[] {
  const units = new Map<string, Unit>()
  for (const { name, whole } of repositories) {
    for (const family of families) {
      const value = whole[family.name]
      for (const { id, key, own } of isDocument(value) ? partsOf(family, value) : []) {
        const unit = units.get(id) ?? { family, key, branches: new Set<string>(), values: new Map<string, Document>() }
        units.set(id, unit)
        unit.values.set(name, own)
        if (key === undefined) for (const branch of Object.keys(own)) unit.branches.add(branch)
      }
    }
  }
  return [...units.values()]
}

type OwnUnit = Pick<Unit, 'key'> & { readonly id: string; readonly own: Document }

function partsOf(family: Family, value: Document): readonly OwnUnit[] {
  if (family.shape === 'settings') {
    return [...groupsOf(family, value)].map(([branch, paths]) => {
      return { id: JSON.stringify([family.name, branch]), key: undefined, own: pick(value, paths) }
    })
  }
  return Object.entries(value).flatMap(([key, own]) =>
    isDocument(own) ? [{ id: JSON.stringify([family.name, 'member', key]), key, own }] : [],
  )
}

interface Shared {
  readonly value: Document
  /** The repositories that a set may reach, by name. */
  readonly reached: ReadonlySet<string>
  /** How many of these say it, and how many will have to say another value that they do not say yet. */
  readonly same: number
  readonly other: number
}

/**
 * The value that more than half of the repositories say; undefined where there is none. A set with it may reach those that have
 * all of its fields, which must be nearly all: an entry of its own can change a field, and not take it back.
 */
function shared(
  unit: Unit,
  within: readonly FoldedRepository[],
  rest: ReadonlyMap<string, Document>,
): Shared | undefined {
  const counts = new Map<string, { count: number; readonly value: Document }>()
  for (const { name } of within) {
    const value = unit.values.get(name)
    if (value === undefined || !isStated(rest.get(name) ?? {}, unit)) continue
    const counted = counts.get(JSON.stringify(value)) ?? { value, count: 0 }
    counts.set(JSON.stringify(value), counted)
    counted.count += 1
  }
  const [most] = [...counts.values()].sort((left, right) => right.count - left.count)
  if (most === undefined || most.count < 2 || most.count * 2 <= within.length) return undefined
  const { value } = most
  // Of a secret nothing is said but that it is there: one that has no such secret would be warned of, and given its value.
  const has = (name: string): boolean => covers(unit.values.get(name), value)
  const reached = new Set(within.flatMap(({ name }) => (has(name) ? [name] : [])))
  if ((within.length - reached.size) * MOST_LEFT_OUT > within.length) return undefined
  const silent = [...reached].filter((name) => !isStated(rest.get(name) ?? {}, unit))
  const other = silent.filter((name) => !sameJson(unit.values.get(name) ?? {}, value)).length
  return { value, reached, same: most.count, other }
}

/** A set leaves out at most one in so many by name: it is to be read. */
const MOST_LEFT_OUT = 5

/** Whether a document has each field of another one. */
function covers(document: Document | undefined, other: Document): boolean {
  if (document === undefined) return false
  return Object.entries(other).every(([key, value]) => {
    const own = Object.hasOwn(document, key) ? document[key] : undefined
    if (own === undefined) return false
    return isDocument(value) && isDocument(own) ? covers(own, value) : true
  })
}

function isStated(body: Document, { family, key, branches }: Unit): boolean {
  const value = body[family.name]
  if (!isDocument(value)) return false
  return key === undefined ? [...branches].some((branch) => Object.hasOwn(value, branch)) : Object.hasOwn(value, key)
}

/** The body with the unit's value in place of what it said of it; without it for undefined. */
function stated(body: Document, { family, key, branches }: Unit, value: Document | undefined): Document {
  const before = body[family.name]
  const there: Document = isDocument(before) ? before : {}
  const after = key === undefined ? replaced(there, branches, value) : member(there, key, value)
  const { [family.name]: _, ...others } = body
  return Object.keys(after).length === 0 ? others : { ...others, [family.name]: after }
}

function replaced(there: Document, branches: ReadonlySet<string>, value: Document | undefined): Document {
  const others = Object.entries(there).filter(([key]) => !branches.has(key))
  return { ...Object.fromEntries(others), ...value } as Document
}

function member(there: Document, key: string, value: Json | undefined): Document {
  const { [key]: _, ...others } = there
  return value === undefined ? others : { ...others, [key]: value }
}
