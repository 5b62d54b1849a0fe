import { byText } from '../core/address.ts'
import { compileGlob } from '../core/glob.ts'
import { placeOfGap } from './gap-place.ts'
import type { ReportReading } from './reading.ts'
import type { SurveyGap } from './survey-files.ts'

/** One thing that a report says, so that it can be found again in another report. */
export interface ReportFact {
  /** The heading that it stands under. */
  readonly part: string
  /** Its place, as reports write places. */
  readonly place: string
  /** The path of a file in that place; left out where the fact is of no file alone. */
  readonly file?: string
  readonly what: string
  /** The rest of it, which may change while it stays the same thing. */
  readonly value: string
}

/** A fact that both readings have, and differently. */
export interface ChangedFact extends Omit<ReportFact, 'value'> {
  readonly before: string
  readonly after: string
}

/** A fact of one reading, of which the other does not tell. */
export interface UnknownFact extends ReportFact {
  readonly reason: string
}

export interface FactChanges {
  readonly added: readonly ReportFact[]
  readonly gone: readonly ReportFact[]
  readonly changed: readonly ChangedFact[]
  readonly unknown: readonly UnknownFact[]
}

/** The facts of a report, with the reading that they follow from. */
export interface ReadFacts {
  readonly reading: ReportReading
  /** Places of which the reading does not tell. */
  readonly gaps: readonly SurveyGap[]
  readonly facts: readonly ReportFact[]
}

/**
 * Compares what two reports say. What one reading has and the other could not read is neither added nor gone.
 * @param before the older one
 */
export function compareFacts(before: ReadFacts, after: ReadFacts): FactChanges {
  const [old, now] = [byKey(before.facts), byKey(after.facts)]
  const [wasRead, isRead] = [whyUnknown(before), whyUnknown(after)]
  const changes = { added: [], gone: [], changed: [], unknown: [] } as {
    added: ReportFact[]
    gone: ReportFact[]
    changed: ChangedFact[]
    unknown: UnknownFact[]
  }
  const only = (facts: ReadonlyMap<string, ReportFact>, others: ReadonlyMap<string, ReportFact>) =>
    [...facts].flatMap(([key, fact]) => (others.has(key) ? [] : [fact]))
  const put = (fact: ReportFact, reason: string | undefined, into: ReportFact[], reading: string): void => {
    if (reason === undefined) into.push(fact)
    else changes.unknown.push({ ...fact, reason: `${reading}: ${reason}` })
  }
  for (const fact of only(now, old)) put(fact, wasRead(fact), changes.added, 'the older reading')
  for (const fact of only(old, now)) put(fact, isRead(fact), changes.gone, 'the newer reading')
  for (const [key, { value: newer, ...fact }] of now) {
    const older = old.get(key)?.value
    if (older !== undefined && older !== newer) changes.changed.push({ ...fact, before: older, after: newer })
  }
  return {
    added: changes.added.sort(byPlace),
    gone: changes.gone.sort(byPlace),
    changed: changes.changed.sort(byPlace),
    unknown: changes.unknown.sort(byPlace),
  }
}

/** The place of gaps of an owner itself: no repository is called so. */
const OWN = ''

type Fact = Omit<ReportFact, 'value'>

function byPlace(one: Fact, other: Fact): number {
  return (
    byText(one.part, other.part) ||
    byText(one.place, other.place) ||
    byText(one.file ?? '', other.file ?? '') ||
    byText(one.what, other.what)
  )
}

/** Facts that look alike (an action twice in one file) are one, with both values. */
function byKey(facts: readonly ReportFact[]): ReadonlyMap<string, ReportFact> {
  const values = new Map<string, { readonly fact: ReportFact; readonly values: Set<string> }>()
  for (const fact of facts) {
    const { part, place, file = '', what } = fact
    const key = JSON.stringify([part, place.toLowerCase(), file, what.toLowerCase()])
    const there = values.get(key)
    if (there === undefined) values.set(key, { fact, values: new Set([fact.value]) })
    else there.values.add(fact.value)
  }
  return new Map(
    [...values].map(([key, { fact, values: all }]) => [key, { ...fact, value: [...all].sort(byText).join(', ') }]),
  )
}

/** Why a reading does not tell whether a fact holds; undefined where it does. */
function whyUnknown({ reading, gaps: all }: ReadFacts): (fact: ReportFact) => string | undefined {
  const gaps = new Map<string, Map<string, { readonly file: string; readonly why: string }[]>>()
  for (const { repository, file, reason } of all) {
    const { owner, repository: name = OWN } = placeOfGap(repository)
    const ofOwner = gaps.get(owner) ?? new Map()
    gaps.set(owner, ofOwner)
    const own = ofOwner.get(name) ?? []
    ofOwner.set(name, own)
    own.push({ file, why: `${`${repository} ${file}`.trim()} could not be read (${reason})` })
  }
  const asked = new Map(
    reading.owners.map(({ owner, names, globs }) => {
      const named = new Set(names.map((name) => name.toLowerCase()))
      const matchers = globs.map((glob) => compileGlob(glob))
      return [owner, (name: string) => named.has(name) || matchers.some((matches) => matches(name))]
    }),
  )
  return ({ place, file }) => {
    const { owner, repository } = placeOfGap(place)
    const isAsked = asked.get(owner)
    if (isAsked === undefined) return `it was read for ${reading.asked.join(' ')}`
    // A called workflow stands in a repository that need not be asked for.
    const isCalled = file?.includes('@') === true
    if (repository !== undefined && !isCalled && !isAsked(repository))
      return `it was read for ${reading.asked.join(' ')}`
    const ofOwner = gaps.get(owner)
    const [first] = ofOwner?.values() ?? []
    // A fact of the whole owner, or of a called workflow, may come from any place of it.
    if (repository === undefined || isCalled) return first?.[0]?.why
    const found = ofOwner?.get(repository)?.find((gap) => {
      return file === undefined || gap.file === '' || gap.file === file || !gap.file.includes('/')
    })
    return (ofOwner?.get(OWN)?.[0] ?? found)?.why
  }
}
