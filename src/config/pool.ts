import { byText } from '../core/address.ts'
import type { KnownNames } from '../core/known-names.ts'
import { once } from '../core/once.ts'
import type { Repositories, Repository } from '../core/repository.ts'
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
  readonly byName: ReadonlyMap<string, Candidate>
  /** Each taken as it is, in the order of the candidates. */
  readonly all: readonly Match[]
  /** The same, by name. */
  readonly taken: ReadonlyMap<string, Match>
  /** `offline`: no request was sent to GitHub; `partial`: the credential does not see every repository. */
  readonly seen: 'offline' | 'partial' | 'all'
  /** The facts about names that the listing lacks or has for another repository; undefined offline. */
  readonly names?: KnownNames | undefined
  /** Those whose names begin so, sorted by name. */
  beginning(start: string): readonly Candidate[]
  /** Those that have a topic, which is folded. */
  withTopic(topic: string): readonly Candidate[]
  /** The most similar name, topic, team or custom property. */
  readonly nearest: { readonly [K in 'name' | 'topic' | 'team' | 'property']: Nearest }
  /** Earlier results, by the list or selector of the YAML: an alias repeats the same one many times. */
  readonly known: ReadonlyMap<Kind, WeakMap<object, unknown>>
  readonly globs: Map<string, readonly Candidate[]>
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
    return { owner, candidates, seen: 'offline', ...indexesOf(candidates), spend }
  }
  const candidates = repositories.all.map((facts) => ({ name: facts.name, facts }))
  const seen = repositories.complete ? 'all' : 'partial'
  return { owner, candidates, seen, names: repositories.names, ...indexesOf(candidates, repositories.teams), spend }
}

function indexesOf(
  candidates: readonly Candidate[],
  teams: readonly string[] = [],
): Pick<Pool, 'byName' | 'all' | 'taken' | 'beginning' | 'withTopic' | 'nearest' | 'known' | 'globs'> {
  const sorted = once(() => [...candidates].sort((left, right) => byText(left.name, right.name)))
  const topics = once(() => byTopic(candidates))
  const all = candidates.map((candidate): Match => ({ candidate, verdict: 'yes' }))
  return {
    byName: new Map(candidates.map((candidate) => [candidate.name, candidate])),
    all,
    taken: new Map(all.map((match) => [match.candidate.name, match])),
    beginning(start) {
      if (start === '') return sorted()
      const from = firstAt(sorted(), (name) => name >= start)
      const to = firstAt(sorted(), (name) => name >= start && !name.startsWith(start))
      return sorted().slice(from, to)
    },
    withTopic: (topic) => topics().get(topic) ?? [],
    nearest: {
      name: nearestAmong(() => candidates.map(({ name }) => name)),
      topic: nearestAmong(() => [...topics().keys()]),
      team: nearestAmong(() => teams),
      property: nearestAmong(() => propertiesOf(candidates)),
    },
    known: new Map(KINDS.map((kind) => [kind, new WeakMap()])),
    globs: new Map(),
  }
}

function propertiesOf(candidates: readonly Candidate[]): readonly string[] {
  return [...new Set(candidates.flatMap(({ facts }) => [...(facts?.properties?.keys() ?? [])]))]
}

function byTopic(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const found = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    for (const topic of new Set(candidate.facts?.topics.map((each) => each.toLowerCase()))) {
      const there = found.get(topic)
      if (there === undefined) found.set(topic, [candidate])
      else there.push(candidate)
    }
  }
  return found
}

/** The first place in a sorted list from which on the names are so. */
function firstAt(sorted: readonly Candidate[], isSo: (name: string) => boolean): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (isSo((sorted[middle] as Candidate).name)) to = middle
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
