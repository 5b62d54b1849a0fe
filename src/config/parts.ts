import { type Document, isDocument, type Json } from '../core/json.ts'
import type { Rank } from './configuration.ts'
import type { Path, YamlFile } from './parse.ts'

/** One place of one file that says something about one scope, or about many by a `match`. */
export interface Part {
  readonly rank: Rank
  readonly file: YamlFile
  /** As the YAML has it; undefined in an organization set. */
  readonly owner: string | undefined
  /** The `match` of an organization set. */
  readonly organizations: Document | undefined
  readonly repository: string | undefined
  readonly match: Document | undefined
  readonly order: number
  /** Families and `prune`. */
  readonly body: Document
  readonly path: Path
}

/** Keys that stand beside the families. */
const STRUCTURE: ReadonlySet<string> = new Set(['match', 'repositories', 'repository_sets'])

/** All parts of a file, in its order. Takes the well-formed ones; the check against the schemas reports the others. */
export function partsOf(file: YamlFile): readonly Part[] {
  const parts: Part[] = []
  const add = (part: Pick<Part, 'rank' | 'owner'> & Partial<Part>, body: Document, path: Path): void => {
    const families = Object.entries(body).filter(([key]) => !STRUCTURE.has(key))
    parts.push({
      organizations: undefined,
      repository: undefined,
      match: undefined,
      ...part,
      file,
      order: parts.length,
      body: Object.fromEntries(families),
      path,
    })
  }
  const addOrganization = (
    body: Document,
    path: Path,
    owner: string | undefined,
    organizations: Document | undefined,
  ): void => {
    const set = organizations !== undefined
    add({ rank: set ? 'organization_set' : 'organization', owner, organizations }, body, path)
    for (const [index, inner] of listAt(body, 'repository_sets')) {
      const rank = set ? 'organization_set.repository_set' : 'repository_set'
      const match = isDocument(inner.match) ? inner.match : {}
      add({ rank, owner, organizations, match }, inner, [...path, 'repository_sets', index])
    }
    for (const [repository, inner] of mapAt(body, 'repositories')) {
      const rank = set ? 'organization_set.repository' : 'repository'
      add({ rank, owner, organizations, repository }, inner, [...path, 'repositories', repository])
    }
  }

  for (const [owner, body] of mapAt(file.value, 'organizations')) {
    addOrganization(body, ['organizations', owner], owner, undefined)
  }
  for (const [index, body] of listAt(file.value, 'organization_sets')) {
    const match = isDocument(body.match) ? body.match : {}
    addOrganization(body, ['organization_sets', index], undefined, match)
  }
  for (const [name, body] of mapAt(file.value, 'repositories')) {
    const [owner, repository, ...more] = name.split('/')
    if (!owner || !repository || more.length > 0) continue
    add({ rank: 'repository', owner, repository }, body, ['repositories', name])
  }
  return parts
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
