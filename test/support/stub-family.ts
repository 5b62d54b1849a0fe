import { formatAddress } from '../../src/core/address.ts'
import type { DesiredMember, DesiredSection, ListEdit, Prune } from '../../src/core/desired.ts'
import type { Source } from '../../src/core/diagnostic.ts'
import type { Edit, Family, FamilyAt, Known } from '../../src/core/family.ts'
import { type Document, getPath, type Json } from '../../src/core/json.ts'
import type { Live } from '../../src/core/live.ts'
import { indexRepositories, type Repositories, type Repository } from '../../src/core/repository.ts'
import type { Route } from '../../src/core/routes.ts'
import { type Scope, type ScopeType, scopeParams } from '../../src/core/scope.ts'
import type { SectionFacts } from '../../src/core/section-facts.ts'
import type { Send } from '../../src/core/send.ts'
import type { Support } from '../../src/core/support.ts'

export const ACME: Scope = { type: 'organization', org: 'acme' }
export const WEB: Scope = { type: 'repository', owner: 'acme', repo: 'web' }

const GET: Route = 'GET /orgs/{org}/boxes'
const PUT: Route = 'PUT /orgs/{org}/boxes/{key}'
const PUT_REPOSITORIES: Route = 'PUT /orgs/{org}/boxes/{key}/repositories'

/** The differences from the family of boxes: of the family itself, and of its entries at both levels. */
export type StubRest = Partial<Family<Document, object>> & Partial<FamilyAt<ScopeType, Document, object>>

/**
 * A family that no product has: boxes, with a field of every kind. A test overrides only its subject. `open` lets every
 * repository in, else the listed ones may use a box.
 */
export function stubFamily(rest: StubRest = {}): Family {
  const { presence = GET, reads = [GET], writes = [PUT, PUT_REPOSITORIES], ...given } = rest
  const { read = () => Promise.resolve([]), write = writeBox, reach = reachBox, required, ...more } = given
  const { most, align, check, occupied, dictated, unreadable, byId, ...own } = more
  const hooks = defined({ most, align, check, occupied, dictated, unreadable, byId, reach })
  const entry = { presence, reads, writes, read, write, ...hooks } as const
  const box = { written: { organization: { route: PUT }, repository: { route: PUT } } }
  const base: Family<Document, object> = {
    name: 'boxes',
    shape: 'members',
    scopes: {
      organization: { ...entry, required: required ?? ['level'] },
      repository: { ...entry, ...(required ? { required } : {}) },
    },
    fields: {
      level: { wider: ['low', 'high'], ...box },
      open: { wider: [false, true], ...box },
      colour: box,
      repositories: { list: 'repositories', wider: 'more', written: { organization: { route: PUT_REPOSITORIES } } },
      'inner.size': { wider: 'never', ...box },
      'inner.tags': { list: 'names', wider: (before, after) => lacks(before, after), ...box },
    },
    fold: (key) => key.toUpperCase(),
  }
  return { ...base, ...own } as Family
}

function defined<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}

/** Whether the first list holds a member that the second lacks: fewer tags let more in. */
function lacks(first: Json | undefined, second: Json | undefined): boolean {
  const members = new Set(Array.isArray(second) ? second : [])
  return Array.isArray(first) && first.some((member) => !members.has(member))
}

function reachBox(spec: Document, known: Known): readonly number[] {
  if (spec.open === true) return known.repositories.all.map(({ id }) => id)
  const names = (getPath(spec, 'repositories') ?? []) as readonly string[]
  return names.flatMap((name) => known.repositories.byName.get(name)?.id ?? [])
}

function writeBox({ changed, scope, key }: Edit<Document>): readonly Send[] {
  const params = () => ({ ...scopeParams(scope), key })
  const lists = [...changed].filter((path) => path === 'repositories')
  const others = [...changed].filter((path) => path !== 'repositories')
  const sends: Send[] = lists.length === 0 ? [] : [{ route: PUT_REPOSITORIES, fields: lists, params }]
  return others.length === 0 && sends.length > 0 ? sends : [...sends, { route: PUT, fields: others, params }]
}

/** Repositories with ids from 1, in this order; `site:public` is public, `hub:internal` internal, any other private. */
export function listed(names: readonly string[], complete: 'complete' | 'partial' = 'complete'): Repositories {
  const all = names.map((text, index): Repository => {
    const [name = '', visibility = 'private'] = text.split(':')
    return {
      id: index + 1,
      name,
      visibility: visibility as Repository['visibility'],
      fork: false,
      archived: false,
      topics: [],
    }
  })
  return indexRepositories(all, complete)
}

const EVERYTHING: Support = { has: () => true, accepts: () => true, returns: () => true }

interface FactsRest extends Partial<Omit<SectionFacts, 'known' | 'family'>> {
  readonly known?: Partial<Known>
}

/** The facts of a section: by default of the organization acme, which has no repositories. */
export function factsOf(family: Family, { known, ...rest }: FactsRest = {}): SectionFacts {
  const nothing: Known = {
    product: EVERYTHING,
    repositories: listed([]),
    live: () => undefined,
    desired: () => undefined,
    mentions: () => true,
    concerns: () => true,
  }
  return {
    scope: ACME,
    family,
    known: { ...nothing, ...known },
    ids: { owner_id: 7, repository_id: null },
    facts: () => undefined,
    rotates: () => false,
    ...rest,
  }
}

/** A place in a file that no other member of the test has: messages name its line. */
export function line(number: number): Source {
  return { file: 'octoform.yaml', line: number, col: 1 }
}

interface WantRest extends Partial<Omit<DesiredMember, 'edits'>> {
  readonly edits?: Readonly<Record<string, Partial<ListEdit>>>
}

/** A desired member of a section, present unless it says otherwise; `edits` by dotted path. */
export function want({ family, scope }: SectionFacts, key: string, spec: Document, rest: WantRest = {}): DesiredMember {
  const edits = Object.entries(rest.edits ?? {}).map(([path, edit]) => [path, { add: [], remove: [], ...edit }])
  return {
    key,
    address: formatAddress(scope, family.name, key),
    state: 'present',
    spec,
    source: line(1),
    sources: {},
    matched: {},
    fromSet: false,
    ...rest,
    edits: Object.fromEntries(edits),
  }
}

/** A live member. */
export function has(key: string, spec: Document, rest: Partial<Live> = {}): Live {
  return { key, spec, ref: {}, ...rest }
}

/** A section of the configuration. */
export function sectionOf(
  { family, scope }: SectionFacts,
  members: readonly DesiredMember[],
  prune: readonly Prune[] = [],
): DesiredSection {
  return { scope, family: family.name, members, prune, source: line(1) }
}
