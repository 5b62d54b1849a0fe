import { type Document, isDocument, type Json } from '../core/json.ts'
import { LADDER, LEVELS, ownerNamed, type ScopeType } from '../core/scope.ts'
import type { Rank } from './configuration.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** One place of one file with settings of one scope, or of many by a `match`. */
export interface Part {
  /** The level of the scopes that the body is about. */
  readonly level: ScopeType
  readonly rank: Rank
  readonly file: YamlFile
  /** As the YAML has it, an enterprise with its key; undefined in an organization set. */
  readonly owner: string | undefined
  /** The enterprise around an organization. */
  readonly enterprise: string | undefined
  /** The `match` of an organization set. */
  readonly organizations: Document | undefined
  readonly repository: string | undefined
  readonly environment: string | undefined
  readonly match: Document | undefined
  readonly order: number
  /** Families and `prune`. */
  readonly body: Document
  readonly path: Path
}

/** The fields that a part inherits from the places around it. */
type Inherited = Pick<Part, 'rank'> &
  Partial<Pick<Part, 'owner' | 'enterprise' | 'organizations' | 'repository' | 'environment' | 'match'>>

/** All parts of a file, in its order. Takes the well-formed ones; the check against the schemas reports the others. */
export function partsOf(file: YamlFile): readonly Part[] {
  const parts: Part[] = []
  const take = (level: ScopeType, body: Document, path: Path, given: Inherited): void => {
    const { below, structure } = INSIDE.get(level) as Inside
    // Written out, it takes a tenth of the time that spreading takes, and there are some hundred thousand.
    parts.push({
      level,
      rank: given.rank,
      file,
      owner: given.owner,
      enterprise: given.enterprise,
      organizations: given.organizations,
      repository: given.repository,
      environment: given.environment,
      match: given.match,
      order: parts.length,
      body: without(body, structure),
      path,
    })
    for (const each of below) {
      // Sets of owners stand at the top alone.
      for (const [at, inner] of LADDER[each].owns ? [] : setsIn(body, each))
        take(each, inner, [...path, ...at], inSet(inner, given))
      for (const [name, inner] of mapAt(body, LADDER[each].key)) {
        take(each, inner, [...path, LADDER[each].key, name], named(each, name, given))
      }
    }
  }
  for (const level of TOP) {
    for (const [name, body] of mapAt(file.value, LADDER[level].key)) {
      const names = LADDER[level].owns ? [name] : name.split('/')
      if (!LADDER[level].owns && (names.length !== LADDER[level].params.length || names.includes(''))) continue
      take(level, body, [LADDER[level].key, name], atTop(level, names))
    }
    for (const [at, body] of LADDER[level].owns ? setsIn(file.value, level) : []) {
      take(level, body, at, { rank: 'organization_set', organizations: matchOf(body) })
    }
  }
  return parts
}

/** The levels that have a key at the top, those that few configurations have last. */
const TOP = [...LEVELS.slice(1), ...LEVELS.slice(0, 1)].filter((level) => LADDER[level].rooted)

interface Inside {
  readonly below: readonly ScopeType[]
  /** The keys of a level's maps that are for the levels inside, or tell what a set matches. */
  readonly structure: ReadonlySet<string>
}

const INSIDE: ReadonlyMap<ScopeType, Inside> = new Map(
  LEVELS.map((level) => {
    const below = LEVELS.filter((each) => LADDER[each].above === level)
    // Keys of levels without a root of their own stay: they also name members of the level above.
    const rooted = below.filter((each) => LADDER[each].rooted)
    return [level, { below, structure: new Set(['match', ...rooted.flatMap(keysOf)]) }]
  }),
)

/** The body itself where it has none of these keys, as nearly all have. */
function without(body: Document, keys: ReadonlySet<string>): Document {
  for (const key in body) {
    if (keys.has(key)) return Object.fromEntries(Object.entries(body).filter(([each]) => !keys.has(each)))
  }
  return body
}

function keysOf(level: ScopeType): readonly string[] {
  const { key, sets } = LADDER[level]
  return sets === undefined ? [key] : [key, sets]
}

/** The fields of a part under its level's key at the top, whose names are all in that key's entry. */
function atTop(level: ScopeType, names: readonly string[]): Inherited {
  const [first = '', repository] = names
  const place = { owner: ownerNamed(level, first), ...(repository === undefined ? {} : { repository }) }
  return { ...place, rank: RANK_OF[level] }
}

const RANK_OF: Readonly<Record<ScopeType, 'enterprise' | 'organization' | 'repository'>> = {
  enterprise: 'enterprise',
  organization: 'organization',
  repository: 'repository',
  // Entries inside a repository rank as those of the repository.
  environment: 'repository',
}

/** The fields of a part under its name inside the level above. */
const NAMED: { readonly [S in ScopeType]: (name: string, above: Inherited) => Inherited } = {
  enterprise: (name) => ({ rank: 'enterprise', owner: ownerNamed('enterprise', name) }),
  organization: (name, { owner }) => ({ rank: 'organization', owner: name, enterprise: owner }),
  repository: (name, above) => {
    const rank = above.organizations === undefined ? RANK_OF.repository : 'organization_set.repository'
    return { ...above, rank, repository: name }
  },
  environment: (name, above) => ({ ...above, environment: name }),
}

function named(level: ScopeType, name: string, above: Inherited): Inherited {
  return NAMED[level](name, above)
}

function inSet(body: Document, above: Inherited): Inherited {
  return {
    ...above,
    rank: above.organizations === undefined ? 'repository_set' : 'organization_set.repository_set',
    match: matchOf(body),
  }
}

function matchOf({ match }: Document): Document {
  return isDocument(match) ? match : {}
}

/** The sets of a level in a map, each with its place. */
function setsIn(parent: Json, level: ScopeType): readonly (readonly [Path, Document])[] {
  const { sets } = LADDER[level]
  if (sets === undefined) return []
  return listAt(parent, sets).map(([index, body]) => [[sets, index], body] as const)
}

/** The maps in the map under a key, by name. */
function mapAt(parent: Json, key: string): readonly (readonly [string, Document])[] {
  const map = isDocument(parent) ? parent[key] : undefined
  if (!isDocument(map)) return []
  return Object.entries(map).flatMap(([name, inner]) => (isDocument(inner) ? [[name, inner] as const] : []))
}

/** The maps in the list under a key, by index. */
function listAt(parent: Json, key: string): readonly (readonly [number, Document])[] {
  const list = isDocument(parent) ? parent[key] : undefined
  if (!Array.isArray(list)) return []
  return list.flatMap((inner: Json, index) => (isDocument(inner) ? [[index, inner] as const] : []))
}
