import { enterpriseNamed } from '../world/enterprises.ts'
import type { Enterprise, Organization } from '../world/owners.ts'
import type { Product, Release } from '../world/products.ts'
import { type Environment, type Repository, repositoryNamed, type World } from '../world/store.ts'
import type { Token } from '../world/token.ts'
import { type Body, fieldsOf } from './body.ts'
import { notFound } from './errors.ts'
import { sees } from './visibility.ts'

/** One request that has found its route. */
export interface Call {
  readonly world: World
  readonly product: Product
  /** The parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** Parsed; undefined when none was sent. */
  readonly body: unknown
  /** The API's base as the client addressed it, such as `http://127.0.0.1:4000/api/v3`. */
  readonly base: string
  /** As requested, without prefix and query. */
  readonly path: string
  readonly accept: string
  readonly token: Token
  readonly now: Date
  /** The rest of each budget, in the words of `GET /rate_limit`; undefined where no limits hold. */
  readonly rates: (() => object) | undefined
}

/** The response. Without a body, text or bytes only the head is sent. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  /** Sent as it is in place of a body, with the `Content-Type` of the headers. */
  readonly text?: string
  /** Sent as they come in place of a body; the headers have their number. The connection breaks where they throw. */
  readonly bytes?: Iterable<Uint8Array>
  readonly headers?: Readonly<Record<string, string>>
}

/** One documented operation. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** As GitHub's documentation writes it. */
  readonly template: string
  /** The GHES release that brought it; left out when all described releases have it. */
  readonly since?: Release
  /** The last GHES release that has it; the cloud does not have it any more, either. */
  readonly until?: Release
  /** The first and the last described release that lack it again. */
  readonly except?: readonly [Release, Release]
  /**
   * The permissions that fine-grained tokens, Apps and workflows need, as `X-Accepted-GitHub-Permissions` has it:
   * `a=write,b=read` needs both, `a=write; b=write` one of them. Left out when none is needed.
   */
  readonly permission?: string
  /** The scope that classic tokens need; left out it is `repo` below a repository, and none elsewhere. */
  readonly scope?: string
  /** The kinds of product that lack it in all releases. */
  readonly notOn?: readonly Product['kind'][]
  /**
   * The only permitted callers: an App with its JSON web token, a person, or a person with a classic token: what enterprises
   * have takes no other (`enabledForGitHubApps: false` in GitHub's descriptions). All when left out.
   */
  readonly asker?: 'app' | 'person' | 'classic token'
  readonly handle: (call: Call) => Answer
}

export const NO_CONTENT: Answer = { status: 204 }

export function ok(body: unknown): Answer {
  return { status: 200, body }
}

/** A parameter of the path. */
export function param(call: Call, name: string): string {
  const value = call.params[name]
  if (value === undefined) throw new Error(`The route of ${call.path} has no parameter "${name}".`)
  return value
}

/** @throws Refusal 404 when the parameter is no number: no id looks like that. */
export function idParam(call: Call, name: string): number {
  const value = param(call, name)
  if (!/^\d{1,15}$/.test(value)) throw notFound()
  return Number(value)
}

/** @throws Refusal 404 when the enterprise in the path does not exist. */
export function enterpriseOf(call: Call): Enterprise {
  const enterprise = enterpriseNamed(call.world, param(call, 'enterprise'))
  if (!enterprise) throw notFound()
  return enterprise
}

/** @throws Refusal 404 when the organization in the path does not exist. */
export function organizationOf(call: Call): Organization {
  const owner = call.world.owners.get(param(call, 'org').toLowerCase())
  if (owner?.type !== 'Organization') throw notFound()
  return owner
}

/** @throws Refusal 404 when the repository in the path does not exist. */
export function repositoryOf(call: Call): Repository {
  const repository = repositoryIn(call)
  if (!repository) throw notFound()
  return repository
}

/** The paths below which everything is a repository's. */
const REPOSITORY = ['/repos/{owner}/{repo}', '/repositories/{repository_id}']

/** Whether the route is about a repository, or something in it. */
export function isInRepository({ template }: Pick<Route, 'template'>): boolean {
  return REPOSITORY.some((root) => template.startsWith(root))
}

/** The repository that a path below one is in: by its names, or by its id. Undefined when there is none. */
export function repositoryIn({ world, params }: Pick<Call, 'world' | 'params'>): Repository | undefined {
  const { owner, repo, org, repository_id: id } = params
  if (owner !== undefined && repo !== undefined) return repositoryNamed(world, owner, repo)
  return org === undefined && id !== undefined ? world.repositories.get(Number(id)) : undefined
}

/** @throws Refusal 404 when the environment in the path does not exist, or its repository. */
export function environmentOf(call: Call, repository: Repository): Environment {
  const environment = repository.environments.get(param(call, 'environment_name').toLowerCase())
  if (!environment) throw notFound()
  return environment
}

/** The repository of this organization whose id is in the path. @throws Refusal 404 when the token sees none. */
export function memberRepository(call: Call, organization: Organization): Repository {
  const repository = call.world.repositories.get(idParam(call, 'repository_id'))
  if (repository?.owner !== organization || !sees(call.token, repository)) throw notFound()
  return repository
}

export function bodyOf(call: Call): Body {
  return fieldsOf(call.body)
}

/** Keeps the repositories that the token may see; lists contain and count only those. */
export function seenBy(call: Call, repositories: readonly Repository[]): Repository[] {
  return repositories.filter((each) => sees(call.token, each))
}
