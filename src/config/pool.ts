import { byText } from '../core/address.ts'
import type { KnownNames } from '../core/known-names.ts'
import { once, onceEach } from '../core/once.ts'
import type { Repositories, Repository } from '../core/repository.ts'
import { indexFacts } from './fact-index.ts'
import { type Spend, UNLIMITED } from './limits.ts'
import type { NameVerdict } from './name-verdict.ts'
import { type Nearest, nearestAmong } from './nearest.ts'

/** A repository as far as it is known: offline only its name. */
export interface Candidate {
  readonly name: string
  readonly facts: Repository | undefined
}

/** A repository that is taken by its name, or by its facts. */
export interface Match {
  readonly candidate: Candidate
  readonly verdict: NameVerdict
}

/** The repositories that lists and selectors choose from. */
export interface Pool {
  /** Folded to lower case. */
  readonly owner: string
  readonly candidates: readonly Candidate[]
  readonly byName: Pick<ReadonlyMap<string, Candidate>, 'get' | 'has'>
  /** Each taken as it is, in the order of the candidates. */
  readonly all: readonly Match[]
  /** The same, by name. */
  readonly taken: Pick<ReadonlyMap<string, Match>, 'get'>
  /** `offline`: no request was sent to GitHub; `partial`: the credential does not see every repository. */
  readonly seen: 'offline' | 'partial' | 'all'
  /** The facts about names that the listing lacks or has for another repository; undefined offline. */
  readonly names?: KnownNames | undefined
  /** Those whose names begin so, sorted by name. */
  beginning(start: string): readonly Candidate[]
  /** Those whose names end so, in an order of their own. */
  ending(end: string): readonly Candidate[]
  /** Those of which a fact holds, by its `factKey`; none offline. */
  having(fact: string): readonly Candidate[]
  /** The most similar name, topic, team or custom property. */
  readonly nearest: { readonly [K in 'name' | 'topic' | 'team' | 'property']: Nearest }
  /** Earlier results, by the list or selector of the YAML: an alias repeats the same one many times. */
  readonly known: ReadonlyMap<Kind, WeakMap<object, unknown>>
  readonly globs: Map<string, readonly Candidate[]>
  /** Earlier selections, by the text of the list: without aliases the same list stands in many secrets, too. */
  readonly selections: Map<string, unknown>
  /** Counts the cost of trying globs and selectors. */
  readonly spend: Spend
}

/** The pool of an owner: GitHub's listing, or offline the names that the configuration writes out. */
export function poolOf(
  owner: string,
  repositories: Repositories | undefined,
  named: Iterable<string>,
  spend: Spend = UNLIMITED,
): Pool {
  if (repositories === undefined) {
    const candidates = [...named].sort(byText).map((name) => ({ name, facts: undefined }))
    const byName = new Map(candidates.map((candidate) => [candidate.name, candidate]))
    return pooled(owner, { seen: 'offline', all: () => candidates, one: (name) => byName.get(name) }, spend)
  }
  const one = onceEach()
  const has: Contents = {
    seen: repositories.complete ? 'all' : 'partial',
    all: once(() => repositories.all.map(({ name }) => has.one(name) as Candidate)),
    // By the index alone, so that a run which knows only the repositories it named is not asked for all of them.
    one: (name) =>
      one(name, () => {
        const facts = repositories.byName.get(name)
        return facts && { name, facts }
      }),
    names: repositories.names,
    teams: repositories.teams,
  }
  return pooled(owner, has, spend)
}

/** The makings of a pool. */
interface Contents extends Pick<Pool, 'seen' | 'names'> {
  all(): readonly Candidate[]
  one(name: string): Candidate | undefined
  readonly teams?: readonly string[] | undefined
}

function pooled(owner: string, { seen, all, one, names, teams = [] }: Contents, spend: Spend): Pool {
  const sorted = once(() => sortedBy(all(), ({ name }) => name))
  const reversed = once(() => sortedBy(all(), ({ name }) => backwards(name)))
  const match = onceEach()
  const taken = (name: string): Match | undefined =>
    match(name, () => {
      const candidate = one(name)
      return candidate && { candidate, verdict: 'yes' }
    })
  const matches = once(() => all().map(({ name }) => taken(name) as Match))
  return {
    owner,
    seen,
    names,
    get candidates() {
      return all()
    },
    get all() {
      return matches()
    },
    byName: { get: one, has: (name) => one(name) !== undefined },
    taken: { get: taken },
    beginning(start) {
      return start === '' ? sorted().candidates : rangeOf(sorted(), start)
    },
    ending(end) {
      return end === '' ? sorted().candidates : rangeOf(reversed(), backwards(end))
    },
    having: indexFacts(all),
    nearest: {
      name: nearestAmong(() => all().map(({ name }) => name)),
      topic: nearestAmong(() => topicsOf(all())),
      team: nearestAmong(() => teams),
      property: nearestAmong(() => propertiesOf(all())),
    },
    known: new Map(KINDS.map((kind) => [kind, new WeakMap()])),
    globs: new Map(),
    selections: new Map(),
    spend,
  }
}

function propertiesOf(candidates: readonly Candidate[]): readonly string[] {
  return [...new Set(candidates.flatMap(({ facts }) => [...(facts?.properties?.keys() ?? [])]))]
}

function topicsOf(candidates: readonly Candidate[]): readonly string[] {
  return [...new Set(candidates.flatMap(({ facts }) => facts?.topics.map((each) => each.toLowerCase()) ?? []))]
}

/** Candidates in the order of some text of each. */
interface Sorted {
  readonly candidates: readonly Candidate[]
  readonly texts: readonly string[]
}

function sortedBy(candidates: readonly Candidate[], textOf: (candidate: Candidate) => string): Sorted {
  const all = candidates.map((candidate) => ({ candidate, text: textOf(candidate) }))
  all.sort((left, right) => byText(left.text, right.text))
  return { candidates: all.map(({ candidate }) => candidate), texts: all.map(({ text }) => text) }
}

/** Those whose text begins so. */
function rangeOf({ candidates, texts }: Sorted, start: string): readonly Candidate[] {
  const from = firstAt(texts, (text) => text >= start)
  return candidates.slice(
    from,
    firstAt(texts, (text) => text >= start && !text.startsWith(start)),
  )
}

function backwards(text: string): string {
  return [...text].reverse().join('')
}

/** The first place in a sorted list from which on the texts are so. */
function firstAt(sorted: readonly string[], isSo: (text: string) => boolean): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (isSo(sorted[middle] as string)) to = middle
    else from = middle + 1
  }
  return from
}

const KINDS = ['list', 'selection', 'selector', 'places'] as const

type Kind = (typeof KINDS)[number]

/** Works something out once for one thing of the YAML. */
export function knownOf<Result>(pool: Pool, kind: Kind, thing: object, work: () => Result): Result {
  const known = pool.known.get(kind) as WeakMap<object, unknown>
  if (!known.has(thing)) known.set(thing, work())
  return known.get(thing) as Result
}

/** Works a selection out once for one text. */
export function selectedBy<Result>({ selections }: Pool, text: string, work: () => Result): Result {
  if (!selections.has(text)) selections.set(text, work())
  return selections.get(text) as Result
}
