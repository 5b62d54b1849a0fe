import { parseDocument } from 'yaml'
import { newOrganization } from './defaults.ts'
import { loginProblem } from './names.ts'
import type { Organization, Owner, User } from './owners.ts'
import { keysOf, type Part, type Parts } from './part.ts'
import { defaultPlan, parseProduct } from './products.ts'
import { addSeedEnterprises, enterprisesIn, fillSeedEnterprises, organizationsWith } from './seed-enterprises.ts'
import { addSeedEnvironments } from './seed-environments.ts'
import { type Ids, idsFrom } from './seed-ids.ts'
import { limitsIn, type SeedLimits } from './seed-limits.ts'
import { type Entry, entry, flagAt, idAt, join, named, SeedError, textAt } from './seed-reader.ts'
import { addSeedRepository, repositoryKeys } from './seed-repository.ts'
import { addSeedTokens } from './seed-tokens.ts'
import type { World } from './store.ts'

const FIRST_REPOSITORY = 1001
const FIRST_ACTIVITY = 3001
const FIRST_ORGANIZATION = 5001
const FIRST_USER = 9001

/** The login of the person behind the tokens when the seed has no personal account. */
const VIEWER = 'monalisa'

/** Reads the seed's text. @throws SeedError when it is not YAML, or repeats a key. */
export function parseSeed(text: string): unknown {
  const document = parseDocument(text, { merge: true })
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem) throw new SeedError('', `is not readable YAML: ${problem.message}`)
  return document.toJS({ maxAliasCount: 100 })
}

/** The product that a seed names, if any. */
export function seedProduct(seed: unknown, parts: Parts): string | undefined {
  return textAt(topOf(seed, parts), 'product')
}

/** The limits that a seed asks for. @throws SeedError for rules that are not GitHub's, and for an unknown detail of them */
export function seedLimits(seed: unknown, parts: Parts): SeedLimits {
  return limitsIn(topOf(seed, parts))
}

/**
 * Makes the world that a seed describes: an omitted field has GitHub's default.
 * @throws SeedError when it has an unknown key, a wrong type, or a name that it does not define.
 */
export function createWorld(seed: unknown, productName: string, parts: Parts): World {
  const product = parseProduct(productName)
  const top = topOf(seed, parts)
  const keys = organizationKeys(parts.organization)
  const enterprises = enterprisesIn(top, parts, keys)
  const organizations = organizationsWith(named(top, 'organizations', keys), enterprises)
  const world: World = {
    product,
    owners: new Map(),
    enterprises: new Map(),
    repositories: new Map(),
    names: new Map(),
    redirects: new Map(),
    tokens: new Map(),
    issued: new Map(),
    apps: new Map(),
    viewer: { type: 'User', id: FIRST_USER, login: VIEWER },
    unsealedValues: flagAt(top, 'unsealed_values') ?? false,
    lastRepositoryId: 0,
    lastActivityId: 0,
    lastEnvironmentId: 0,
  }
  const organizationIds = idsFrom(FIRST_ORGANIZATION, organizations.values())
  const seeded = [...organizations].map(([login, given]) => {
    const id = organizationIds(idAt(given, 'id'))
    const organization = newOrganization(id, login, textAt(given, 'plan') ?? defaultPlan(product))
    addOwner(world, organization, given.path)
    return { organization, given }
  })
  addSeedEnterprises(world, enterprises)
  const activityIds = addRepositories(world, top, organizations, parts)
  for (const { organization, given } of seeded) {
    for (const part of parts.organization) part.seed(organization, given, world, activityIds)
  }
  fillSeedEnterprises(world, enterprises, parts, activityIds)
  for (const part of parts.world) part.seed(world, top, world, activityIds)
  addSeedTokens(world, top)
  const users = [...world.owners.values()].filter((owner) => owner.type === 'User')
  return { ...world, viewer: users[0] ?? world.viewer }
}

function topOf(seed: unknown, parts: Parts): Entry {
  const owners = ['version', 'product', 'enterprises', 'organizations', 'repositories']
  return entry(seed, '', [...owners, ...keysOf(parts.world), 'tokens', 'limits', 'unsealed_values'])
}

function organizationKeys(parts: readonly Part<Organization>[]): string[] {
  return ['id', 'plan', ...keysOf(parts), 'repositories']
}

/**
 * Those of the organizations, and those given by full name: of a personal account, which this creates, or of either.
 * Returns the row of ids that their issues and check runs began.
 */
function addRepositories(world: World, top: Entry, organizations: Map<string, Entry>, given: Parts): Ids {
  const keys = repositoryKeys(given)
  const parts = [...given.details, ...given.repository]
  const others = named(top, 'repositories', keys)
  const owned = [...organizations].flatMap(([login, given]) =>
    [...named(given, 'repositories', keys)].map(([name, repository]) => ({ login, name, repository })),
  )
  const single = [...others].map(([fullName, repository]) => {
    const [login = '', name = '', ...rest] = fullName.split('/')
    if (login === '' || name === '' || rest.length > 0) {
      throw new SeedError(repository.path, 'must be named OWNER/NAME.')
    }
    return { login, name, repository }
  })
  const all = [...owned, ...single]
  const ids = idsFrom(
    FIRST_REPOSITORY,
    all.map((each) => each.repository),
  )
  const seeded = all.map(({ login, name, repository: given }) => ({
    repository: addSeedRepository(world, ownerNamed(world, login), name, given, ids),
    given,
  }))
  const numbered = seeded.flatMap(({ given }) => parts.flatMap((part) => part.numbered?.(given) ?? []))
  const activityIds = activityIdsOf(world, numbered)
  for (const { repository, given } of seeded) {
    for (const part of parts) part.seed(repository, given, world, activityIds)
  }
  addSeedEnvironments(world, seeded, given, activityIds)
  return activityIds
}

/** The ids of issues, comments and check runs: the world remembers the greatest. */
function activityIdsOf(world: World, entries: readonly Entry[]): Ids {
  const ids = idsFrom(FIRST_ACTIVITY, entries)
  return (given) => {
    const id = ids(given)
    world.lastActivityId = Math.max(world.lastActivityId, id)
    return id
  }
}

function ownerNamed(world: World, login: string): Owner {
  const known = world.owners.get(login.toLowerCase())
  if (known) return known
  const user: User = { type: 'User', id: FIRST_USER + world.owners.size, login }
  addOwner(world, user, join('repositories', login))
  return user
}

function addOwner(world: World, owner: Owner, path: string): void {
  const problem = loginProblem(owner.login)
  if (problem) throw new SeedError(path, `cannot be: the ${problem}.`)
  const key = owner.login.toLowerCase()
  if (world.owners.has(key)) throw new SeedError(path, 'is there twice: GitHub compares names without case.')
  world.owners.set(key, owner)
}
