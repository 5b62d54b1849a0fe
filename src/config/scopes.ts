import { byText, formatScope } from '../core/address.ts'
import { append } from '../core/append.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import type { HeldBack } from '../core/held-back.ts'
import { isDocument } from '../core/json.ts'
import { isEnterprise, LADDER, LEVELS, listedWord, type Scope, scopeOwned, withEnterprise } from '../core/scope.ts'
import type { Configuration, Layer } from './configuration.ts'
import { keyedLayers, setHolds, setWarnings } from './keyed-layers.ts'
import { isOutermost, scopeOfLayer } from './layers.ts'
import { type Pool, poolOf } from './pool.ts'
import { sortLayers } from './ranks.ts'
import { reachedBy } from './reached.ts'
import { repositoryLists } from './repository-lists.ts'
import { writtenNames } from './select.ts'
import { mayMatch } from './selector.ts'
import { vainSelector } from './vain-entries.ts'

/** A scope with every layer that speaks about it. */
export interface ScopeLayers {
  readonly scope: Scope
  /** Weak to strong. All repositories that the same sets reach, and that no other layer mentions, share one list. */
  readonly layers: readonly Layer[]
}

/** The layers of one owner. */
export function layersOfOwner(configuration: Configuration, owner: string): readonly Layer[] {
  return configuration.layersByOwner.get(owner) ?? []
}

/** Every repository that the configuration writes out for this owner, folded: as a key or in a list. */
export function namedRepositories(
  layers: readonly Layer[],
  owner: string,
  families: readonly Family[],
  negations: 'with negations' | 'without negations' = 'without negations',
): ReadonlySet<string> {
  const named = new Set<string>()
  const listsIn = repositoryLists(families)
  for (const layer of layers) {
    const { repository, match } = layer
    if (repository !== undefined) named.add(repository)
    if (match !== undefined) for (const name of writtenNames([match], owner, negations)) named.add(name)
    for (const { entries } of listsIn(layer)) {
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
  const listsIn = repositoryLists(families)
  const lists = layers.flatMap((layer) => [
    ...(layer.match === undefined ? [] : [{ entries: [layer.match], taken: false }]),
    ...listsIn(layer).map(({ path, entries }) => ({ entries, taken: isRemoved(path) })),
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

interface OwnerScopes {
  readonly scopes: readonly ScopeLayers[]
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
}

/**
 * The owner's scopes: itself where a layer speaks of it, and each repository that a key names or a set matches, with the
 * environments in it that are named there. A named repository that the pool lacks is reported and left out; so is one whose
 * name is not its own any more.
 */
export function scopesOf(layers: readonly Layer[], pool: Pool): OwnerScopes {
  const scopes: ScopeLayers[] = []
  append(scopes, ownScopes(layers))

  const keyed = keyedLayers(layers, pool)
  const { byName } = keyed
  const sets = sortLayers(layers).filter(({ match }) => match !== undefined)
  const diagnostics = [...keyed.diagnostics, ...setWarnings(sets, pool)]
  const heldBack = [...keyed.heldBack, ...setHolds(sets, pool)]
  const reached = reachedBy(sets, pool)
  const divide = dividing()
  const enterprise = enterpriseOf(layers)
  // Without a set only what a key names can be a scope, and no other repository is asked for.
  const names = sets.length === 0 ? [...byName.keys()].filter((name) => pool.byName.has(name)).sort(byText) : undefined
  for (const name of names ?? pool.candidates.map((each) => each.name)) {
    if (reached.taken.has(name) || keyed.frozen.has(name)) continue
    const entries = byName.get(name)
    const matching = reached.setsOf(name)
    if (matching.length === 0 && entries === undefined) continue
    const all = entries === undefined ? matching : sortLayers([...matching, ...entries])
    for (const [environment, own] of divide(all)) {
      const below = environment === undefined ? [name] : [name, environment]
      const [first] = own
      if (first === undefined) continue
      const scope = scopeOwned(first.level, pool.owner, below)
      scopes.push({ scope: enterprise === undefined ? scope : withEnterprise(scope, enterprise), layers: own })
    }
  }
  for (const [name, lacking] of byName) {
    if (pool.byName.has(name)) continue
    const address = formatScope(scopeOwned('repository', pool.owner, [name]))
    for (const { source } of lacking.filter(isOutermost)) {
      diagnostics.push({ ...missingListed(name, pool, source), address })
    }
  }
  return { scopes, diagnostics, heldBack }
}

/** The owner's own scope. Which enterprise it is in, any of its layers may tell. */
function ownScopes(layers: readonly Layer[]): readonly ScopeLayers[] {
  const own = layers.filter(({ level }) => LADDER[level].owns)
  const [first] = own
  if (first === undefined) return []
  const enterprise = enterpriseOf(own)
  const scope = scopeOfLayer({ ...first, ...(enterprise === undefined ? {} : { enterprise }) })
  return [{ scope, layers: sortLayers(own) }]
}

function enterpriseOf(layers: readonly Layer[]): string | undefined {
  return layers.find((layer) => layer.enterprise !== undefined)?.enterprise
}

/** Divides the layers of a repository from those of each environment in it; the same lists come to the same. */
function dividing(): (layers: readonly Layer[]) => ReadonlyMap<string | undefined, readonly Layer[]> {
  const divided = new Map<readonly Layer[], ReadonlyMap<string | undefined, readonly Layer[]>>()
  return (layers) => {
    const known = divided.get(layers)
    if (known !== undefined) return known
    const isDivided = layers.some(({ environment }) => environment !== undefined)
    const found = isDivided ? byEnvironment(layers) : new Map([[undefined, layers]])
    divided.set(layers, found)
    return found
  }
}

/** An environment that is to be absent, or unmanaged, keeps nothing of what weaker layers say of it. */
function byEnvironment(layers: readonly Layer[]): ReadonlyMap<string | undefined, readonly Layer[]> {
  const found = new Map<string | undefined, Layer[]>()
  for (const layer of layers) {
    for (const name of endedIn(layer)) found.delete(name)
    const there = found.get(layer.environment)
    if (there === undefined) found.set(layer.environment, [layer])
    else there.push(layer)
  }
  return found
}

/** The environments in a repository's layer that have a word such as `absent` in place of a map. */
function endedIn({ level, body }: Layer): readonly string[] {
  return LEVELS.filter((each) => !LADDER[each].rooted && LADDER[each].above === level).flatMap((each) => {
    const members = body[LADDER[each].key]
    if (!isDocument(members)) return []
    return Object.keys(members).flatMap((name) => (typeof members[name] === 'string' ? [name.toLowerCase()] : []))
  })
}

/** Sets of which only GitHub can tell whether they match a repository of which nothing is known but its name. */
export function undecidedSets(layers: readonly Layer[], owner: string, repo: string): readonly Layer[] {
  const pool = poolOf(owner, undefined, [repo])
  return layers.filter(({ match, source }) => match !== undefined && mayMatch(match, pool, repo, () => source))
}

/** A set that no repository matches, and the names of its `match` that none has. */
export function vainSet(layer: Layer, pool: Pool): readonly Diagnostic[] {
  const { match, path, source, place } = layer
  if (match === undefined || !isOutermost(layer)) return []
  return vainSelector(match, pool, 'the set is skipped', () => source).map((vain) => ({
    severity: 'warning',
    message: vain.path.length === 0 ? `\`match\` ${vain.message}` : vain.message,
    source: place([...path, 'match', ...vain.path]),
  }))
}

/** The warning about a repository (or an organization of an enterprise) that is written out and not there. */
export function missingListed(name: string, pool: Pool, source: Diagnostic['source'] & object): Diagnostic {
  const why =
    pool.seen === 'all'
      ? 'does not exist (deleted, renamed or misspelt)'
      : 'cannot be seen with these credentials (or does not exist)'
  const near = pool.nearest.name(name)
  const whole = isEnterprise(pool.owner) ? name : `${pool.owner}/${name}`
  return {
    severity: 'warning',
    message: `${listedWord(pool.owner)} ${whole} ${why}; it is skipped${near}`,
    source,
  }
}
