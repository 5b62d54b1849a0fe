import { compileGlob, isGlob } from '../core/glob.ts'
import type { Document, Json } from '../core/json.ts'
import { didYouMean } from '../core/similar.ts'
import { knownEntries } from './known-entries.ts'
import { compileSelector, type Pool } from './select.ts'

/** What matches nothing, by its place below the list, or below the `match` of a set. */
export interface VainEntry {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** What to say of a glob that matches nothing. */
export function vainGlob(text: string, pool: Pool): string {
  const matches = compileGlob(text)
  const archived = pool.candidates.some(({ name, facts }) => facts?.archived === true && matches(name))
  if (archived) return `\`${text}\` matches only archived repositories of ${pool.owner}; it is skipped`
  return `\`${text}\` matches ${noRepository(pool)}; it is skipped${didYouMean(text.replace(/[*?]/g, ''), namesIn(pool))}`
}

/**
 * What of a selector matches nothing: all of it, or some of its alternative names.
 * @param skipped what is left out with it
 */
export function vainSelector(selector: Document, pool: Pool, skipped: string): readonly VainEntry[] {
  if (pool.seen === 'offline') return []
  if (!isMatched(selector, pool)) {
    if (knownEntries([selector], pool).some(({ negated }) => !negated)) return []
    return [{ path: [], message: `matches ${noRepository(pool)}; ${skipped}${whyNot(selector, pool)}` }]
  }
  const names = selector.name
  if (!Array.isArray(names) || names.length < 2) return []
  return names.flatMap((text: Json, index): readonly VainEntry[] => {
    if (typeof text !== 'string' || text.startsWith('!') || isMatched({ ...selector, name: text }, pool)) return []
    if (knownEntries([{ name: text }], pool).length > 0) return []
    const near = didYouMean(text.replace(/[*?]/g, ''), namesIn(pool))
    return [{ path: ['name', index], message: `\`${text}\` matches ${noRepository(pool)} here; it is skipped${near}` }]
  })
}

export function namesIn({ candidates }: Pick<Pool, 'candidates'>): readonly string[] {
  return candidates.map(({ name }) => name)
}

function isMatched(selector: Document, { candidates, names }: Pool): boolean {
  const decide = compileSelector(selector, names)
  return candidates.map(decide).some((verdict) => verdict !== 'no' && verdict !== 'unknown')
}

/** The first thing of a selector that no repository has. */
function whyNot(selector: Document, pool: Pool): string {
  const topics = new Set(pool.candidates.flatMap(({ facts }) => facts?.topics ?? []))
  const wanted = [selector.topic].flat().filter((topic) => typeof topic === 'string')
  const lacking = wanted.find((topic) => !topics.has(topic.toLowerCase()))
  if (lacking !== undefined) return `; none has the topic \`${lacking}\`${didYouMean(lacking, [...topics])}`
  const names = [selector.name].flat().filter((name) => typeof name === 'string')
  const [only, ...others] = names
  return only === undefined || others.length > 0 || isGlob(only) ? '' : didYouMean(only, namesIn(pool))
}

function noRepository({ owner, seen }: Pool): string {
  return seen === 'all' ? `no repository of ${owner}` : 'no repository that these credentials see'
}
