import { formatAddress, pathOf, scopeAt } from '../core/address.ts'
import { type Document, isDocument } from '../core/json.ts'
import type { Repository } from '../core/repository.ts'
import type { Scope } from '../core/scope.ts'
import { type AccessWorld, ENVIRONMENTS, USED_FAMILIES } from './access-world.ts'
import { environmentWay } from './environment-way.ts'

/** Whether a repository may use a thing, and by which way; `unknown` where the list that decides was not read. */
export type ReachedBy = { readonly way: string } | 'unknown' | undefined

/** A secret, a variable or a group of runners. */
export interface UsableThing {
  readonly address: string
  readonly family: string
  /** Folded. */
  readonly name: string
  /** The narrower, the greater: a workflow gets the value of the narrowest of one name. */
  readonly rank: number
  /** The folded name of the one repository that it is of; left out of what an organization shares. */
  readonly only?: string
  reachedBy(repository: Repository): ReachedBy
}

/** The things by the repository that they are of, family and name: of these, values of one name hide one another. */
export function byNameIn(
  things: readonly UsableThing[],
): (thing: UsableThing, repository?: string) => readonly UsableThing[] {
  const key = ({ family, name }: UsableThing, repository = ''): string => `${repository} ${family} ${name}`
  const known = new Map<string, UsableThing[]>()
  for (const thing of things) {
    const own = known.get(key(thing, thing.only))
    if (own === undefined) known.set(key(thing, thing.only), [thing])
    else own.push(thing)
  }
  return (thing, repository) => known.get(key(thing, repository)) ?? []
}

/** Everything of a world that a repository may use, in no order. @param fold the key of a name, by family */
export function usableThings(
  world: AccessWorld,
  fold: (family: string, name: string) => string,
): readonly UsableThing[] {
  const things: UsableThing[] = []
  const add = (
    scope: Scope | undefined,
    body: Document,
    rank: number,
    reachedBy: (spec: Document) => UsableThing['reachedBy'],
    only?: string,
  ) => {
    if (scope === undefined) return
    for (const family of USED_FAMILIES) {
      for (const [name, spec] of membersOf(body, family)) {
        const key = fold(family, name)
        things.push({
          address: formatAddress(scope, family, key),
          family,
          name: key,
          rank,
          reachedBy: reachedBy(spec),
          ...(only === undefined ? {} : { only }),
        })
      }
    }
  }
  const { owner, organization, read } = world
  if (organization !== undefined) {
    add(
      scopeAt(pathOf('organization', [owner])),
      organization,
      0,
      (spec) => (repository) => sharedWith(spec, repository),
    )
  }
  for (const [name, { body, environments }] of read) {
    const place = scopeAt(pathOf('repository', [owner, name]))
    const alone =
      (way: string): UsableThing['reachedBy'] =>
      (repository) =>
        repository.name === name ? { way } : undefined
    add(place, body, 1, () => alone('its own'), name)
    for (const [environment, inner] of environments) {
      const rules = membersOf(body, ENVIRONMENTS).find(
        ([each]) => each.toLowerCase() === environment.toLowerCase(),
      )?.[1]
      const way = environmentWay(environment, rules)
      add(inner.scope, inner.body, 2, () => alone(way), name)
    }
  }
  return things
}

function membersOf(body: Document, family: string): readonly (readonly [string, Document])[] {
  const members = Object.hasOwn(body, family) ? body[family] : undefined
  if (!isDocument(members)) return []
  return Object.entries(members).flatMap(([name, spec]) => (isDocument(spec) ? [[name, spec] as const] : []))
}

/** The way to what an organization shares, by its visibility and, of groups, by what these keep out. */
function sharedWith(spec: Document, { name, visibility, archived }: Repository): ReachedBy {
  const { visibility: mode = 'all', repositories, allows_public_repositories: admitsPublic } = spec
  if (admitsPublic === false && visibility === 'public') return undefined
  if (mode === 'selected' && !Array.isArray(repositories)) return 'unknown'
  if (mode === 'selected' && !(repositories as readonly string[]).some((each) => each.toLowerCase() === name))
    return undefined
  if (mode === 'private' && visibility === 'public') return undefined
  const by = mode === 'private' ? `visibility private, and it is ${visibility}` : `visibility ${String(mode)}`
  const workflows = spec.restricted_to_workflows === true ? `, only by ${listed(spec.selected_workflows)}` : ''
  return { way: `${by}${workflows}${archived ? '; archived, so that nothing runs' : ''}` }
}

function listed(workflows: unknown): string {
  return Array.isArray(workflows) && workflows.length > 0 ? workflows.join(', ') : 'no workflow'
}
