import { createPublicKey } from 'node:crypto'
import type { Part } from '../../world/part.ts'
import { type Ids, idsFrom } from '../../world/seed-ids.ts'
import { type Entry, flagAt, idAt, join, named, SeedError, textAt, textsAt } from '../../world/seed-reader.ts'
import { permissionsAt } from '../../world/seed-tokens.ts'
import { repositoriesIn, repositoryNamed, type World } from '../../world/store.ts'
import type { App, Installation, RepositorySelection } from '../../world/token.ts'

const APP_KEYS = ['id', 'private_key_public', 'token_ttl_seconds', 'installations']
const INSTALLATION_KEYS = ['id', 'repositories', 'permissions', 'suspended']
const FIRST_APP = 301
const FIRST_INSTALLATION = 40001
const ONE_HOUR = 3600

/** The Apps of a seed, and where they are installed. */
export const seededApps: Part<World> = { keys: ['apps'], seed, dump }

function seed(world: World, top: Entry): void {
  const apps = named(top, 'apps', APP_KEYS)
  const ids = idsFrom(FIRST_APP, apps.values())
  const all = [...apps.values()].flatMap((given) => [...named(given, 'installations', INSTALLATION_KEYS).values()])
  const installationIds = idsFrom(FIRST_INSTALLATION, all)
  for (const [slug, given] of apps) {
    const installations = new Map<string, Installation>()
    for (const [login, one] of named(given, 'installations', INSTALLATION_KEYS)) {
      installations.set(login.toLowerCase(), installationIn(world, login, one, installationIds))
    }
    world.apps.set(slug, {
      id: ids(idAt(given, 'id')),
      slug,
      publicKey: publicKeyIn(given),
      tokenLifetime: idAt(given, 'token_ttl_seconds') ?? ONE_HOUR,
      installations,
    })
  }
}

function dump(world: World): object {
  const apps = [...world.apps].map(([slug, app]) => [slug, dumpApp(world, app)])
  return apps.length > 0 ? { apps: Object.fromEntries(apps) } : {}
}

function dumpApp(world: World, app: App): object {
  const installations = [...app.installations.values()].map(({ owner, id, repositories, permissions, suspended }) => {
    const names = repositories === 'all' ? 'all' : repositoriesIn(world, repositories).map((each) => each.name)
    return [owner.login, { id, repositories: names, permissions, suspended }]
  })
  return {
    id: app.id,
    private_key_public: app.publicKey,
    token_ttl_seconds: app.tokenLifetime,
    installations: Object.fromEntries(installations),
  }
}

function installationIn(world: World, login: string, given: Entry, ids: Ids): Installation {
  const owner = world.owners.get(login.toLowerCase())
  if (!owner) throw new SeedError(given.path, 'names an owner that is not there.')
  return {
    id: ids(idAt(given, 'id')),
    owner,
    repositories: selectionIn(world, login, given),
    permissions: permissionsAt(given, 'permissions'),
    suspended: flagAt(given, 'suspended') ?? false,
  }
}

function selectionIn(world: World, login: string, given: Entry): RepositorySelection {
  const { repositories } = given.fields
  if (repositories === undefined || repositories === 'all') return 'all'
  const ids = (textsAt(given, 'repositories') ?? []).map((name) => {
    const repository = repositoryNamed(world, login, name)
    if (repository) return repository.id
    throw new SeedError(join(given.path, 'repositories'), `names "${name}", which ${login} does not have.`)
  })
  return new Set(ids)
}

function publicKeyIn(given: Entry): string {
  const pem = textAt(given, 'private_key_public') ?? ''
  try {
    createPublicKey(pem)
  } catch {
    throw new SeedError(join(given.path, 'private_key_public'), 'must be the PEM of the public half of the App’s key.')
  }
  return pem
}
