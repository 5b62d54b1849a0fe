import type { Family } from './family.ts'
import { at } from './family-at.ts'
import { type Document, getPath, isDocument, type Json, sameJson, withPath } from './json.ts'
import type { Repositories } from './repository.ts'
import { LADDER, type Scope } from './scope.ts'
import type { Support } from './support.ts'

/** Settings as they were read, by family. */
export interface ScopeSettings {
  readonly scope: Scope
  /** Its own name as GitHub has it, where the name in the scope is folded. */
  readonly name?: string
  readonly body: Document
}

/** All that leaving out needs to know. */
export interface Compacting {
  readonly families: readonly Family[]
  readonly product: Support
  readonly repositories: Repositories
  /** GitHub's default of a field of settings, where it documents one. */
  defaultOf(family: string, level: Scope['type'], path: string): Json | undefined
}

/**
 * The settings without those that the level above says already, or GitHub's default where that level has no such field. What
 * is not mentioned is left alone, so that a plan of the rest is none.
 * @param above the settings of the level above, where they were read
 */
export function compacted(input: Compacting, own: ScopeSettings, above: ScopeSettings | undefined): Document {
  const rest: Record<string, Json> = {}
  for (const [name, value] of Object.entries(compactMembers(input, own))) {
    const family = input.families.find((each) => each.name === name)
    if (family === undefined || family.shape !== 'settings' || !isDocument(value)) {
      rest[name] = value
      continue
    }
    const left = [...groupsOf(family, value).values()].flatMap((group) =>
      group.every((path) => isSaid(input, family, own, above, path)) ? [] : group,
    )
    if (left.length > 0) rest[name] = pick(value, left)
  }
  return rest
}

/**
 * The same with members without the fields that have GitHub's default, but for those that creating one takes. A member that
 * no configuration creates, and that says nothing more, goes as well.
 */
export function compactMembers(input: Compacting, { scope, body }: ScopeSettings): Document {
  const rest: Record<string, Json> = {}
  for (const [name, value] of Object.entries(body)) {
    const family = input.families.find((each) => each.name === name)
    if (family?.shape !== 'members' || !isDocument(value)) {
      rest[name] = value
      continue
    }
    const required = new Set(at(family, scope)?.required)
    const isUsual = (member: Document, path: string): boolean => {
      const usual = input.defaultOf(name, scope.type, path)
      return !required.has(path) && usual !== undefined && sameJson(usual, getPath(member, path) ?? null)
    }
    const members = Object.entries(value).flatMap(([key, member]): readonly (readonly [string, Json])[] => {
      if (!isDocument(member)) return [[key, member]]
      const groups = [...groupsOf(family, member).values()]
      const left = groups.flatMap((group) => (group.every((path) => isUsual(member, path)) ? [] : group))
      return left.length === 0 && family.notCreated ? [] : [[key, pick(member, left)]]
    })
    if (members.length > 0) rest[name] = Object.fromEntries(members)
  }
  return rest
}

/**
 * The paths of a document that go together, by the first step of one of them: those in one map, and a list with the switch that
 * brings it into force.
 */
export function groupsOf(family: Family, document: Document): ReadonlyMap<string, readonly string[]> {
  const paths = pathsIn(family, document)
  const groups = new Map<string, string[]>()
  const add = (branch: string, more: readonly string[]): void => {
    groups.set(branch, [...(groups.get(branch) ?? []), ...more])
  }
  for (const path of paths) add(branchOf(path), [path])
  for (const path of paths) {
    const from = branchOf(path)
    const to = branchOf(family.fields[path]?.mode?.field ?? path)
    const moved = groups.get(from)
    if (from === to || moved === undefined || !groups.has(to)) continue
    groups.delete(from)
    add(to, moved)
  }
  return groups
}

/** Only these fields of a document. */
export function pick(document: Document, paths: readonly string[]): Document {
  let picked: Document = {}
  for (const path of paths) picked = withPath(picked, path, getPath(document, path))
  return picked
}

/** The dotted paths of all values in a document, maps entered. */
function pathsIn(family: Family, document: Document): readonly string[] {
  const known = new Set(Object.keys(family.fields))
  const found: string[] = []
  const enter = (value: Document, start: string): void => {
    for (const [key, inner] of Object.entries(value)) {
      const path = start === '' ? key : `${start}.${key}`
      if (!known.has(path) && isDocument(inner)) enter(inner, path)
      else found.push(path)
    }
  }
  enter(document, '')
  return found
}

function branchOf(path: string): string {
  return path.split('.')[0] ?? path
}

function isSaid(
  input: Compacting,
  family: Family,
  own: ScopeSettings,
  above: ScopeSettings | undefined,
  path: string,
): boolean {
  const value = getPath(own.body, `${family.name}.${path}`)
  const wider = above && getPath(above.body, `${family.name}.${path}`)
  if (wider !== undefined) return sameJson(wider, value)
  const usual = usualOf(input, family.name, own.scope.type, path)
  if (usual !== undefined && sameJson(usual, value)) return true
  return above !== undefined && isShutAbove(input, family, own, above, path)
}

/** The default of a level, or of the one above, from which it comes until it is set. */
function usualOf(input: Compacting, family: string, level: Scope['type'], path: string): Json | undefined {
  const { above } = LADDER[level]
  return input.defaultOf(family, level, path) ?? (above === undefined ? undefined : usualOf(input, family, above, path))
}

/** Whether a switch is off because the level above gives nothing to the scope: it is no setting of its own. */
function isShutAbove(
  input: Compacting,
  family: Family,
  own: ScopeSettings,
  above: ScopeSettings,
  path: string,
): boolean {
  const [here, there] = [own.body[family.name], above.body[family.name]]
  const reach = at(family, own.scope)?.reach
  const reachAbove = at(family, above.scope)?.reach
  if (!isDocument(here) || !isDocument(there) || reach === undefined || reachAbove === undefined) return false
  if (getPath(here, path) !== false) return false
  const { product, repositories } = input
  const known = { ...BARE, product, repositories }
  const open = withPath(here, path, true)
  const [shut, opened] = [here, open].map((body) => new Set(reach(body, known, own.scope))) as [
    Set<number>,
    Set<number>,
  ]
  const gained = [...opened].filter((id) => !shut.has(id))
  const given = new Set(reachAbove(there, known, above.scope))
  return gained.length > 0 && gained.every((id) => !given.has(id))
}

const BARE = {
  live: () => undefined,
  desired: () => undefined,
  mentions: () => false,
  concerns: () => false,
}
