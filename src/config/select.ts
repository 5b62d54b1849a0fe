import { byText } from '../core/address.ts'
import { compileGlob, isGlob } from '../core/glob.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import type { KnownNames } from '../core/known-names.ts'
import type { Repositories, Repository } from '../core/repository.ts'
import type { Matcher } from '../core/token-matcher.ts'
import { type KnownEntries, knownEntries } from './known-entries.ts'
import { compileNames, isCaptured, isFormer, type NameVerdict, strongest } from './name-matcher.ts'
import { alternatives, belowOwner } from './names-in.ts'

/** A repository as far as it is known: offline only its name. */
export interface Candidate {
  readonly name: string
  readonly facts: Repository | undefined
}

/** What can be selected from. */
export interface Pool {
  /** Folded to lower case. */
  readonly owner: string
  readonly candidates: readonly Candidate[]
  /** `offline`: nobody has asked GitHub; `partial`: the credential does not see every repository. */
  readonly seen: 'offline' | 'partial' | 'all'
  /** What became of names that the listing lacks or has for another repository; undefined offline. */
  readonly names?: KnownNames | undefined
}

/** What a list of repositories came to. */
export interface Selection {
  /** Folded names below the owner, sorted, each once. */
  readonly names: readonly string[]
  /** Those of `names` that no entry writes out. */
  readonly matched: readonly string[]
  /** Entries that write out a repository which the pool lacks. */
  readonly missing: readonly { readonly index: number; readonly name: string }[]
  /** Globs and selectors that match nothing. */
  readonly vain: readonly number[]
  /** Entries that name another owner. */
  readonly foreign: readonly { readonly index: number; readonly entry: string }[]
  /** Repositories that a former name stands for, in neither `names` nor `matched`: they stay as they are. */
  readonly frozen: readonly Frozen[]
  /** Entries with names that are not what they were. */
  readonly known: KnownEntries
}

/** A repository that an entry of a list means by a name that it does not have any more, or that another one has now. */
export interface Frozen {
  readonly name: string
  /** The entry that says so. */
  readonly index: number
  /** As the entry has it. */
  readonly written: string
  readonly kind: 'former' | 'captured'
}

/** `unknown`: it depends on something that only GitHub can tell. */
export type Verdict = NameVerdict | 'unknown'

/** The pool of an owner: what GitHub lists, or offline the names that the configuration writes out. */
export function poolOf(owner: string, repositories: Repositories | undefined, named: Iterable<string>): Pool {
  if (repositories === undefined) {
    return { owner, candidates: [...named].map((name) => ({ name, facts: undefined })), seen: 'offline' }
  }
  const candidates = repositories.all.map((facts) => ({ name: facts.name, facts }))
  return { owner, candidates, seen: repositories.complete ? 'all' : 'partial', names: repositories.names }
}

/** Resolves a list of names, globs, negations and selectors; the negations are taken away last. */
export function selectRepositories(entries: readonly Json[], pool: Pool): Selection {
  const present = new Set(pool.candidates.map(({ name }) => name))
  const written = new Set<string>()
  const said = new Map<string, { readonly verdict: NameVerdict; readonly index: number }[]>()
  const missing: { index: number; name: string }[] = []
  const foreign: { index: number; entry: string }[] = []
  const vain: number[] = []
  const negations: Matcher[] = []
  const unsure = new Map<string, { readonly captured: string; readonly index: number }>()
  const say = (name: string, verdict: NameVerdict, index: number): void => {
    if (verdict !== 'no') said.set(name, [...(said.get(name) ?? []), { verdict, index }])
  }
  const take = (index: number, decide: (candidate: Candidate) => Verdict): void => {
    let chosen = 0
    for (const candidate of pool.candidates) {
      const verdict = decide(candidate)
      if (verdict === 'unknown' || verdict === 'no') continue
      chosen += 1
      say(candidate.name, verdict, index)
    }
    if (chosen === 0) vain.push(index)
  }
  for (const [index, entry] of entries.entries()) {
    if (isDocument(entry)) {
      take(index, compileSelector(entry, pool.names))
      continue
    }
    if (typeof entry !== 'string') continue
    const negated = entry.startsWith('!')
    const text = belowOwner(negated ? entry.slice(1) : entry, pool.owner)
    const name = text?.toLowerCase() ?? ''
    const fact = text === undefined || isGlob(text) ? undefined : pool.names?.fact(name)
    if (text === undefined) foreign.push({ index, entry })
    else if (fact?.kind === 'renamed' && negated) negations.push(compileGlob(fact.to))
    else if (fact?.kind === 'renamed') say(fact.to, { former: text }, index)
    else if (fact?.kind === 'captured') {
      for (const each of [name, fact.now]) {
        if (each === undefined || !present.has(each)) continue
        if (negated) unsure.set(each, { captured: text, index })
        else say(each, { captured: text }, index)
      }
    } else if (fact?.kind === 'elsewhere') continue
    else if (negated) negations.push(compileGlob(text))
    else if (isGlob(text)) {
      const matches = compileGlob(text)
      // An archived repository is taken where its name is written out, or a selector asks for archived ones.
      take(index, ({ name, facts }) => (matches(name) && !facts?.archived ? 'yes' : 'no'))
    } else if (present.has(name)) {
      written.add(name)
      say(name, 'yes', index)
    } else missing.push({ index, name: text })
  }
  const names: string[] = []
  const frozen: Frozen[] = []
  for (const [name, verdicts] of said) {
    if (negations.some((matches) => matches(name))) continue
    const verdict = strongest(
      name,
      verdicts.map((each) => each.verdict),
    )
    const doubt = unsure.get(name)
    const index = doubt?.index ?? verdicts.find((each) => each.verdict === verdict)?.index ?? 0
    if (doubt !== undefined) frozen.push({ name, index, written: doubt.captured, kind: 'captured' })
    else if (isCaptured(verdict)) frozen.push({ name, index, written: verdict.captured, kind: 'captured' })
    else if (isFormer(verdict)) frozen.push({ name, index, written: verdict.former, kind: 'former' })
    else names.push(name)
  }
  names.sort(byText)
  const matched = names.filter((name) => !written.has(name))
  return { names, matched, missing, vain, foreign, frozen, known: knownEntries(entries, pool) }
}

/** The names that a list writes out, folded: no globs. */
export function writtenNames(
  entries: readonly Json[],
  owner: string,
  negations: 'with negations' | 'without negations' = 'without negations',
): readonly string[] {
  return entries.flatMap((entry) => {
    const texts = isDocument(entry) ? alternatives(entry.name) : typeof entry === 'string' ? [entry] : []
    return texts.flatMap((text) => {
      if (text.startsWith('!') && negations === 'without negations') return []
      const plain = text.startsWith('!') ? text.slice(1) : text
      const name = isGlob(plain) ? undefined : belowOwner(plain, owner)
      return name === undefined ? [] : [name.toLowerCase()]
    })
  })
}

/**
 * A selector: all of its keys must hold. Archived repositories match only where `archived` is given, or where `name`
 * writes their name out.
 */
export function compileSelector(selector: Document, names?: KnownNames | undefined): (candidate: Candidate) => Verdict {
  const byName = selector.name === undefined ? undefined : compileNames(alternatives(selector.name), names)
  const written = new Set(alternatives(selector.name).map((name) => name.toLowerCase()))
  const topics = alternatives(selector.topic).map((topic) => topic.toLowerCase())
  const visibilities = alternatives(selector.visibility)
  const { fork, archived } = selector
  const needsFacts = ['topic', 'visibility', 'fork', 'archived'].some((key) => selector[key] !== undefined)
  return ({ name, facts }) => {
    const named = byName === undefined ? 'yes' : byName(name)
    if (named === 'no') return 'no'
    if (facts === undefined) return needsFacts ? 'unknown' : named
    if (!topics.every((topic) => facts.topics.some((other) => other.toLowerCase() === topic))) return 'no'
    if (visibilities.length > 0 && !visibilities.includes(facts.visibility)) return 'no'
    if (fork !== undefined && facts.fork !== fork) return 'no'
    if (archived !== undefined) return facts.archived === archived ? named : 'no'
    return facts.archived && named === 'yes' && !written.has(name) ? 'no' : named
  }
}

/** Matches names by a name or glob, or a list of them: any of the positive ones and none of the negated. */
export function matchNames(names: Json): Matcher {
  const says = compileNames(alternatives(names), undefined)
  return (name) => says(name) === 'yes'
}
