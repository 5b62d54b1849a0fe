import { byText } from '../core/address.ts'
import { compileGlob, isGlob } from '../core/glob.ts'
import { type Document, isDocument, type Json } from '../core/json.ts'
import type { Repositories, Repository } from '../core/repository.ts'
import type { Matcher } from '../core/token-matcher.ts'

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
}

/** `unknown`: it depends on something that only GitHub can tell. */
export type Verdict = 'yes' | 'no' | 'unknown'

/** The pool of an owner: what GitHub lists, or offline the names that the configuration writes out. */
export function poolOf(owner: string, repositories: Repositories | undefined, named: Iterable<string>): Pool {
  if (repositories === undefined) {
    return { owner, candidates: [...named].map((name) => ({ name, facts: undefined })), seen: 'offline' }
  }
  const candidates = repositories.all.map((facts) => ({ name: facts.name, facts }))
  return { owner, candidates, seen: repositories.complete ? 'all' : 'partial' }
}

/** Resolves a list of names, globs, negations and selectors; the negations are taken away last. */
export function selectRepositories(entries: readonly Json[], pool: Pool): Selection {
  const present = new Set(pool.candidates.map(({ name }) => name))
  const written = new Set<string>()
  const found = new Set<string>()
  const missing: { index: number; name: string }[] = []
  const foreign: { index: number; entry: string }[] = []
  const vain: number[] = []
  const negations: Matcher[] = []
  const take = (index: number, chooses: (candidate: Candidate) => boolean): void => {
    const chosen = pool.candidates.filter(chooses)
    if (chosen.length === 0) vain.push(index)
    for (const { name } of chosen) found.add(name)
  }
  for (const [index, entry] of entries.entries()) {
    if (isDocument(entry)) {
      const decide = compileSelector(entry)
      take(index, (candidate) => decide(candidate) === 'yes')
      continue
    }
    if (typeof entry !== 'string') continue
    const negated = entry.startsWith('!')
    const text = belowOwner(negated ? entry.slice(1) : entry, pool.owner)
    if (text === undefined) foreign.push({ index, entry })
    else if (negated) negations.push(compileGlob(text))
    else if (isGlob(text)) {
      const matches = compileGlob(text)
      // An archived repository is taken where its name is written out, or a selector asks for archived ones.
      take(index, ({ name, facts }) => matches(name) && !facts?.archived)
    } else if (present.has(text.toLowerCase())) written.add(text.toLowerCase())
    else missing.push({ index, name: text })
  }
  const kept = [...new Set([...written, ...found])].filter((name) => !negations.some((matches) => matches(name)))
  const names = kept.sort(byText)
  return { names, matched: names.filter((name) => !written.has(name)), missing, vain, foreign }
}

/** The names that a list writes out, folded: no globs, no negations. */
export function writtenNames(entries: readonly Json[], owner: string): readonly string[] {
  return entries.flatMap((entry) => {
    const texts = isDocument(entry) ? alternatives(entry.name) : typeof entry === 'string' ? [entry] : []
    return texts.flatMap((text) => {
      const name = text.startsWith('!') || isGlob(text) ? undefined : belowOwner(text, owner)
      return name === undefined ? [] : [name.toLowerCase()]
    })
  })
}

/**
 * A selector: all of its keys must hold. Archived repositories match only where `archived` is given, or where `name`
 * writes their name out.
 */
export function compileSelector(selector: Document): (candidate: Candidate) => Verdict {
  const byName = selector.name === undefined ? undefined : matchNames(selector.name)
  const written = new Set(alternatives(selector.name).map((name) => name.toLowerCase()))
  const topics = alternatives(selector.topic).map((topic) => topic.toLowerCase())
  const visibilities = alternatives(selector.visibility)
  const { fork, archived } = selector
  const needsFacts = ['topic', 'visibility', 'fork', 'archived'].some((key) => selector[key] !== undefined)
  return ({ name, facts }) => {
    if (byName !== undefined && !byName(name)) return 'no'
    if (facts === undefined) return needsFacts ? 'unknown' : 'yes'
    if (!topics.every((topic) => facts.topics.some((other) => other.toLowerCase() === topic))) return 'no'
    if (visibilities.length > 0 && !visibilities.includes(facts.visibility)) return 'no'
    if (fork !== undefined && facts.fork !== fork) return 'no'
    if (archived !== undefined) return facts.archived === archived ? 'yes' : 'no'
    return facts.archived && !written.has(name) ? 'no' : 'yes'
  }
}

/** Matches names by a name or glob, or a list of them: any of the positive ones and none of the negated. */
export function matchNames(names: Json): Matcher {
  const texts = alternatives(names)
  const positive = texts.filter((text) => !text.startsWith('!')).map((text) => compileGlob(text))
  const negative = texts.filter((text) => text.startsWith('!')).map((text) => compileGlob(text.slice(1)))
  return (name) => positive.some((matches) => matches(name)) && !negative.some((matches) => matches(name))
}

/** `acme/web` within acme is `web`; undefined where it is of another owner. */
function belowOwner(text: string, owner: string): string | undefined {
  const slash = text.indexOf('/')
  if (slash === -1) return text
  return text.slice(0, slash).toLowerCase() === owner ? text.slice(slash + 1) : undefined
}

function alternatives(value: Json | undefined): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return list.filter((each) => typeof each === 'string')
}
