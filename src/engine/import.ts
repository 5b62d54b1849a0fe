import { formatAddress, formatScope, rootLevel } from '../core/address.ts'
import type { WhyUnsaid } from '../core/declarable.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Family } from '../core/family.ts'
import { at, isPresent } from '../core/family-at.ts'
import { compileAddressGlob, compileGlob, reachesBelow } from '../core/glob.ts'
import type { ScopeSettings } from '../core/import-compact.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import { goesById } from '../core/place-params.ts'
import type { NotRead } from '../core/plan.ts'
import { indexRepositories, type Repositories, shownOf } from '../core/repository.ts'
import { pickRoute } from '../core/routes.ts'
import {
  LADDER,
  LEVELS,
  namesOf,
  repositoryIn,
  type Scope,
  type ScopeType,
  scopeAbove,
  scopeNamed,
  scopeOwned,
} from '../core/scope.ts'
import { SetupError } from '../core/setup-error.ts'
import { importedBody, nameUnsaid } from './imported-body.ts'
import type { OwnerDoor } from './open-owner.ts'
import { type Reading, type ReadSection, readSections } from './read-sections.ts'
import { readRepositories } from './repositories.ts'

export interface ImportRequest {
  readonly door: OwnerDoor
  readonly owner: string
  /** A scope, an address, or a glob of either; its owner is a plain name. */
  readonly glob: string
  readonly families: readonly Family[]
  /** The owner or repositories to read; those that the glob names where it is left out. */
  readonly scopes?: readonly Scope[]
  /** The owner's repositories, where they are known: what one of its visibility has not is not read. */
  readonly repositories?: Repositories
  /** Texts that the configuration cannot hold: what has one is left out. Without it all that was read is given. */
  readonly whyUnsaid?: WhyUnsaid | undefined
  /** `live` gives also what no configuration may say, as GitHub has it. */
  readonly form?: 'configuration' | 'live' | undefined
}

/** Live state in the shape of a configuration. */
export interface Imported {
  /** By scope, in the order of their addresses: family name → document, or key → document. */
  readonly scopes: readonly ScopeSettings[]
  readonly notRead: readonly NotRead[]
  /** Families that GitHub does not show in scopes that were read beside them. */
  readonly partsNotRead: readonly PartNotRead[]
  /** The first error of each scope that lacks something. */
  readonly errors: Reading['errors']
  /** Sentences about settings on GitHub that no configuration can declare. */
  readonly leftOut: readonly string[]
  /** Names of repositories or organizations, and entries of lists, as GitHub shows them, by those in the documents. */
  readonly shown: Readonly<Record<string, string>>
}

const NOWHERE = { file: '', line: 1, col: 1 }

/**
 * Reads everything that an address names, as a configuration that plans to no changes. Values of secrets are not in it.
 */
export async function importScopes(request: ImportRequest): Promise<Imported> {
  const { glob } = request
  const [outermost, shown] = request.scopes ? [request.scopes, {}] : await outermostScopes(request)
  const above = await readableAbove(request, outermost)
  const wanted = sectionsNamed(request, outermost)
  const first = await read(request, unique([...above, ...wanted]))
  const inner = innerScopes(request, first)
  const scopes = [...outermost, ...inner.keys()]
  const reading =
    inner.size === 0
      ? first
      : await read(await withIds(request, [...inner.keys()]), unique([...above, ...sectionsNamed(request, scopes)]))
  const names = compileAddressGlob(glob)
  const below = compileAddressGlob(`${glob}/**`)
  const matches = (address: string): boolean => names(address) || below(address)
  const leftOut: string[] = []
  const byScope = new Map<string, ReadSection[]>()
  for (const each of reading.read) {
    const scope = formatScope(each.section.scope)
    const there = byScope.get(scope)
    if (there === undefined) byScope.set(scope, [each])
    else there.push(each)
  }
  const imported = scopes.map((scope) => {
    const name = inner.get(scope)
    return {
      scope,
      ...(name === undefined ? {} : { name }),
      body: importedBody(byScope.get(formatScope(scope)) ?? [], {
        matches,
        leftOut,
        shown,
        whyUnsaid: request.whyUnsaid,
        form: request.form,
      }),
    }
  })
  const asked = new Set(scopes.map(formatScope))
  const notRead = reading.notRead.filter(({ scope }) => asked.has(scope))
  const partsNotRead = reading.partsNotRead.filter(({ scope }) => asked.has(formatScope(scope)))
  const unread = new Set(notRead.map(({ scope }) => scope))
  return {
    // A scope that is named as such is there, even where nothing in it can be managed on this product.
    scopes: imported.filter(({ scope, body }) => {
      const named = names(formatScope(scope)) && !unread.has(formatScope(scope))
      return named || Object.keys(body).length > 0
    }),
    notRead,
    partsNotRead,
    errors: reading.errors,
    leftOut,
    shown,
  }
}

function read({ door, families, repositories }: ImportRequest, sections: readonly DesiredSection[]): Promise<Reading> {
  return readSections({
    sections,
    families,
    get: door.get,
    product: door.support,
    productName: door.product,
    plan: door.plan,
    repositories: repositories ?? indexRepositories([], 'complete'),
    extent: 'everything',
  })
}

/**
 * The sections of the level above that families need, as far as the credential may read them: the administrator of one
 * repository may not see the organization's settings, and can still import the repository.
 */
async function readableAbove(request: ImportRequest, scopes: readonly Scope[]): Promise<DesiredSection[]> {
  const { door, families, glob } = request
  // A personal account has no settings of its own above its repositories.
  const levels = door.facts.type === 'personal' ? [] : scopes.flatMap((scope) => scopeAbove(scope) ?? [])
  const wanted = scopes.flatMap(({ type }) => families.filter(namedBy(glob, type)))
  const needed = new Set(wanted.flatMap(({ needs }) => (needs ?? []).map(({ family }) => family)))
  const above = levels.flatMap((scope) => sectionsOf(scope, families, door)).filter(({ family }) => needed.has(family))
  return (await read(request, unique(above))).read.map(({ section }) => section)
}

/** The owner alone, or its repositories that the glob may name; their names as GitHub shows them. */
async function outermostScopes({ door, owner, glob }: ImportRequest): Promise<[Scope[], Record<string, string>]> {
  const level = rootLevel(glob) ?? 'repository'
  if (LADDER[level].owns) return [[scopeOwned(level, owner)], {}]
  const repo = repositoryNamed(glob)
  const account = { name: owner, id: door.facts.id }
  if (!namesMany(glob)) {
    const { repositories } = await readRepositories(door.get, account, { names: [repo.toLowerCase()] }, 'all')
    return [[scopeOwned(level, owner, [repo])], shownOf(repositories)]
  }
  if (door.facts.type === 'personal') {
    throw new SetupError(`${owner} is a personal account: name one repository of it, such as repos/${owner}/NAME.`)
  }
  const { repositories } = await readRepositories(door.get, account, 'all', 'all')
  const matches = compileGlob(repo)
  const names = repositories.all.map(({ name }) => name).filter((name) => matches(name))
  return [names.sort().map((name) => scopeOwned(level, owner, [name])), shownOf(repositories)]
}

/** Whether an address names repositories by a glob, so that those of its owner are listed. */
export function namesMany(glob: string): boolean {
  return !LADDER[rootLevel(glob) ?? 'repository'].owns && /[*?]/.test(repositoryNamed(glob))
}

function repositoryNamed(glob: string): string {
  const [, , repo = '*'] = glob.split('/')
  return repo
}

/**
 * The scopes inside those that were read, as far as the glob may name something in them, with their names on GitHub: the members
 * of the family that lists them.
 */
function innerScopes(
  { families, glob, whyUnsaid }: ImportRequest,
  { read }: Reading,
): ReadonlyMap<Scope, string | undefined> {
  const named = NESTED.filter((level) => families.some(({ scopes }) => scopes[level] !== undefined))
  const found = named.flatMap((level) => {
    const { above, key } = LADDER[level]
    const lists = read.filter(({ section, family }) => section.scope.type === above && family.name === key)
    return lists.flatMap(({ section, family, live }) => {
      const said = live.filter((member) => nameUnsaid(family, member, whyUnsaid) === undefined)
      const scopes = said.map(({ key, name }) => [scopeNamed(level, [...namesOf(section.scope), key]), name] as const)
      const isBelow = compileAddressGlob(`${glob}/**`)
      return scopes.filter(([scope]) => isBelow(formatScope(scope)) || reachesBelow(glob, `${formatScope(scope)}/`))
    })
  })
  return new Map(found)
}

/** On products whose routes of inner scopes go by the id of the repository, it is read where it is not known. */
async function withIds(request: ImportRequest, inner: readonly Scope[]): Promise<ImportRequest> {
  const { door, owner, families, repositories } = request
  const byId = inner.some((scope) =>
    families.some((family) => {
      const entry = isPresent(family, scope, door.support) ? at(family, scope) : undefined
      return entry !== undefined && goesById(pickRoute(entry.presence, door.support))
    }),
  )
  if (!byId || repositories !== undefined) return request
  const names = [...new Set(inner.flatMap((scope) => repositoryIn(scope)?.repo ?? []))]
  const listing = await readRepositories(door.get, { name: owner, id: door.facts.id }, { names }, 'all')
  return { ...request, repositories: listing.repositories }
}

/** The levels whose scopes are members of a family in the level above, which has the name of their key. */
const NESTED = LEVELS.filter((level) => !LADDER[level].rooted)

/**
 * Whether an address may name a member of the family in a scope of the level: a family that it cannot name is not read.
 */
function namedBy(glob: string, level: ScopeType): (family: Family) => boolean {
  const parts = glob.split('/')
  const place = formatScope(scopeNamed(level, LADDER[level].params)).split('/').length
  const segment = parts.slice(0, place).some((part) => part.includes('**')) ? undefined : parts[place]
  if (segment === undefined || segment.includes('**')) return () => true
  const matches = compileGlob(segment)
  return ({ name }) => matches(name)
}

function sectionsNamed({ door, families, glob }: ImportRequest, scopes: readonly Scope[]): DesiredSection[] {
  return scopes.flatMap((scope) => sectionsOf(scope, families.filter(namedBy(glob, scope.type)), door))
}

function sectionsOf(scope: Scope, families: readonly Family[], door: OwnerDoor): DesiredSection[] {
  return families
    .filter((family) => isPresent(family, scope, door.support))
    .map(({ name }) => ({ scope, family: name, members: [], prune: [], source: NOWHERE }))
}

function unique(sections: readonly DesiredSection[]): DesiredSection[] {
  return [...new Map(sections.map((section) => [formatAddress(section.scope, section.family, ''), section])).values()]
}
