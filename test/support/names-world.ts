import { type Ran, type Workplace, workplace } from './octoform.ts'
import { type WatchedSandbox, watchedSandbox } from './watched-sandbox.ts'

/** Everything that an organization gives one of its repositories, by the name that the configuration has it by. */
export const GIVEN = {
  secret: (name: string) =>
    org(`secrets: { S: { visibility: selected, repositories: [${name}, tool], value: { env: V } } }`),
  group: (name: string) => org(`runner_groups: { gpu: { visibility: selected, repositories: [${name}, tool] } }`),
  'enabled list': (name: string) =>
    org(`permissions: { enabled_repositories: selected, repositories: [${name}, tool] }`),
  'own settings': (name: string) => org(`repositories: { ${name}: { permissions: { allowed_actions: local_only } } }`),
  'own secret': (name: string) => org(`repositories: { ${name}: { secrets: { TOKEN: { value: { env: V } } } } }`),
} as const

export type Given = keyof typeof GIVEN

/** The fates of `acme/web` (101) after a first apply, and its names in the configuration then. */
export const HAPPENED = {
  renamed: { now: 'site', by: async (world: NamesWorld) => world.move('acme/web', 'acme/site') },
  swapped: {
    now: 'api',
    by: async (world: NamesWorld) => {
      await world.move('acme/web', 'acme/passing')
      await world.move('acme/api', 'acme/web')
      await world.move('acme/passing', 'acme/api')
    },
  },
  'renamed and name reused': {
    now: 'site',
    by: async (world: NamesWorld) => {
      await world.move('acme/web', 'acme/site')
      await world.create('web')
    },
  },
  deleted: { now: undefined, by: async (world: NamesWorld) => world.remove('web') },
  transferred: { now: undefined, by: async (world: NamesWorld) => world.move('acme/web', 'rival/web') },
  'made anew': {
    now: undefined,
    by: async (world: NamesWorld) => {
      await world.remove('web')
      await world.create('web')
    },
  },
} as const

export type Happened = keyof typeof HAPPENED

/** The organization's settings for one repository, by its id. */
export interface Has {
  readonly secret: boolean
  readonly group: boolean
  readonly enabled: boolean
  readonly allowed: string
  readonly token: string | undefined
}

/** An organization whose repositories can be renamed, taken away and made anew. */
export interface NamesWorld {
  readonly sandbox: WatchedSandbox
  readonly place: Workplace
  /** Renames or transfers: `acme/web` to `acme/site`. */
  move(from: string, to: string): Promise<void>
  remove(name: string): Promise<void>
  /** A repository of acme with the next id, which was unused before. */
  create(name: string): Promise<void>
  /** Runs `apply --auto-approve` and gives the writes meanwhile. */
  apply(flags?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran & { writes: readonly string[] }>
  has(id: number): Has
}

const OWN = { visibility: 'selected', repositories: [] }

/**
 * The seed: web (101), api (102) and tool (103) of acme, and the secrets and groups to be given to them. The next id is
 * 1000.
 */
const NAMES_SEED = {
  organizations: {
    acme: {
      id: 5,
      permissions: { enabled_repositories: 'selected', repositories: ['web', 'api'] },
      secrets: { S: { ...OWN, value: 'before' } },
      runner_groups: { gpu: { id: 9, ...OWN } },
      repositories: { web: { id: 101 }, api: { id: 102 }, tool: { id: 103 } },
    },
    rival: { id: 6, repositories: { last: { id: 999 } } },
  },
}

/**
 * A place with a configuration, which has not been applied yet. @param yaml the whole of it, or its settings for `web`
 */
export async function namesWorld(yaml: string, seed: object = NAMES_SEED): Promise<NamesWorld> {
  const sandbox = await watchedSandbox({ seed })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml }, { V: 'planted-value' })
  const control = async (method: string, path: string, body?: object): Promise<void> => {
    const { status } = await sandbox.call(method, path, body)
    if (status >= 300) throw new Error(`${method} ${path} was answered with ${status}`)
  }
  return {
    sandbox,
    place,
    move: (repository, to) => control('POST', '/_sandbox/move', { repository, to }),
    remove: (name) => control('DELETE', `/repos/acme/${name}`),
    create: (name) => control('POST', '/orgs/acme/repos', { name, private: true }),
    async apply(flags = [], env = {}) {
      const before = sandbox.writes().length
      const ran = await place.run(['apply', '--auto-approve', ...flags], { env })
      return { ...ran, writes: sandbox.writes().slice(before) }
    },
    has: (id) => hasOf(sandbox.state() as State, id),
  }
}

interface State {
  readonly organizations: Readonly<Record<string, Organization>>
}

interface Organization {
  readonly permissions: { readonly repositories?: readonly string[] }
  readonly secrets: Readonly<Record<string, { readonly repositories?: readonly string[] }>>
  readonly runner_groups: Readonly<Record<string, { readonly repositories?: readonly string[] }>>
  readonly repositories: Readonly<Record<string, Repository>>
}

interface Repository {
  readonly id: number
  readonly permissions: { readonly allowed_actions: string }
  readonly secrets: Readonly<Record<string, { readonly value: string }>>
}

function hasOf({ organizations }: State, id: number): Has {
  const acme = organizations.acme
  const all = Object.values(organizations).flatMap(({ repositories }) => Object.entries(repositories))
  const [name = '', own] = all.find(([, repository]) => repository.id === id) ?? []
  const listed = (list: readonly string[] | undefined): boolean =>
    own !== undefined && acme?.repositories[name]?.id === id && (list ?? []).includes(name)
  return {
    secret: listed(acme?.secrets.S?.repositories),
    group: listed(acme?.runner_groups.gpu?.repositories),
    enabled: listed(acme?.permissions.repositories),
    allowed: own?.permissions.allowed_actions ?? 'gone',
    token: own?.secrets.TOKEN?.value,
  }
}

function org(body: string): string {
  return `version: 1\norganizations:\n  acme:\n    ${body}\n`
}
