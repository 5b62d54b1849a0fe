import { formatScope } from '../core/address.ts'
import type { WhyUnsaid } from '../core/declarable.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Family } from '../core/family.ts'
import { at, isPresent } from '../core/family-at.ts'
import { compileAddressGlob, reachesBelow } from '../core/glob.ts'
import type { ScopeSettings } from '../core/import-compact.ts'
import type { PartNotRead } from '../core/part-not-read.ts'
import { goesById } from '../core/place-params.ts'
import type { NotRead } from '../core/plan.ts'
import { indexRepositories, type Repositories } from '../core/repository.ts'
import { pickRoute } from '../core/routes.ts'
import { LADDER, LEVELS, namesOf, repositoryIn, type Scope, scopeNamed } from '../core/scope.ts'
import { importedBody, nameUnsaid } from './imported-body.ts'
import { sectionsNamed } from './named-sections.ts'
import type { OwnerDoor } from './open-owner.ts'
import { type BegunSections, type Reading, type ReadSection, readSections } from './read-sections.ts'
import { readRepositories } from './repositories.ts'

/** The things that an address names, and the way to read them. */
export interface ScopeImport {
  readonly door: OwnerDoor
  readonly owner: string
  /** A scope, an address, or a glob of either; its owner is a plain name. */
  readonly glob: string
  readonly families: readonly Family[]
  /** The owner's repositories, where they are known: what one of its visibility has not is not read. */
  readonly repositories?: Repositories
  /** Texts that the configuration cannot hold: what has one is left out. Without it all that was read is given. */
  readonly whyUnsaid?: WhyUnsaid | undefined
  /** `live` gives also what no configuration may say, as GitHub has it. */
  readonly form?: 'configuration' | 'live' | undefined
}

/** Some scopes as they were read. */
export interface ImportedPart {
  readonly scopes: readonly ScopeSettings[]
  readonly notRead: readonly NotRead[]
  readonly partsNotRead: readonly PartNotRead[]
  readonly leftOut: readonly string[]
}

/** A scope, and the scopes in it. */
export interface ImportedScope {
  readonly own: ImportedPart
  readonly inner: ImportedPart
  readonly errors: Reading['errors']
  readonly shown: Readonly<Record<string, string>>
}

/** Reads a scope with those in it: of these each as soon as the list that has them was read. */
export async function importScope(request: ScopeImport, scope: Scope, above: BegunSections): Promise<ImportedScope> {
  const { families, glob } = request
  const own = sectionsNamed(request, scope)
  const first = readNamed(request, own, above)
  const lists = own.filter(({ family }) =>
    NESTED.some((level) => LADDER[level].above === scope.type && LADDER[level].key === family),
  )
  const hangs = families.some(({ name, needs }) => needs !== undefined && lists.some(({ family }) => family === name))
  const withInner = async (): Promise<readonly [Reading, ReadonlyMap<Scope, string | undefined>]> => {
    if (lists.length === 0) return [await first, new Map()]
    const inner = innerScopes(request, await (hangs ? first : readNamed(request, lists, above)))
    if (inner.size === 0) return [await first, inner]
    const all = [...own, ...[...inner.keys()].flatMap((each) => sectionsNamed(request, each))]
    return [await readNamed(await withIds(request, [...inner.keys()]), all, above), inner]
  }
  const [[reading, inner]] = await Promise.all([withInner(), first])
  const shown: Record<string, string> = {}
  const [names, below] = [compileAddressGlob(glob), compileAddressGlob(`${glob}/**`)]
  const byScope = new Map<string, ReadSection[]>()
  for (const each of reading.read) {
    const place = formatScope(each.section.scope)
    const there = byScope.get(place)
    if (there === undefined) byScope.set(place, [each])
    else there.push(each)
  }
  const partOf = (scopes: ReadonlyMap<Scope, string | undefined>): ImportedPart => {
    const leftOut: string[] = []
    const asked = new Set([...scopes.keys()].map(formatScope))
    const notRead = reading.notRead.filter(({ scope }) => asked.has(scope))
    const unread = new Set(notRead.map(({ scope }) => scope))
    const bodies = [...scopes].map(([scope, name]) => {
      const body = importedBody(byScope.get(formatScope(scope)) ?? [], {
        matches: (address) => names(address) || below(address),
        leftOut,
        shown,
        whyUnsaid: request.whyUnsaid,
        form: request.form,
      })
      return { scope, ...(name === undefined ? {} : { name }), body }
    })
    return {
      // A scope that is named as such is there, even where nothing in it can be managed on this product.
      scopes: bodies.filter(({ scope, body }) => {
        const named = names(formatScope(scope)) && !unread.has(formatScope(scope))
        return named || Object.keys(body).length > 0
      }),
      notRead,
      partsNotRead: reading.partsNotRead.filter(({ scope }) => asked.has(formatScope(scope))),
      leftOut,
    }
  }
  return { own: partOf(new Map([[scope, undefined]])), inner: partOf(inner), errors: reading.errors, shown }
}

/** Reads sections as an import does: whole. */
export function readNamed(
  { door, families, repositories }: ScopeImport,
  sections: readonly DesiredSection[],
  beside?: BegunSections,
): Promise<Reading> {
  return readSections({
    sections,
    beside,
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
 * The scopes inside those that were read, as far as the glob may name something in them, with their names on GitHub: the members
 * of the family that lists them.
 */
function innerScopes(
  { families, glob, whyUnsaid }: ScopeImport,
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
async function withIds(request: ScopeImport, inner: readonly Scope[]): Promise<ScopeImport> {
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
