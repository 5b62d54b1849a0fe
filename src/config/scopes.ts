import { formatScope } from '../core/address.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { getPath, isDocument, type Json } from '../core/json.ts'
import type { Scope } from '../core/scope.ts'
import type { Configuration, Layer } from './configuration.ts'
import { leafKeys } from './leaf.ts'
import { type Candidate, compileSelector, type Pool, type Verdict, writtenNames } from './select.ts'
import { namesIn, nearestOf, vainSelector } from './vain-entries.ts'

/** A scope with every layer that speaks about it. */
export interface ScopeLayers {
  readonly scope: Scope
  readonly layers: readonly Layer[]
  /** Sets of which only GitHub can tell whether they match. */
  readonly undecided: readonly Layer[]
}

/** The layers of one owner. */
export function layersOfOwner(configuration: Configuration, owner: string): readonly Layer[] {
  return configuration.layers.filter((layer) => layer.owner === owner)
}

/** Every repository that the configuration writes out for this owner, folded: as a key or in a list. */
export function namedRepositories(
  layers: readonly Layer[],
  owner: string,
  families: readonly Family[],
): ReadonlySet<string> {
  const named = new Set<string>()
  for (const { repository, match, body } of layers) {
    if (repository !== undefined) named.add(repository)
    if (match !== undefined) for (const name of writtenNames([match], owner)) named.add(name)
    for (const entries of repositoryLists(body, families)) {
      for (const name of writtenNames(entries, owner)) named.add(name)
    }
  }
  return named
}

/** All lists of repositories in a body, the `add_` and `remove_` ones too. */
function repositoryLists(body: Layer['body'], families: readonly Family[]): readonly (readonly Json[])[] {
  const lists: (readonly Json[])[] = []
  for (const family of families) {
    const section = Object.hasOwn(body, family.name) ? body[family.name] : undefined
    if (!isDocument(section)) continue
    const documents = family.shape === 'settings' ? [section] : Object.values(section).filter(isDocument)
    for (const [path, field] of Object.entries(family.fields)) {
      if (field.list !== 'repositories') continue
      for (const document of documents) {
        for (const key of Object.values(leafKeys(path))) {
          const entries = getPath(document, key)
          if (Array.isArray(entries)) lists.push(entries)
        }
      }
    }
  }
  return lists
}

/**
 * The owner's scopes: the organization where a layer speaks of it, and each repository that a key names or a set matches.
 * A named repository that the pool lacks is reported and left out.
 */
export function scopesOf(layers: readonly Layer[], pool: Pool, diagnostics: Diagnostic[]): readonly ScopeLayers[] {
  const scopes: ScopeLayers[] = []
  const own = layers.filter(({ repository, match }) => repository === undefined && match === undefined)
  if (own.length > 0) scopes.push({ scope: { type: 'organization', org: pool.owner }, layers: own, undecided: [] })

  const byName = new Map<string, Layer[]>()
  for (const layer of layers) {
    if (layer.repository === undefined) continue
    byName.set(layer.repository, [...(byName.get(layer.repository) ?? []), layer])
  }
  const sets = layers.flatMap((layer) => {
    return layer.match === undefined ? [] : [{ layer, decide: compileSelector(layer.match) }]
  })
  const having = (candidate: Candidate, verdict: Verdict): readonly Layer[] => {
    return sets.filter(({ decide }) => decide(candidate) === verdict).map(({ layer }) => layer)
  }
  for (const candidate of pool.candidates) {
    const matching = having(candidate, 'yes')
    const undecided = candidate.facts === undefined ? having(candidate, 'unknown') : []
    const all = [...matching, ...(byName.get(candidate.name) ?? [])]
    if (all.length + undecided.length === 0) continue
    scopes.push({
      scope: { type: 'repository', owner: pool.owner, repo: candidate.name },
      layers: all,
      undecided,
    })
  }
  const present = new Set(pool.candidates.map(({ name }) => name))
  for (const [name, lacking] of byName) {
    if (present.has(name)) continue
    const address = formatScope({ type: 'repository', owner: pool.owner, repo: name })
    for (const { source } of lacking) {
      diagnostics.push({ ...missingRepository(`${pool.owner}/${name}`, pool, source), address })
    }
  }
  return scopes
}

/** A set that no repository matches, and the names of its `match` that none has. */
export function vainSet(
  { match, file, path }: Layer,
  pool: Pool,
  place: Configuration['place'],
): readonly Diagnostic[] {
  if (match === undefined) return []
  return vainSelector(match, pool, 'the set is skipped').map((vain) => ({
    severity: 'warning',
    message: vain.path.length === 0 ? `\`match\` ${vain.message}` : vain.message,
    source: place(file, [...path, 'match', ...vain.path]),
  }))
}

/** The warning about a repository that is written out and not there. */
export function missingRepository(name: string, pool: Pool, source: Diagnostic['source'] & object): Diagnostic {
  const why =
    pool.seen === 'all'
      ? 'does not exist (deleted, renamed or misspelt)'
      : 'cannot be seen with these credentials (or does not exist)'
  const near = nearestOf(name.slice(name.indexOf('/') + 1), namesIn(pool))
  return { severity: 'warning', message: `repository ${name} ${why}; it is skipped${near}`, source }
}
