import { byText } from '../core/address.ts'
import type { Source } from '../core/diagnostic.ts'
import { compileGlob, globCost, isGlob } from '../core/glob.ts'
import { isDocument, type Json } from '../core/json.ts'
import { broughtBy, broughtTogether } from './brought-by.ts'
import { type KnownEntries, knownEntries } from './known-entries.ts'
import { globbed, isCaptured, isFormer, type Said, say, strongest } from './name-matcher.ts'
import { alternatives, belowOwner } from './names-in.ts'
import { knownOf, type Pool, selectedBy } from './pool.ts'
import { matchesOf, undecidedOf } from './selector.ts'

/** The result of a list of repositories. */
export interface Selection {
  /** Folded names below the owner, sorted, each once. */
  readonly names: readonly string[]
  /** Those of `names` that no entry writes out. */
  readonly matched: readonly string[]
  /** Of those of `matched` that only selectors by facts gave: who can bring that about. */
  readonly brought: ReadonlyMap<string, string>
  /** Offline, further repositories that a selector may match by facts that only GitHub has; sorted. */
  readonly undecided: readonly string[]
  /** Entries that write out a repository which the pool lacks. */
  readonly missing: readonly { readonly index: number; readonly name: string }[]
  /** Globs and selectors that match nothing. */
  readonly vain: readonly number[]
  /** Entries that name another owner. */
  readonly foreign: readonly { readonly index: number; readonly entry: string }[]
  /** Repositories that entries mean by a former name, in neither `names` nor `matched`: they stay as they are. */
  readonly frozen: readonly Frozen[]
  /** Entries whose names changed hands. */
  readonly known: KnownEntries
}

/** A repository that an entry of a list means by a name that it does not have any more, or that another one has now. */
export interface Frozen {
  readonly name: string
  /** The deciding entry. */
  readonly index: number
  /** As the entry has it. */
  readonly written: string
  readonly kind: 'former' | 'captured'
}

/**
 * Resolves a list of names, globs, negations and selectors; the negations are taken away last. A list that stands in many
 * secrets, by an alias or written out again, is resolved once, and they share its names.
 * @param at the list's place
 */
export function selectRepositories(entries: readonly Json[], pool: Pool, at: () => Source): Selection {
  return knownOf(pool, 'selection', entries, () =>
    selectedBy(pool, JSON.stringify(entries), () => select(entries, pool, at)),
  )
}

function select(entries: readonly Json[], pool: Pool, at: () => Source): Selection {
  const written = new Set<string>()
  const said = new Map<string, Said>()
  const missing: { index: number; name: string }[] = []
  const foreign: { index: number; entry: string }[] = []
  const vain: number[] = []
  const open = new Set<string>()
  const negated = new Set<string>()
  const negatedGlobs: string[] = []
  const unsure = new Map<string, { readonly captured: string; readonly index: number }>()
  const byFacts = new Map<string, Set<string>>()
  const byNames = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    if (isDocument(entry)) {
      const matches = matchesOf(entry, pool, at)
      const by = broughtBy(entry)
      for (const { candidate, verdict } of matches) {
        say(said, candidate.name, verdict, index)
        if (by === undefined) byNames.add(candidate.name)
        else byFacts.set(candidate.name, (byFacts.get(candidate.name) ?? new Set()).add(by))
      }
      if (matches.length === 0) vain.push(index)
      for (const name of undecidedOf(entry, pool, at)) open.add(name)
      continue
    }
    if (typeof entry !== 'string') continue
    const isNegated = entry.startsWith('!')
    const text = belowOwner(isNegated ? entry.slice(1) : entry, pool.owner)
    const name = text?.toLowerCase() ?? ''
    const fact = text === undefined || isGlob(text) ? undefined : pool.names?.fact(name)
    if (text === undefined) foreign.push({ index, entry })
    else if (fact?.kind === 'renamed' && isNegated) negated.add(fact.to)
    else if (fact?.kind === 'renamed') say(said, fact.to, { former: text }, index)
    else if (fact?.kind === 'captured') {
      for (const each of [name, fact.now]) {
        if (each === undefined || !pool.byName.has(each)) continue
        if (isNegated) unsure.set(each, { captured: text, index })
        else say(said, each, { captured: text }, index)
      }
    } else if (fact?.kind === 'elsewhere') continue
    else if (isNegated && isGlob(text)) negatedGlobs.push(text)
    else if (isNegated) negated.add(name)
    else if (isGlob(text)) {
      // An archived repository is taken where its name is written out, or a selector requires archived ones.
      const matches = globbed(text, pool, at).filter(({ facts }) => !facts?.archived)
      for (const candidate of matches) {
        say(said, candidate.name, 'yes', index)
        byNames.add(candidate.name)
      }
      if (matches.length === 0) vain.push(index)
    } else if (pool.byName.has(name)) {
      written.add(name)
      say(said, name, 'yes', index)
    } else missing.push({ index, name: text })
  }
  const isTakenAway = compileNegations(negatedGlobs, said.size + open.size, pool, at)
  const names: string[] = []
  const frozen: Frozen[] = []
  const brought = new Map<string, string>()
  for (const [name, all] of said) {
    if (negated.has(name) || isTakenAway(name)) continue
    const { verdict, index } = strongest(all)
    const doubt = unsure.get(name)
    if (doubt) frozen.push({ name, index: doubt.index, written: doubt.captured, kind: 'captured' })
    else if (isCaptured(verdict)) frozen.push({ name, index, written: verdict.captured, kind: 'captured' })
    else if (isFormer(verdict)) frozen.push({ name, index, written: verdict.former, kind: 'former' })
    else {
      names.push(name)
      const by = written.has(name) || byNames.has(name) ? undefined : byFacts.get(name)
      if (by !== undefined) brought.set(name, broughtTogether(by))
    }
  }
  names.sort(byText)
  const matched = names.filter((name) => !written.has(name))
  const undecided = [...open].filter((name) => !said.has(name) && !negated.has(name) && !isTakenAway(name)).sort(byText)
  return { names, matched, brought, undecided, missing, vain, foreign, frozen, known: knownEntries(entries, pool) }
}

function compileNegations(
  globs: readonly string[],
  names: number,
  pool: Pool,
  at: () => Source,
): (name: string) => boolean {
  for (const glob of globs) pool.spend('tries', names * globCost(glob), at)
  const matchers = globs.map((glob) => compileGlob(glob, 'folded'))
  return (name) => matchers.some((matches) => matches(name))
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
