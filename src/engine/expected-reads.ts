import type { DesiredMember, DesiredSection } from '../core/desired.ts'
import type { Family, FamilyAt } from '../core/family.ts'
import { at } from '../core/family-at.ts'
import { getPath, isDocument } from '../core/json.ts'
import { type ReadsFor, readsTaken } from '../core/reads-for.ts'
import { hasSome, pickRoute, type Route } from '../core/routes.ts'
import { LADDER, namesOf, repositoryIn } from '../core/scope.ts'
import type { Support } from '../core/support.ts'
import { neededAbove } from './above.ts'
import { sectionAddress } from './known.ts'
import { pageCount } from './page-count.ts'

export interface ExpectedInput {
  readonly sections: readonly DesiredSection[]
  /** Sections of the owner above, as the configuration wants them. */
  readonly above: readonly DesiredSection[]
  readonly families: readonly Family[]
  readonly product: Support
  /** `none` for a personal account, which has no level above its repositories. */
  readonly policies: 'above' | 'none'
}

/**
 * About how many requests reading the sections takes, by the name of the repository that they are in, `''` for the owner's
 * own: the first read of each family, one for each member whose list the configuration knows, and further pages. It takes
 * GitHub to be as the configuration says, so that drift makes it wrong by as many lists.
 */
export function expectedReads({
  sections,
  above,
  families,
  product,
  policies,
}: ExpectedInput): ReadonlyMap<string, number> {
  const ofName = new Map(families.map((family) => [family.name, family]))
  const asked = new Map<string, Set<string>>()
  const counts = new Map<string, number>()
  const routesOf = openRoutes(product)
  const note: Note = ({ scope }, route, member, requests) => {
    const repository = repositoryIn(scope)
    const unit = repository?.repo ?? ''
    const keys = asked.get(unit) ?? new Set()
    asked.set(unit, keys)
    // Of the unit's own sections the routes differ by level.
    const isOwn = member === '' && (repository === undefined || repository === scope)
    const key = isOwn ? route : [route, ...namesOf(scope), member].join(' ')
    if (keys.has(key)) return
    keys.add(key)
    counts.set(unit, (counts.get(unit) ?? 0) + requests)
  }
  for (const section of sections) {
    const family = ofName.get(section.family)
    if (family) noteSection(section, family, routesOf, note)
  }
  if (policies === 'none') return counts
  const desired = new Map([...above, ...sections].map((section) => [sectionAddress(section), section]))
  const own = new Set(sections.map(sectionAddress))
  for (const [address, policy] of neededAbove(sections, families, desired)) {
    if (own.has(address)) continue
    const spec = Object.fromEntries([...policy.fields].map((field) => [field.split('.')[0] ?? field, null]))
    const members = [{ key: '', state: 'present', spec }] as const
    noteSection({ scope: policy.scope, members }, policy.family, routesOf, note)
  }
  return counts
}

type Noted = Pick<DesiredSection, 'scope'> & {
  readonly members: readonly Pick<DesiredMember, 'key' | 'state' | 'spec'>[]
}
type Note = (section: Noted, route: Route, member: string, requests: number) => void

function noteSection(section: Noted, family: Family, routesOf: RoutesOf, note: Note): void {
  const entry = at(family, section.scope)
  if (!entry) return
  const given = section.members.filter(({ state }) => state === 'present')
  const routes = routesOf(entry, section, given)
  if (routes === undefined) return
  const { main, further } = routes
  note(section, main, '', family.shape === 'members' ? pageCount(main, given.length) : 1)
  for (const { route, field, isOfMember: ofEach } of further) {
    const takers = given.filter((member) => takes(member, route, entry))
    if (!ofEach) {
      const length = takers.reduce((sum, member) => sum + lengthOf(member, field), 0)
      if (takers.length > 0) note(section, route, '', pageCount(route, length))
    } else if (!/\}$/.test(route)) {
      for (const member of takers) note(section, route, member.key, pageCount(route, lengthOf(member, field)))
    }
  }
}

/** The routes that reading a section takes, but those that another one spares. */
interface RoutesRead {
  readonly main: Route
  readonly further: readonly { readonly route: Route; readonly field: string; readonly isOfMember: boolean }[]
}

/** @returns undefined where the product lacks the family at the level */
type RoutesOf = (entry: FamilyAt, section: Noted, given: Noted['members']) => RoutesRead | undefined

/** Works the routes out once for each family and level and what of it is asked for: the same for 10,000 repositories. */
function openRoutes(product: Support): RoutesOf {
  const known = new Map<FamilyAt, Map<string, RoutesRead | undefined>>()
  return (entry, section, given) => {
    const asks = (entry.readsFor ?? NONE).map((reads) => given.some((member) => asksFor(member, reads)))
    const ofEntry = known.get(entry) ?? new Map<string, RoutesRead | undefined>()
    known.set(entry, ofEntry)
    const key = `${asks}`
    if (!ofEntry.has(key)) {
      const isAsked = (reads: ReadsFor): boolean => asks[entry.readsFor?.indexOf(reads) ?? -1] === true
      ofEntry.set(key, routesRead(entry, section, product, isAsked))
    }
    return ofEntry.get(key)
  }
}

const NONE: readonly ReadsFor[] = []

function routesRead(
  entry: FamilyAt,
  section: Noted,
  product: Support,
  isAsked: (reads: ReadsFor) => boolean,
): RoutesRead | undefined {
  if (!hasSome(product, entry.presence)) return undefined
  const [first, ...others] = readsTaken(entry, isAsked)
  if (first === undefined) return undefined
  const routes = others.filter((each) => hasSome(product, each)).map((each) => pickRoute(each, product))
  const needed = routes.filter((route) => !routes.some((other) => spares(other, route, section, product)))
  return {
    main: pickRoute(first, product),
    further: needed.map((route) => ({ route, field: fieldOf(route), isOfMember: isOfMember(route, section) })),
  }
}

/** Whether the configuration gives what the route is for: a field called like its last word, or the switch that brings a list into force. */
function takes({ spec }: Noted['members'][number], route: Route, { readsFor = [] }: FamilyAt): boolean {
  const field = fieldOf(route)
  if (Object.hasOwn(spec, field)) return true
  if (readsFor.some(({ routes }) => routes.includes(route))) return true
  if (!LISTS.has(field)) return false
  return Object.entries(spec).some(([key, value]) => value === 'selected' && key !== 'allowed_actions')
}

const LISTS: ReadonlySet<string> = new Set(Object.values(LADDER).flatMap(({ lists }) => lists ?? []))

function asksFor({ spec }: Noted['members'][number], { field, when = () => true }: ReadsFor): boolean {
  const value = getPath(spec, field)
  return value !== undefined && when(value)
}

/** The field that is named like the end of a path: `selected_actions` of `…/permissions/selected-actions`. */
function fieldOf(route: Route): string {
  const word = route.slice(route.lastIndexOf('/') + 1)
  return word.includes('-') ? word.replaceAll('-', '_') : word
}

/**
 * Whether one list makes another needless: that of all runners names the group of each on some products, and serves all
 * groups there; on the others each group's own does.
 */
function spares(one: Route, other: Route, section: Noted, product: Support): boolean {
  if (fieldOf(one) !== fieldOf(other) || isOfMember(one, section) === isOfMember(other, section)) return false
  const [ofAll, ofMember] = isOfMember(one, section) ? [other, one] : [one, other]
  const holder = paramsIn(ofMember).at(-1) ?? ''
  return product.returns(ofAll, holder) === (one === ofAll)
}

/** Whether its path goes through a member of the scope. */
export function isOfMember(route: Route, { scope }: Pick<DesiredSection, 'scope'>): boolean {
  const own: readonly string[] = [...LADDER[scope.type].params, 'repository_id']
  return paramsIn(route).some((param) => !own.includes(param))
}

function paramsIn(route: Route): readonly string[] {
  return (route.match(/\{\w+\}/g) ?? []).map((param) => param.slice(1, -1))
}

function lengthOf({ spec }: Noted['members'][number], field: string): number {
  const value = spec[field]
  return Array.isArray(value) ? value.length : isDocument(value) ? Object.keys(value).length : 1
}
