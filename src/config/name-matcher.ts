import { byText } from '../core/address.ts'
import type { Source } from '../core/diagnostic.ts'
import { compileGlob, globCost, isGlob } from '../core/glob.ts'
import type { NameVerdict } from './name-verdict.ts'
import type { Candidate, Pool } from './pool.ts'

/** The verdicts on one name: of each kind the first, with its entry. */
export interface Said {
  yes?: number
  /** The name is written out, and another one's than it was. */
  taken?: { readonly verdict: NameVerdict; readonly index: number }
  captured?: { readonly verdict: NameVerdict; readonly index: number }
  former?: { readonly verdict: NameVerdict; readonly index: number }
}

/** Adds the verdict of one entry. */
export function say(all: Map<string, Said>, name: string, verdict: NameVerdict, index: number): void {
  const said = all.get(name) ?? {}
  if (verdict === 'yes') said.yes ??= index
  else if (isFormer(verdict)) said.former ??= { verdict, index }
  else {
    said.captured ??= { verdict, index }
    if (verdict.captured.toLowerCase() === name) said.taken ??= { verdict, index }
  }
  all.set(name, said)
}

/** The verdict of several entries: another repository's name outweighs all entries about its present holder. */
export function strongest({ yes, taken, captured, former }: Said): { verdict: NameVerdict; index: number } {
  if (taken) return taken
  if (yes !== undefined) return { verdict: 'yes', index: yes }
  const found = captured ?? former
  if (!found) throw new Error('bug: nothing is said of a name')
  return found
}

/**
 * Matches a name or glob, or a list of them, against the pool's names: any of the positive ones and none of the
 * negated. A name written out means the repository that it meant: see `core/known-names.ts`.
 */
export function namedBy(texts: readonly string[], pool: Pool, at: () => Source): ReadonlyMap<string, NameVerdict> {
  const within = new Map<string, Said>()
  const without = new Map<string, Said>()
  for (const [index, text] of texts.entries()) {
    const isNegated = text.startsWith('!')
    sayText(isNegated ? text.slice(1) : text, index, pool, at, isNegated ? without : within)
  }
  const found = new Map<string, NameVerdict>()
  for (const [name, said] of within) {
    const not = without.get(name)
    if (not?.yes !== undefined || not?.former) continue
    found.set(name, not?.captured?.verdict ?? strongest(said).verdict)
  }
  return found
}

export function isFormer(verdict: unknown): verdict is { readonly former: string } {
  return typeof verdict === 'object' && verdict !== null && 'former' in verdict
}

export function isCaptured(verdict: unknown): verdict is { readonly captured: string } {
  return typeof verdict === 'object' && verdict !== null && 'captured' in verdict
}

/** The candidates that a glob matches, by name; those that do not begin, or do not end, as it does are not tried. */
export function globbed(glob: string, pool: Pool, at: () => Source): readonly Candidate[] {
  const known = pool.globs.get(glob)
  if (known) return known
  const alike = [
    pool.beginning(glob.slice(0, glob.search(/[*?]/)).toLowerCase()),
    pool.ending(glob.slice(1 + Math.max(glob.lastIndexOf('*'), glob.lastIndexOf('?'))).toLowerCase()),
  ] as const
  const near = alike[1].length < alike[0].length ? alike[1] : alike[0]
  pool.spend('tries', near.length * globCost(glob), at)
  const matches = compileGlob(glob, 'folded')
  const found = near.filter(({ name }) => matches(name))
  if (near === alike[1]) found.sort((left, right) => byText(left.name, right.name))
  pool.globs.set(glob, found)
  return found
}

/** Adds the matches of one name or glob. */
function sayText(text: string, index: number, pool: Pool, at: () => Source, into: Map<string, Said>): void {
  if (isGlob(text)) {
    for (const { name } of globbed(text, pool, at)) say(into, name, 'yes', index)
    return
  }
  const name = text.toLowerCase()
  const fact = pool.names?.fact(name)
  switch (fact?.kind) {
    case undefined:
      say(into, name, 'yes', index)
      break
    case 'renamed':
      say(into, fact.to, { former: text }, index)
      break
    case 'captured':
      say(into, name, { captured: text }, index)
      if (fact.now !== undefined) say(into, fact.now, { captured: text }, index)
      break
    case 'elsewhere':
  }
}
