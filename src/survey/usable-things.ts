import { formatAddress, pathOf, scopeAt } from '../core/address.ts'
import { type Document, isDocument } from '../core/json.ts'
import type { Repository } from '../core/repository.ts'
import type { Scope } from '../core/scope.ts'
import { type AccessWorld, ENVIRONMENTS, USED_FAMILIES } from './access-world.ts'
import { environmentWay } from './environment-way.ts'

/** Whether a repository may use a thing; `unknown` where the list that decides was not read. */
export type Reaches = 'yes' | 'no' | 'unknown'

/** The repositories that may use a thing, and the setting that lets each. */
interface ThingAccess {
  reaches(repository: Repository): Reaches
  /** In words, for one that it reaches. */
  way(repository: Repository): string
}

/** A secret, a variable or a group of runners. */
export interface UsableThing extends ThingAccess {
  readonly address: string
  readonly family: string
  /** Folded. */
  readonly name: string
  /** The narrower, the greater: a workflow gets the value of the narrowest of one name. */
  readonly rank: number
  /** The folded name of the one repository that it is of; left out of what an organization shares. */
  readonly only?: string
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
    accessOf: (spec: Document) => ThingAccess,
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
          ...accessOf(spec),
          ...(only === undefined ? {} : { only }),
        })
      }
    }
  }
  const { owner, organization, read } = world
  if (organization !== undefined) {
    add(scopeAt(pathOf('organization', [owner])), organization, 0, sharedAccess)
  }
  for (const [name, { body, environments }] of read) {
    const place = scopeAt(pathOf('repository', [owner, name]))
    const alone = (way: string) => (): ThingAccess => ({
      reaches: (repository) => (repository.name === name ? 'yes' : 'no'),
      way: () => way,
    })
    add(place, body, 1, alone('its own'), name)
    const rules = new Map(membersOf(body, ENVIRONMENTS).map(([each, spec]) => [each.toLowerCase(), spec]))
    for (const [environment, inner] of environments) {
      const way = environmentWay(environment, rules.get(environment.toLowerCase()))
      add(inner.scope, inner.body, 2, alone(way), name)
    }
  }
  return things
}

function membersOf(body: Document, family: string): readonly (readonly [string, Document])[] {
  const members = Object.hasOwn(body, family) ? body[family] : undefined
  if (!isDocument(members)) return []
  return Object.entries(members).flatMap(([name, spec]) => (isDocument(spec) ? [[name, spec] as const] : []))
}

/** The access to what an organization shares, by its visibility and, of groups, by what these keep out. */
function sharedAccess(spec: Document): ThingAccess {
  const { visibility, repositories, allows_public_repositories: admitsPublic } = spec
  const names = Array.isArray(repositories)
    ? new Set(repositories.map((each) => String(each).toLowerCase()))
    : undefined
  // An inherited group has a list, and no visibility of its own.
  const mode = visibility ?? (names === undefined ? 'all' : 'selected')
  const by = (repository: Repository): string =>
    mode === 'private' ? `visibility private, and it is ${repository.visibility}` : `visibility ${String(mode)}`
  const workflows = spec.restricted_to_workflows === true ? `, only by ${listed(spec.selected_workflows)}` : ''
  return {
    reaches(repository) {
      const isPublic = repository.visibility === 'public'
      if (isPublic && (admitsPublic === false || mode === 'private')) return 'no'
      if (mode !== 'selected') return 'yes'
      return names === undefined ? 'unknown' : names.has(repository.name) ? 'yes' : 'no'
    },
    way: (repository) =>
      `${by(repository)}${workflows}${repository.archived ? '; archived, so that nothing runs' : ''}`,
  }
}

function listed(workflows: unknown): string {
  return Array.isArray(workflows) && workflows.length > 0 ? workflows.join(', ') : 'no workflow'
}
