import { distance } from 'fastest-levenshtein'
import { byText } from '../core/address.ts'
import { compileGlob, isGlob } from '../core/glob.ts'
import type { Document, Json } from '../core/json.ts'
import { didYouMean, nearestTo } from '../core/similar.ts'
import { knownEntries } from './known-entries.ts'
import { alternatives } from './names-in.ts'
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
  return `\`${text}\` matches ${noRepository(pool)}; it is skipped${nearIn(text, pool)}`
}

/**
 * What to say of a negation that takes nothing away, because nothing is named so: a slip there lets in what it was to keep
 * out. A glob that keeps out what may come is none, unless something is spelt nearly so.
 * @param text with its `!`; of a list, without the owner
 */
export function vainNegation(text: string, pool: Pool): string | undefined {
  const name = text.slice(1)
  if (!isGlob(name) && pool.names?.fact(name.toLowerCase()) !== undefined) return undefined
  const matches = compileGlob(name)
  if (pool.candidates.some((candidate) => matches(candidate.name))) return undefined
  const near = nearIn(name, pool)
  if (near === '' && isGlob(name)) return undefined
  return `\`${text}\` takes nothing away: it matches ${noRepository(pool)}${near}`
}

/**
 * What of a selector matches nothing: all of it, or some of its alternative names.
 * @param skipped what is left out with it
 */
export function vainSelector(selector: Document, pool: Pool, skipped: string): readonly VainEntry[] {
  if (pool.seen === 'offline') return []
  const names: readonly Json[] = Array.isArray(selector.name) ? selector.name : []
  const negations = names.flatMap((text, index): readonly VainEntry[] => {
    const message = typeof text === 'string' && text.startsWith('!') ? vainNegation(text, pool) : undefined
    return message === undefined ? [] : [{ path: ['name', index], message }]
  })
  if (!isMatched(selector, pool)) {
    if (knownEntries([selector], pool).some(({ negated }) => !negated)) return negations
    const message = `matches ${noRepository(pool)}; ${skipped}${whyNot(selector, pool)}`
    return [{ path: [], message }, ...negations]
  }
  const positive = names.filter((text) => typeof text === 'string' && !text.startsWith('!'))
  if (positive.length < 2) return negations
  const alternativesOf = names.flatMap((text: Json, index): readonly VainEntry[] => {
    if (typeof text !== 'string' || text.startsWith('!') || isMatched({ ...selector, name: text }, pool)) return []
    if (knownEntries([{ name: text }], pool).length > 0) return []
    const near = nearIn(text, pool)
    return [{ path: ['name', index], message: `\`${text}\` matches ${noRepository(pool)} here; it is skipped${near}` }]
  })
  return [...alternativesOf, ...negations]
}

/** What is spelt much like a name or a glob; of a glob that ends in `*`, what begins nearly so. */
function nearIn(text: string, pool: Pool): string {
  const names = namesIn(pool)
  const near = didYouMean(text.replace(/[*?]/g, ''), names)
  const [, start = ''] = /^([^*?]{4,})\*+$/.exec(text.toLowerCase()) ?? []
  if (near !== '' || start === '') return near
  const beginning = names.filter(
    (name) => distance(start, name.slice(0, start.length)) <= Math.min(2, start.length / 3),
  )
  const begins = nearestTo(start, [...beginning].sort(byText))
  return begins === undefined ? '' : `; did you mean \`${begins}\`?`
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
  if (selector.archived === undefined && isMatched({ ...selector, archived: true }, pool)) {
    return '; only archived ones are so, which `archived: true` takes'
  }
  const names = alternatives(selector.name).filter((name) => !name.startsWith('!'))
  const isNamed = names.length === 0 || isMatched({ name: names, archived: false }, pool)
  const near = isNamed ? [] : names.map((name) => nearIn(name, pool))
  const first = near.find((words) => words !== '')
  if (first !== undefined) return first
  const [visibility] = alternatives(selector.visibility).filter((each) => !isMatched({ visibility: each }, pool))
  return visibility === undefined ? '' : `; none is \`${visibility}\``
}

function noRepository({ owner, seen }: Pool): string {
  return seen === 'all' ? `no repository of ${owner}` : 'no repository that these credentials see'
}
