import { organizationsIn, organizationsOf } from './enterprises.ts'
import { slugProblem } from './names.ts'
import type { Enterprise } from './owners.ts'
import { keysOf, type Parts } from './part.ts'
import { type Ids, idsFrom } from './seed-ids.ts'
import { type Entry, idAt, named, SeedError, textAt } from './seed-reader.ts'
import type { World } from './store.ts'

const FIRST_ENTERPRISE = 7001

/** One enterprise of a seed, with the organizations that stand in it. */
export interface EnterpriseEntry {
  readonly slug: string
  readonly given: Entry
  readonly organizations: ReadonlyMap<string, Entry>
}

/** The enterprises of a seed, by slug: as in a configuration, their organizations stand in them, whole or by name alone. */
export function enterprisesIn(top: Entry, parts: Parts, organizationKeys: readonly string[]): EnterpriseEntry[] {
  const keys = ['id', 'name', 'organizations', ...keysOf(parts.enterprise)]
  return [...named(top, 'enterprises', keys)].map(([slug, given]) => {
    return { slug, given, organizations: named(given, 'organizations', organizationKeys) }
  })
}

/** All organizations of a seed. @throws SeedError where one is described at its own place and in its enterprise. */
export function organizationsWith(
  top: ReadonlyMap<string, Entry>,
  enterprises: readonly EnterpriseEntry[],
): Map<string, Entry> {
  const all = new Map(top)
  const logins = new Set([...top.keys()].map((login) => login.toLowerCase()))
  for (const [login, given] of enterprises.flatMap(({ organizations }) => [...organizations])) {
    if (!logins.has(login.toLowerCase())) all.set(login, given)
    else if (Object.keys(given.fields).length > 0) {
      throw new SeedError(given.path, 'is described under organizations too. Leave it empty here.')
    }
    logins.add(login.toLowerCase())
  }
  return all
}

/**
 * Adds the enterprises of a seed. Organizations are there already; on GHES all of them belong to the one enterprise of the
 * server (https://docs.github.com/enterprise-server@3.19/admin/concepts/enterprise-fundamentals/about-enterprise-accounts).
 * @throws SeedError
 */
export function addSeedEnterprises(world: World, entries: readonly EnterpriseEntry[]): void {
  const isServer = world.product.kind === 'ghes'
  const ids = idsFrom(
    FIRST_ENTERPRISE,
    entries.map(({ given }) => given),
  )
  for (const { slug, given, organizations } of entries) {
    const problem = slugProblem(slug)
    if (problem) throw new SeedError(given.path, `cannot be: the ${problem}.`)
    if (world.enterprises.has(slug.toLowerCase())) {
      throw new SeedError(given.path, 'is there twice: GitHub compares names without case.')
    }
    if (isServer && world.enterprises.size > 0) throw new SeedError(given.path, 'is one too many: a server has one.')
    const enterprise: Enterprise = {
      id: ids(idAt(given, 'id')),
      slug,
      name: textAt(given, 'name') ?? slug,
      kept: new Map(),
    }
    world.enterprises.set(slug.toLowerCase(), enterprise)
    for (const [login, one] of organizations) join(world, enterprise, login, one)
    if (isServer) for (const organization of organizationsIn(world)) organization.enterprise = enterprise
  }
}

function join(world: World, enterprise: Enterprise, login: string, { path }: Entry): void {
  const organization = world.owners.get(login.toLowerCase())
  if (organization?.type !== 'Organization') throw new SeedError(path, 'names an organization that is not there.')
  if (organization.enterprise)
    throw new SeedError(path, `is in the enterprise ${organization.enterprise.slug} already.`)
  organization.enterprise = enterprise
}

/** Gives each enterprise what the resources have in it. Its organizations and their repositories are whole already. */
export function fillSeedEnterprises(
  world: World,
  entries: readonly EnterpriseEntry[],
  { enterprise: parts }: Parts,
  activityIds: Ids,
): void {
  for (const { slug, given } of entries) {
    const enterprise = world.enterprises.get(slug.toLowerCase())
    if (enterprise) for (const part of parts) part.seed(enterprise, given, world, activityIds)
  }
}

/** The enterprises in the seed's shape, with their organizations by name; no key where there is none. */
export function dumpEnterprises(world: World, { enterprise: parts }: Parts): object {
  if (world.enterprises.size === 0) return {}
  const all = [...world.enterprises.values()].map((enterprise) => {
    const names = organizationsOf(world, enterprise).map(({ login }) => [login, {}])
    const own = Object.assign({}, ...parts.map((part) => part.dump(enterprise, world)))
    return [
      enterprise.slug,
      { id: enterprise.id, name: enterprise.name, ...own, organizations: Object.fromEntries(names) },
    ]
  })
  return { enterprises: Object.fromEntries(all) }
}
