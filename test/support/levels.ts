import type { Configuration } from '../../src/config/configuration.ts'
import { configurationOf as assemble, type Checks } from '../../src/config/load.ts'
import { parseFiles } from '../../src/config/parse.ts'
import { resolveOwner } from '../../src/config/resolve.ts'
import { type Diagnostic, formatDiagnostic } from '../../src/core/diagnostic.ts'
import type { Family, FamilyAt, Get, Known } from '../../src/core/family.ts'
import type { Field } from '../../src/core/field.ts'
import type { Document } from '../../src/core/json.ts'
import type { Live } from '../../src/core/live.ts'
import { makePlan, type PlanInput, type Planned } from '../../src/core/make-plan.ts'
import type { NotRead } from '../../src/core/plan.ts'
import { indexRepositories, type Repositories } from '../../src/core/repository.ts'
import type { Route } from '../../src/core/routes.ts'
import { isEnterprise, LADDER, LEVELS, ownerNamed, type ScopeType, scopeParams } from '../../src/core/scope.ts'
import type { Params } from '../../src/core/send.ts'
import type { Support } from '../../src/core/support.ts'
import { applyPlan } from '../../src/engine/apply.ts'
import { type ReadInput, readSections } from '../../src/engine/read-sections.ts'
import type { Client } from '../../src/github/client.ts'
import { GitHubError } from '../../src/github/errors.ts'

/** The path that a level's own routes begin with, by GitHub's words. */
const BASE: Readonly<Record<ScopeType, `/${string}`>> = {
  enterprise: '/enterprises/{enterprise}',
  organization: '/orgs/{org}',
  repository: '/repos/{owner}/{repo}',
  environment: '/repos/{owner}/{repo}/environments/{environment_name}',
}

/** Members with one field and a list of names: `boxes` at every level, and `environments`, which are scopes too, at repositories. */
function membersFamily(name: string, levels: readonly ScopeType[]): Family {
  const routeOf = (method: 'PUT' | 'DELETE', level: ScopeType): Route => `${method} ${BASE[level]}/${name}/{name}`
  const listOf = (level: ScopeType): Route => `GET ${BASE[level]}/${name}`
  const written = Object.fromEntries(levels.map((level) => [level, { route: routeOf('PUT', level) }]))
  const at = (level: ScopeType): Field['written'] => ({ [level]: { route: routeOf('PUT', level) } })
  const lists: Readonly<Record<string, Field>> = {
    organizations: { list: 'organizations', wider: 'more', written: at('enterprise') },
    repositories: { list: 'repositories', wider: 'more', written: at('organization') },
  }
  const fields: Readonly<Record<string, Field>> = {
    ...(levels.length > 1 ? lists : {}),
    level: { wider: ['low', 'high'], written },
    tags: { list: 'names', wider: 'more', written },
  }
  const entry = (level: ScopeType): FamilyAt => ({
    presence: listOf(level),
    reads: [listOf(level)],
    writes: [routeOf('PUT', level), routeOf('DELETE', level)],
    ...(LADDER[level].owns ? { reach: reachOf } : {}),
    read: async (scope, get) => get.list<Live>(listOf(level), scopeParams(scope)),
    write: ({ scope, key, action, after, changed }) => {
      const params = (): Params => ({ ...scopeParams(scope), name: key })
      if (action === 'delete') return [{ route: routeOf('DELETE', level), fields: [], params }]
      return [{ route: routeOf('PUT', level), fields: [...changed], params, body: () => ({ ...after }) }]
    },
  })
  const scopes = Object.fromEntries(levels.map((level) => [level, entry(level)]))
  return { name, shape: 'members', fields, scopes, fold: (key) => key.toLowerCase() }
}

/** The organizations or repositories that a box lists. */
function reachOf(spec: object, known: Known): readonly number[] {
  const { organizations = [], repositories = [] } = spec as Readonly<Record<string, readonly string[] | undefined>>
  return [...organizations, ...repositories].flatMap((name) => known.repositories.byName.get(name)?.id ?? [])
}

/** A stub family at each level of the ladder. */
export const LEVEL_FAMILIES: readonly Family[] = [
  membersFamily('boxes', LEVELS),
  membersFamily('environments', [LADDER.environment.above]),
]

/** The shipped schemas do not know the stubs' keys: what is not well-formed is none of these tests' concern. */
export const CHECKS: Checks = { validate: (() => true) as unknown as Checks['validate'], maps: [] }

/** The problems of files, or the configuration that they make. */
export function load(
  files: Readonly<Record<string, string>>,
  families = LEVEL_FAMILIES,
): {
  readonly configuration: Configuration | undefined
  readonly problems: readonly string[]
} {
  const texts = Object.entries(files).map(([name, text]) => textFile(name, text))
  const { configuration, problems } = assemble(texts, parseFiles(texts), [], families, CHECKS)
  return { configuration, problems: problems.map(formatDiagnostic) }
}

export function textFile(name: string, text: string) {
  const path = `/checkout/${name}`
  const folders = path
    .split('/')
    .slice(0, -1)
    .map((_, index, steps) => steps.slice(0, index + 1).join('/') || '/')
  return { name, text: text.startsWith('version:') ? text : `version: 1\n${text}`, path, real: path, folders }
}

/** What GitHub has: documents by the path of their scope and family, such as `/orgs/acme/boxes`, and name. */
export type World = Record<string, Record<string, Document>>

/** Reads and writes a world. What `failing` says so is refused with 403. */
export function openWorld(world: World, failing: (request: string) => boolean = () => false) {
  const asked: string[] = []
  const ask = (route: Route, params: Params): string => {
    const [method = '', template = ''] = route.split(' ')
    const path = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name])))
    asked.push(`${method} ${path}`)
    if (failing(`${method} ${path}`)) throw new GitHubError(`${method} ${path}: 403`, { kind: 'forbidden', route })
    return path
  }
  const get: Get = {
    one: async <T>(route: Route, { owner, repo }: Params) => {
      if (route !== 'GET /repos/{owner}/{repo}') throw new Error('no family of these asks for one thing')
      return { id: 1, name: repo, full_name: `${owner}/${repo}`, private: false } as unknown as T
    },
    oneIfAny: async () => {
      throw new Error('no family of these asks for one thing')
    },
    listIfShown: async () => {
      throw new Error('no family of these asks for what it may not see')
    },
    list: async <T>(route: Route, params: Params) => {
      const members = Object.entries(world[ask(route, params)] ?? {})
      return members.map(([key, spec]) => ({ key, spec, ref: {} })) as unknown as readonly T[]
    },
  }
  const client: Client = {
    request: async (route, params, body) => {
      if (route.startsWith('GET ')) return { status: 200, headers: {}, body: { id: 1 }, date: undefined }
      const path = ask(route, params)
      const [section, name] = [path.slice(0, path.lastIndexOf('/')), decodeURIComponent(path.split('/').at(-1) ?? '')]
      world[section] ??= {}
      if (route.startsWith('DELETE ')) delete world[section][name]
      else world[section][name] = body as Document
      return { status: 200, headers: {}, body: undefined, date: undefined }
    },
    paginate: async () => [],
    locate: () => Promise.reject(new Error('no file is fetched')),
    graphql: async () => {
      throw new Error('nobody asks for GraphQL')
    },
  }
  return { get, client, asked }
}

/** The repositories of every owner of these tests. */
export const REPOSITORIES: Repositories = indexRepositories(
  ['web', 'api'].map((name, index) => {
    return { id: index + 1, name, visibility: 'private', fork: false, archived: false, topics: [] } as const
  }),
  'complete',
)

/** The organizations of every enterprise of these tests. */
const ORGANIZATIONS: Repositories = indexRepositories(
  ['acme', 'beta'].map((name, index) => {
    return { id: index + 11, name, visibility: 'private', fork: false, archived: false, topics: [] } as const
  }),
  'complete',
)

/** What the lists of an owner choose from. */
export function listedBy(owner: string): Repositories {
  return ownerNamed('enterprise', owner.split('/').at(-1) ?? '') === owner ? ORGANIZATIONS : REPOSITORIES
}

const PRODUCT: Support = { has: () => true, accepts: () => true, returns: () => true }

/** What `readSections` takes beside the sections. */
export function readingOf(get: Get, families = LEVEL_FAMILIES, product = PRODUCT): Omit<ReadInput, 'sections'> {
  const rest = { productName: 'ghec', plan: undefined, repositories: REPOSITORIES, extent: 'asked' } as const
  return { families, get, product, ...rest }
}

interface Made {
  readonly planned: Planned
  readonly input: PlanInput
  readonly notRead: readonly NotRead[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The plan of a configuration, for all of its owners, against a world. */
export async function planOf(
  configuration: Configuration,
  get: Get,
  families = LEVEL_FAMILIES,
  product = PRODUCT,
): Promise<Made> {
  const owners = configuration.owners.map(({ name }) => {
    return { name, ...resolveOwner(configuration, name, listedBy(name), families) }
  })
  const above = owners.filter(({ name }) => isEnterprise(name)).flatMap(({ sections }) => sections)
  const readings = await Promise.all(
    owners.map(({ name, sections }) =>
      readSections({ sections, above, ...readingOf(get, families, product), repositories: listedBy(name) }),
    ),
  )
  const notRead = readings.flatMap((reading) => reading.notRead)
  const diagnostics = [...owners, ...readings].flatMap((each) => each.diagnostics)
  const input: PlanInput = {
    host: 'github.test',
    sections: readings
      .flatMap(({ read }) => read)
      .map(({ section, family, known, live }) => ({
        section,
        live,
        facts: {
          scope: section.scope,
          family,
          known,
          ids: { owner_id: 7, repository_id: null },
          facts: () => undefined,
          rotates: () => false,
        },
      })),
    families,
    notRead,
    diagnostics,
    heldBack: [],
    flags: { owner: [], target: [], rotate: [] },
    leftOut: [],
    guards: {
      budgets: { max_deletions: 10, max_revocations: 100, max_runner_moves: 20 },
      neverPublic: configuration.guards.never_public,
      protect: configuration.guards.protect,
      allow: {},
    },
    approvals: { ...configuration.approvals, heldTo: [], spent: [] },
    keyed: false,
    digest: (parts) => String([...parts].join('').length),
  }
  return { planned: makePlan(input), input, notRead, diagnostics }
}

/** Applies a plan to the world that a client writes. */
export function apply(planned: Planned, client: Client, families = LEVEL_FAMILIES) {
  const nothing = async (): Promise<void> => undefined
  const values = {
    begin: nothing,
    beginClosing: nothing,
    beginDocument: nothing,
    identify: nothing,
    undo: nothing,
    complete: nothing,
  }
  const notes = { ...values, touched: nothing, forget: nothing }
  return applyPlan({
    planned,
    families,
    client: () => client,
    notes: { ...notes, guard: () => undefined, rememberIds: nothing, follow: nothing },
    names: { renames: [], ids: {} },
    atOnce: 10,
    sealer: { seal: async () => ({ encrypted_value: 'sealed', key_id: 'a key' }) },
  })
}
