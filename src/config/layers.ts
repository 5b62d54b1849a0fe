import { byText } from '../core/address.ts'
import type { Family } from '../core/family.ts'
import type { Document } from '../core/json.ts'
import { type PlaceholderNames, placeholderNames } from '../core/placeholders.ts'
import { LADDER, type Scope, type ScopeType, scopeOwned, withEnterprise } from '../core/scope.ts'
import type { DeclaredOwner, Layer } from './configuration.ts'
import type { Spend } from './limits.ts'
import { namedBy } from './name-matcher.ts'
import { alternatives } from './names-in.ts'
import type { Part } from './parts.ts'
import { knownOf, poolOf } from './pool.ts'
import { fillTemplate, holdsTemplate } from './templates.ts'

/**
 * The owners that the parts name, sorted. One with a key of its own has the type of that key, also where other parts
 * name it.
 */
export function ownersOf(parts: readonly Part[], spend: Spend): readonly DeclaredOwner[] {
  const owners = new Map<string, DeclaredOwner>()
  for (const { owner, level: by, repository, file, path } of parts) {
    if (repository !== undefined && isOutermost({ level: by })) spend('entries', 1, () => file.place(path))
    if (owner === undefined) continue
    const name = owner.toLowerCase()
    const known = owners.get(name)
    const sooner = known === undefined || (LADDER[by].owns && !LADDER[known.by].owns)
    if (known === undefined) spend('owners', 1, () => file.place(path))
    if (sooner) owners.set(name, { name, by, source: file.place(path) })
  }
  return [...owners.values()].sort((left, right) => byText(left.name, right.name))
}

/** The parts as layers, each of one owner: an organization set becomes one layer for every organization it matches. */
export function layersOf(parts: readonly Part[], owners: readonly DeclaredOwner[], spend: Spend): readonly Layer[] {
  const organizations = owners.filter(isInSets).map(({ name }) => name)
  const matched = organizationsMatched(organizations, spend)
  return parts.flatMap((part) => {
    const { level, rank, order, body, path, file, match, enterprise, repository, environment } = part
    const chosen = part.owner === undefined ? matched(part) : [part.owner.toLowerCase()]
    if (part.owner === undefined) spend('spoken', chosen.length, () => file.place(path))
    return chosen.map(
      (owner): Layer => ({
        level,
        rank,
        owner,
        ...(enterprise === undefined ? {} : { enterprise: enterprise.toLowerCase() }),
        ...(repository === undefined ? {} : { repository: repository.toLowerCase() }),
        ...(environment === undefined ? {} : { environment: environment.toLowerCase() }),
        ...(match === undefined ? {} : { match: matchIn(match, level, owner) }),
        order,
        file: file.name,
        body,
        path,
        source: file.place(path),
        place: file.place,
      }),
    )
  })
}

/** The `match` of a set with the name of the owner in place of its placeholders. */
function matchIn(match: Document, level: ScopeType, owner: string): Document {
  if (!holdsTemplate([match])) return match
  const { repository: _, environment: __, ...names } = placeholderNames(scopeOwned(level, owner, ['-', '-']), '', '')
  const [filled = match] = fillTemplate([match], names) as readonly Document[]
  return filled
}

/** Whether sets at the top may match the owner. */
export function isInSets({ by }: Pick<DeclaredOwner, 'by'>): boolean {
  return LADDER[by].owns && LADDER[by].sets !== undefined
}

/** Whether the layer's key or `match` is its own; else it stands inside another one, which has them. */
export function isOutermost({ level }: Pick<Layer, 'level'>): boolean {
  return LADDER[level].rooted
}

/** The one scope that a layer is about, which is no set. */
export function scopeOfLayer({ level, owner, enterprise, repository, environment }: Layer): Scope {
  const scope = scopeOwned(
    level,
    owner,
    [repository, environment].flatMap((name) => name ?? []),
  )
  return enterprise === undefined ? scope : withEnterprise(scope, enterprise)
}

/** The names that placeholders stand for in a layer, as far as the YAML tells: a set has no repository. */
export function namesOfLayer(layer: Layer, family: Family, key: string): PlaceholderNames {
  if (layer.match === undefined) return placeholderNames(scopeOfLayer(layer), family.name, key)
  const { repository: _, ...names } = placeholderNames(scopeOfLayer({ ...layer, repository: '-' }), family.name, key)
  return names
}

/** By owner, each in the order of the layers. */
export function byOwner(layers: readonly Layer[]): ReadonlyMap<string, readonly Layer[]> {
  const found = new Map<string, Layer[]>()
  for (const layer of layers) {
    const there = found.get(layer.owner)
    if (there === undefined) found.set(layer.owner, [layer])
    else there.push(layer)
  }
  return found
}

/** The named organizations that an organization set matches. */
export function organizationsMatched(named: readonly string[], spend: Spend): (part: Part) => readonly string[] {
  const pool = poolOf('', undefined, named, spend)
  return ({ organizations: match, file, path }) => {
    if (match?.name === undefined) return named
    return knownOf(pool, 'selector', match, () => {
      const chosen = namedBy(alternatives(match.name), pool, () => file.place(path))
      return named.filter((each) => chosen.has(each))
    })
  }
}
