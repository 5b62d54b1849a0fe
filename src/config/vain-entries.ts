import type { Source } from '../core/diagnostic.ts'
import { isGlob } from '../core/glob.ts'
import type { Document, Json } from '../core/json.ts'
import { listedWord } from '../core/scope.ts'
import { factKey } from './fact-index.ts'
import { knownEntries } from './known-entries.ts'
import { globbed } from './name-matcher.ts'
import { alternatives } from './names-in.ts'
import type { Pool } from './pool.ts'
import { matchesOf, wantedProperties } from './selector.ts'

/** An entry that matches nothing, by its place below the list, or below the `match` of a set. */
export interface VainEntry {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** The message about a glob that matches nothing. */
export function vainGlob(text: string, pool: Pool, at: () => Source): string {
  const archived = globbed(text, pool, at).some(({ facts }) => facts?.archived === true)
  if (archived) return `\`${text}\` matches only archived repositories of ${pool.owner}; it is skipped`
  return `\`${text}\` matches ${noRepository(pool)}; it is skipped${pool.nearest.name(text)}`
}

/**
 * The message about a negation that excludes nothing, because no repository has the name: a misspelt one lets in the
 * repository that it was to keep out. A glob for future repositories gets none, unless a similar name exists.
 * @param text with its `!`; of a list, without the owner
 */
export function vainNegation(text: string, pool: Pool, at: () => Source): string | undefined {
  const name = text.slice(1)
  const isPlain = !isGlob(name)
  if (isPlain && pool.names?.fact(name.toLowerCase()) !== undefined) return undefined
  if (isPlain ? pool.byName.has(name.toLowerCase()) : globbed(name, pool, at).length > 0) return undefined
  const near = pool.nearest.name(name)
  if (near === '' && !isPlain) return undefined
  return `\`${text}\` takes nothing away: it matches ${noRepository(pool)}${near}`
}

/**
 * The parts of a selector that match nothing: all of it, or some of its alternative names.
 * @param skipped the thing that is left out with it
 */
export function vainSelector(selector: Document, pool: Pool, skipped: string, at: () => Source): readonly VainEntry[] {
  if (pool.seen === 'offline') return []
  const names: readonly Json[] = Array.isArray(selector.name) ? selector.name : []
  const negations = names.flatMap((text, index): readonly VainEntry[] => {
    const message = typeof text === 'string' && text.startsWith('!') ? vainNegation(text, pool, at) : undefined
    return message === undefined ? [] : [{ path: ['name', index], message }]
  })
  const isMatched = (other: Document): boolean => matchesOf(other, pool, at).length > 0
  if (!isMatched(selector)) {
    if (knownEntries([selector], pool).some(({ negated }) => !negated)) return negations
    const message = `matches ${noRepository(pool)}; ${skipped}${whyNot(selector, pool, isMatched)}`
    return [{ path: [], message }, ...negations]
  }
  const positive = names.filter((text) => typeof text === 'string' && !text.startsWith('!'))
  if (positive.length < 2) return negations
  const alternativesOf = names.flatMap((text: Json, index): readonly VainEntry[] => {
    if (typeof text !== 'string' || text.startsWith('!') || isMatched({ ...selector, name: text })) return []
    if (knownEntries([{ name: text }], pool).length > 0) return []
    const near = pool.nearest.name(text)
    return [{ path: ['name', index], message: `\`${text}\` matches ${noRepository(pool)} here; it is skipped${near}` }]
  })
  return [...alternativesOf, ...negations]
}

/** The first thing of a selector that no repository has. */
function whyNot(selector: Document, pool: Pool, isMatched: (selector: Document) => boolean): string {
  const wanted = [selector.topic].flat().filter((topic) => typeof topic === 'string')
  const lacking = wanted.find((topic) => pool.having(factKey.topic(topic)).length === 0)
  if (lacking !== undefined) return `; none has the topic \`${lacking}\`${pool.nearest.topic(lacking)}`
  const other = noTeam(selector, pool) ?? noProperty(selector, pool)
  if (other !== undefined) return other
  if (selector.archived === undefined && isMatched({ ...selector, archived: true })) {
    return '; only archived ones are so, which `archived: true` takes'
  }
  const names = alternatives(selector.name).filter((name) => !name.startsWith('!'))
  const isNamed = names.length === 0 || isMatched({ name: names, archived: false })
  const near = isNamed ? [] : names.map((name) => pool.nearest.name(name))
  const first = near.find((words) => words !== '')
  if (first !== undefined) return first
  const [visibility] = alternatives(selector.visibility).filter((each) => !isMatched({ visibility: each }))
  return visibility === undefined ? '' : `; none is \`${visibility}\``
}

function noTeam({ team }: Document, pool: Pool): string | undefined {
  if (typeof team !== 'string') return undefined
  const slug = team.toLowerCase()
  if (pool.having(factKey.team(slug)).length > 0) return undefined
  const near = pool.nearest.team(slug)
  return `; none is of the team \`${team}\`${near.includes(`\`${slug}\``) ? '' : near}`
}

function noProperty(selector: Document, pool: Pool): string | undefined {
  const has = (fact: string): boolean => pool.having(fact).length > 0
  for (const { name, values } of wantedProperties(selector)) {
    if (!has(factKey.property(name))) {
      return `; none has the custom property \`${name}\`${pool.nearest.property(name)}`
    }
    if (!values.some((value) => has(factKey.propertyValue(name, value)))) {
      return `; none has ${values.map((value) => `\`${value}\``).join(' or ')} as its custom property \`${name}\``
    }
  }
  return undefined
}

function noRepository({ owner, seen }: Pool): string {
  const none = `no ${listedWord(owner)}`
  return seen === 'all' ? `${none} of ${owner}` : `${none} that these credentials see`
}
