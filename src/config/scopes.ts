import { formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { HeldBack } from '../core/held-back.ts'
import { getPath, isDocument, type Json } from '../core/json.ts'
import type { Scope } from '../core/scope.ts'
import { didYouMean } from '../core/similar.ts'
import type { Configuration, Layer } from './configuration.ts'
import { keyedLayers, setHolds, setWarnings } from './keyed-layers.ts'
import { leafKeys } from './leaf.ts'
import { compileSelector, type Pool, writtenNames } from './select.ts'
import { namesIn, vainSelector } from './vain-entries.ts'

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
  negations: 'with negations' | 'without negations' = 'without negations',
): ReadonlySet<string> {
  const named = new Set<string>()
  for (const { repository, match, body } of layers) {
    if (repository !== undefined) named.add(repository)
    if (match !== undefined) for (const name of writtenNames([match], owner, negations)) named.add(name)
    for (const { entries } of repositoryLists(body, families)) {
      for (const name of writtenNames(entries, owner, negations)) named.add(name)
    }
  }
  return named
}

/** Every repository that the configuration writes out to leave it out, folded: by a negation, or in a `remove_` list. */
export function excludedRepositories(
  layers: readonly Layer[],
  owner: string,
  families: readonly Family[],
): ReadonlySet<string> {
  const lists = layers.flatMap(({ match, body }) => [
    ...(match === undefined ? [] : [{ entries: [match], taken: false }]),
    ...repositoryLists(body, families).map(({ path, entries }) => ({ entries, taken: isRemoved(path) })),
  ])
  return new Set(
    lists.flatMap(({ entries, taken }) => {
      const named = writtenNames(entries, owner, 'with negations')
      if (taken) return named
      const positive = new Set(writtenNames(entries, owner))
      return named.filter((name) => !positive.has(name))
    }),
  )
}

function isRemoved(path: readonly string[]): boolean {
  return path.at(-1)?.startsWith('remove_') ?? false
}

/** A list of repositories, and where in the body it stands. */
interface RepositoryList {
  readonly path: readonly string[]
  readonly entries: readonly Json[]
}

/** All lists of repositories in a body, the `add_` and `remove_` ones too. */
export function repositoryLists(body: Layer['body'], families: readonly Family[]): readonly RepositoryList[] {
  const lists: RepositoryList[] = []
  for (const family of families) {
    const section = Object.hasOwn(body, family.name) ? body[family.name] : undefined
    if (!isDocument(section)) continue
    const documents: readonly (readonly [readonly string[], Json])[] =
      family.shape === 'settings' ? [[[], section]] : Object.entries(section).map(([name, member]) => [[name], member])
    for (const [path, field] of Object.entries(family.fields)) {
      if (field.list !== 'repositories') continue
      for (const [member, document] of documents) {
        for (const key of Object.values(leafKeys(path))) {
          const entries = isDocument(document) ? getPath(document, key) : undefined
          if (Array.isArray(entries)) lists.push({ path: [family.name, ...member, ...key.split('.')], entries })
        }
      }
    }
  }
  return lists
}

/**
 * The owner's scopes: the organization where a layer speaks of it, and each repository that a key names or a set matches.
 * A named repository that the pool lacks is reported and left out; so is one whose name is not its own any more.
 */
export function scopesOf(
  layers: readonly Layer[],
  pool: Pool,
  diagnostics: Diagnostic[],
  heldBack: HeldBack[] = [],
): readonly ScopeLayers[] {
  const scopes: ScopeLayers[] = []
  const own = layers.filter(({ repository, match }) => repository === undefined && match === undefined)
  if (own.length > 0) scopes.push({ scope: { type: 'organization', org: pool.owner }, layers: own, undecided: [] })

  const keyed = keyedLayers(layers, pool)
  const { byName } = keyed
  const sets = layers.flatMap((layer) => {
    return layer.match === undefined ? [] : [{ layer, decide: compileSelector(layer.match, pool.names) }]
  })
  append(diagnostics, keyed.diagnostics, setWarnings(sets, pool))
  append(heldBack, keyed.heldBack, setHolds(sets, pool))
  for (const candidate of pool.candidates) {
    const verdicts = sets.map(({ layer, decide }) => ({ layer, verdict: decide(candidate) }))
    const taken = verdicts.some(({ verdict }) => typeof verdict === 'object' && 'captured' in verdict)
    if (taken || keyed.frozen.has(candidate.name)) continue
    const matching = verdicts.flatMap(({ layer, verdict }) => {
      if (verdict === 'yes') return [layer]
      return typeof verdict === 'object' && 'former' in verdict ? [{ ...layer, former: verdict.former }] : []
    })
    const undecided =
      candidate.facts === undefined
        ? verdicts.flatMap(({ layer, verdict }) => (verdict === 'unknown' ? [layer] : []))
        : []
    const all = [...matching, ...(byName.get(candidate.name) ?? [])]
    if (all.length + undecided.length === 0) continue
    scopes.push({ scope: { type: 'repository', owner: pool.owner, repo: candidate.name }, layers: all, undecided })
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
  const near = didYouMean(name.slice(name.indexOf('/') + 1), namesIn(pool))
  return { severity: 'warning', message: `repository ${name} ${why}; it is skipped${near}`, source }
}
