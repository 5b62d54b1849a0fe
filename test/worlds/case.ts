import type { Body, FamilyWorld, Release, ScopeWorld, Since, WorldScope } from './world.ts'
import { REPOSITORIES, VALUES } from './world.ts'

/** One family in one scope of one product. */
export interface Case {
  readonly family: string
  readonly scope: WorldScope
  readonly product: string
  /** The kind of owner of the repository `web`. */
  readonly owner: 'organization' | 'personal'
  readonly world: ScopeWorld
  readonly since: FamilyWorld['since']
  readonly ae?: FamilyWorld['ae']
}

/** Names of the two owners. */
export const OWNERS = { organization: 'acme', personal: 'octocat' } as const

/** The enterprise of worlds that are about one, and of the organization `acme` there. */
export const ENTERPRISE = 'inc'

/** The environment of `web` that worlds of environments are about. */
const ENVIRONMENT = 'Prod/EU:1'

function isInWeb(scope: Case['scope']): boolean {
  return scope === 'repository' || scope === 'environment'
}

/** The state of GitHub before. */
export function seedOf({ scope, owner, product, world }: Case): Body {
  const web = scope === 'environment' ? { environments: { [ENVIRONMENT]: world.seed } } : world.seed
  // Only owners of an enterprise have internal repositories.
  const seen = (repository: Body): Body =>
    product === 'dotcom' && repository.visibility === 'internal' ? { ...repository, visibility: 'private' } : repository
  if (owner === 'personal') return { product, repositories: { 'octocat/web': seen({ id: 101, ...web }) } }
  const entries = Object.entries(REPOSITORIES).map(([name, given]) => {
    return [name, seen({ ...(given as Body), ...(isInWeb(scope) && name === 'web' ? web : {}) })]
  })
  const own = scope === 'organization' ? world.seed : isInWeb(scope) ? world.above : {}
  const organizations = { acme: { id: 5001, repositories: Object.fromEntries(entries), ...own } }
  if (!inEnterprise({ scope, world })) return { product, organizations, ...world.top }
  const above = scope === 'enterprise' ? world.seed : world.above
  return { product, organizations, enterprises: { [ENTERPRISE]: { organizations: { acme: {} }, ...above } } }
}

/** Whether the world has an enterprise. */
export function inEnterprise({ scope, world }: Pick<Case, 'scope' | 'world'>): boolean {
  return scope === 'enterprise' || (scope === 'organization' && world.above !== undefined)
}

/** A configuration of the scope, as a whole file. */
export function configurationOf(
  { product, ...given }: Pick<Case, 'product' | 'scope' | 'owner' | 'world'>,
  asked: Body,
): Body {
  // The server does not tell this one.
  const github = product === 'ghae-2021' ? { github: { product } } : {}
  return { ...ownersOf(given, asked), ...github }
}

function ownersOf({ scope, owner, world }: Pick<Case, 'scope' | 'owner' | 'world'>, asked: Body): Body {
  const body = scope === 'environment' ? { environments: { [ENVIRONMENT.toLowerCase()]: asked } } : asked
  if (owner === 'personal') return { version: 1, repositories: { 'octocat/web': body } }
  if (inEnterprise({ scope, world })) {
    const own = scope === 'enterprise' ? body : { organizations: { acme: body } }
    return { version: 1, enterprises: { [ENTERPRISE]: own } }
  }
  const acme = scope === 'organization' ? body : { repositories: { web: body } }
  return { version: 1, organizations: { acme } }
}

/** The stages, without the fields that the product lacks. */
export function stagesOf(given: Case): Body[] {
  const lacking = lackingFields(given)
  return given.world.stages.map((stage) => {
    return { ...stage, [given.family]: strip(stage[given.family], lacking) }
  })
}

/** Whether the product has the family at all. */
export function isSupported(given: Pick<Case, 'since' | 'ae' | 'product'>): boolean {
  return hasIt(given, '')
}

/** The fields that the product lacks, by dotted path. */
export function lackingFields(given: Pick<Case, 'since' | 'ae' | 'product'>): string[] {
  return Object.keys(given.since).filter((path) => path !== '' && !hasIt(given, path))
}

function hasIt({ since, ae, product }: Pick<Case, 'since' | 'ae' | 'product'>, path: string): boolean {
  const generations: readonly string[] | undefined = ae?.[path]
  if (isAe(product) && generations) return generations.includes(product)
  return reached(product, since[path] ?? [2, 22])
}

/** Whether the product is one of the generations of GitHub AE. */
export function isAe(product: string): boolean {
  return product.startsWith('ghae')
}

/** Whether a product is one of these. */
export function reached(product: string, since: Since): boolean {
  const own = isAe(product) ? ([2, 22] as const) : releaseOf(product)
  if (typeof since[0] === 'number') return own === undefined || isFrom(own, since as Release)
  const names = since as readonly string[]
  return names.includes(product) || names.some((name) => own !== undefined && isFrom(own, releaseOf(name)))
}

function releaseOf(product: string): Release | undefined {
  const [, major, minor] = /^ghes-(\d+)\.(\d+)$/.exec(product) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor)]
}

function isFrom([major, minor]: Release, first: Release | undefined): boolean {
  return first !== undefined && (major > first[0] || (major === first[0] && minor >= first[1]))
}

/** Takes fields out wherever they stand, with their `add_` and `remove_`, and the maps that are left empty by it. */
export function strip(value: unknown, paths: readonly string[], at = ''): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const kept = Object.entries(value).flatMap(([key, inner]) => {
    const path = paths.find((each) => `.${at}.${key}`.replace(/\.(add|remove)_/, '.').endsWith(`.${each}`))
    const left = path === undefined ? strip(inner, paths, `${at}.${key}`) : undefined
    return left === undefined ? [] : [[key, left]]
  })
  return kept.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(kept)
}

/** Every value that no output may hold, as it is and in base64. */
export function planted(more: readonly string[]): string[] {
  const values = [...Object.values(VALUES.env), ...Object.values(VALUES.files), ...more]
  return values.flatMap((value) => {
    const bytes = Buffer.from(value)
    return [value, JSON.stringify(value).slice(1, -1), bytes.toString('base64'), bytes.toString('base64url')]
  })
}
