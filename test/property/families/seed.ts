import { families } from '../../../src/families/index.ts'
import { environmentsWorld } from '../../worlds/environments.ts'
import { worlds } from '../../worlds/index.ts'
import type { Body, WorldScope } from '../../worlds/world.ts'
import { ORGANIZATIONS, REPOSITORIES } from '../../worlds/world.ts'
import type { Random } from '../random.ts'
import { membersOf, mixed } from './documents.ts'
import { EXACT } from './names.ts'
import { onProduct, type Pool, poolsOn, seedsOf } from './pool.ts'

export const ENTERPRISE = 'inc'

/** What is there beside the families, in the seeds of any of their worlds, and what their seeds and wishes name. */
function factsOf(scope: WorldScope): readonly string[] {
  if (scope === 'repository' || scope === 'environment') return []
  const keys = Object.values(worlds).flatMap((world) =>
    (world.scopes[scope] ?? []).flatMap(({ seed }) => Object.keys(seed)),
  )
  const others = keys.filter((key) => key !== 'organizations' && !families.some(({ name }) => name === key))
  return [...new Set(['runners', ...(scope === 'organization' ? ['teams'] : []), ...others])]
}

/** The organizations that a world may have beside `acme`, with families and repositories of their own. */
export const OTHER = 'Team-One'

/** A world in which each family may be in any state, at all four levels. */
export function worldBy(random: Random, product: string): Body {
  const hasAbove = product !== 'dotcom' && product !== 'ghae-2021' && random.chance(75)
  const acme = organizationBy(random, product, hasAbove)
  const other = random.chance(40) ? organizationBy(random, product, hasAbove, 1000) : undefined
  const organizations = { acme, ...(other === undefined ? {} : { [OTHER]: other }) }
  const hasApps = onProduct(poolOf('environments', product), product, { wait_timer: 1 }) !== undefined
  const seed = { product, organizations, ...(hasApps ? appsOf(Object.keys(organizations)) : {}) }
  if (!hasAbove) return seed
  const above = settled(besides([acme, other ?? {}], familiesBy(random, product, 'enterprise')), false)
  const named = { ...ORGANIZATIONS.seed, ...(other === undefined ? {} : { [OTHER]: {} }) }
  return { ...seed, enterprises: { [ENTERPRISE]: { ...above, organizations: named } } }
}

/** @param ids added to those of its own and of its repositories; most repositories of a second organization are plain */
function organizationBy(random: Random, product: string, hasAbove: boolean, ids = 0): Body {
  const internal = product === 'dotcom' ? 'private' : 'internal'
  const repositories = Object.entries(REPOSITORIES).map(([name, given]) => {
    const own = given as Body
    const visibility = random.chance(70) ? own.visibility : random.oneOf(['public', 'private', 'internal'])
    const facts = { ...own, id: Number(own.id) + ids, visibility: visibility === 'internal' ? internal : visibility }
    const isPlain = ids > 0 && random.chance(60)
    return [name, { ...facts, ...(isPlain ? {} : familiesBy(random, product, 'repository')) }]
  })
  const own = { id: 5001 + ids, ...settled(familiesBy(random, product, 'organization'), hasAbove) }
  return { ...own, repositories: Object.fromEntries(repositories) }
}

/** The Apps that protection rules name, in each of the organizations. */
function appsOf(organizations: readonly string[]): Body {
  const apps = environmentsWorld.scopes.repository?.[0]?.top?.apps as Readonly<Record<string, Body>>
  const installations = Object.fromEntries(organizations.map((name) => [name, {}]))
  return { apps: Object.fromEntries(Object.entries(apps).map(([slug, app]) => [slug, { ...app, installations }])) }
}

/** GitHub has no two groups, nor two properties, of one name in an organization: those of the enterprise are others. */
function besides(organizations: readonly Body[], above: Body): Body {
  const renamed = ['runner_groups', 'oidc_custom_properties'].flatMap((key) => {
    const own = organizations
      .flatMap((each) => Object.keys((each[key] ?? {}) as Body))
      .map((name) => name.toLowerCase())
    const left = Object.entries((above[key] ?? {}) as Body).filter(([name]) => !own.includes(name.toLowerCase()))
    return above[key] === undefined ? [] : [[key, Object.fromEntries(left)]]
  })
  const hosted = Object.entries((above.hosted_runners ?? {}) as Record<string, Body>).map(
    ([name, { runner_group: _, ...one }]) => [name, one],
  )
  return {
    ...above,
    ...Object.fromEntries(renamed),
    ...(hosted.length > 0 ? { hosted_runners: Object.fromEntries(hosted) } : {}),
  }
}

function poolOf(family: string, product: string): Pool {
  const pool = poolsOn(product).find((each) => each.family === family)
  if (pool === undefined) throw new Error(`no pool of ${family}`)
  return pool
}

function familiesBy(random: Random, product: string, scope: WorldScope): Body {
  const facts = factsOf(scope).flatMap((key) => {
    const all = Object.assign({}, ...seedsOf(key, scope)) as Body
    return Object.keys(all).length > 0 ? [[key, all]] : []
  })
  const entries = poolsOn(product)
    .filter((pool) => pool.scope === scope)
    .flatMap((pool) => {
      if (factsOf(scope).includes(pool.family)) return []
      const documents = [...pool.seeds, ...(pool.shape === 'settings' ? pool.stages.map(asSeed) : [])]
      if (documents.length === 0 || random.chance(35)) return []
      const made = pool.shape === 'settings' ? mixed(random, documents) : membersBy(random, product, pool)
      const kept = onProduct(pool, product, made)
      return kept === undefined ? [] : [[pool.family, kept]]
    })
  return Object.fromEntries([...facts, ...entries])
}

function membersBy(random: Random, product: string, pool: Pool): Body {
  const { names, said } = membersOf(pool.seeds)
  const others = said.map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => isFree(pool, key))))
  const isExact = EXACT.includes(pool.family)
  const taken = new Set<string>()
  const entries = random.some(names).flatMap((name) => {
    const key = isExact ? name : name.toLowerCase()
    if (taken.has(key)) return []
    taken.add(key)
    const own = random.oneOf(pool.seeds.flatMap((seed) => (seed[name] === undefined ? [] : [seed[name] as Body])))
    const tied = Object.fromEntries(Object.entries(own).filter(([field]) => !isFree(pool, field)))
    // A file has one workflow that is not deleted.
    const document = random.chance(60) || own.path !== undefined ? own : { ...mixed(random, others), ...tied }
    const inside = pool.family === 'environments' ? familiesBy(random, product, 'environment') : {}
    return [[name, { ...document, ...inside }]]
  })
  return Object.fromEntries(entries)
}

/** Whether a field goes with any member: what is no setting, and what may stand at one member alone, stays where it is. */
function isFree({ family }: Pool, field: string): boolean {
  const fields = families.find(({ name }) => name === family)?.fields ?? {}
  return !['inherited', 'runners'].includes(field) && Object.keys(fields).some((path) => path.split('.')[0] === field)
}

/** Groups that hosted runners name are there. What an enterprise shares is the enterprise's, where the world has one. */
function settled(level: Body, hasAbove: boolean): Body {
  const named = Object.values((level.hosted_runners ?? {}) as Record<string, Body>).flatMap(({ runner_group }) => {
    return typeof runner_group === 'string' ? [[runner_group, {}]] : []
  })
  const own = Object.entries((level.runner_groups ?? {}) as Record<string, Body>)
  const groups = hasAbove ? own.filter(([, group]) => group.inherited !== true) : own
  if (named.length + own.length === 0) return level
  return { ...level, runner_groups: { ...Object.fromEntries(named), ...Object.fromEntries(groups) } }
}

/** A document of a configuration as a state: lists hold names alone. */
function asSeed(document: Body): Body {
  const entries = Object.entries(document).flatMap(([key, value]) => {
    if (/^(add|remove)_/.test(key)) return []
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return [[key, asSeed(value as Body)]]
    const isOfOwned = Array.isArray(value) && /repositories|organizations/.test(key)
    return [[key, isOfOwned ? value.filter((one) => typeof one === 'string' && !/[*?!]/.test(one)) : value]]
  })
  return Object.fromEntries(entries)
}
