import { accessBetween, mergeAccess, NO_ACCESS } from './access.ts'
import { accessBelow } from './access-below.ts'
import { formatAddress } from './address.ts'
import { fullEntry } from './by-name.ts'
import { idOf, idsOfChange } from './change-ids.ts'
import { type ChangeSeed, changeOf } from './change-of.ts'
import type { Coming } from './coming.ts'
import type { DesiredMember } from './desired.ts'
import { phasesOf, widenedFields } from './directions.ts'
import type { Edit, Family, Get, Known } from './family.ts'
import { entryOf } from './family-at.ts'
import { listsOwned } from './field.ts'
import { desiredAbove } from './finding-place.ts'
import { scopeOfMember } from './holder.ts'
import { getPath } from './json.ts'
import { fieldAt, leavesOf, secretLeaf } from './leaves.ts'
import type { Live } from './live.ts'
import { isOpen, reachesAlike } from './open-reach.ts'
import type { Change } from './plan.ts'
import { pickRoute } from './routes.ts'
import { repositoryIn } from './scope.ts'
import type { SectionFacts } from './section-facts.ts'
import { unseenIn, withUnseen } from './unseen.ts'
import { asIfAllListed } from './unshown-list.ts'
import type { ValueAt } from './value-text.ts'
import type { Work } from './work.ts'

type EditSeed = Pick<Edit, 'action' | 'key' | 'before' | 'after' | 'ref'> &
  Partial<Pick<Edit, 'name' | 'changed' | 'given' | 'shared' | 'putsValue'>>

/** A change in the words of a family. */
export function editOf(section: SectionFacts, seed: EditSeed): Edit {
  const { scope, known } = section
  return {
    name: seed.key,
    changed: new Set(),
    given: new Set(),
    shared: new Set(),
    putsValue: false,
    ...seed,
    scope,
    known,
  }
}

interface Extras {
  readonly value: Change['value']
  readonly valueAt: ValueAt | undefined
  readonly named: ReadonlySet<string>
  readonly ledgerHolds: boolean
  readonly notes?: readonly string[]
  readonly inForce?: Work['inForce']
  /** Set where the member is not there yet. */
  readonly coming?: Coming | undefined
  /** The member that is planned; undefined for a delete. */
  readonly member?: DesiredMember
}

const NONE: readonly never[] = []
const ALL_LISTED = 'the list of those that may use it is not shown: any of them may be on it'

/** The change as plain data, and the requests that make it. */
export function workOf(section: SectionFacts, edit: Edit, seed: ChangeSeed, extras: Extras): Work {
  const { family, known, scope, ids } = section
  const own = entryOf(family, scope)
  const unseen = unseenIn(family, scope.type, edit.before, known.repositories)
  const repositories = withUnseen(known.repositories, [...unseen, ...(section.unlisted ?? [])])
  const reachOf = (spec: object | undefined): readonly number[] =>
    (spec && own.reach?.(spec, { ...known, repositories }, scope)) ?? []
  const [before, after] = asIfAllListed(family, { scope, product: known.product }, [edit.before, edit.after])
  const sidesOf = [extras.coming ? undefined : before, after] as const
  const alike = sameReach(section, sidesOf) && !known.below
  const [had, has] = alike ? [[], []] : [reachOf(sidesOf[0]), reachOf(after)]
  const direct = own.reach
    ? accessBetween(had, has, repositories, extras.named, broughtIn(extras.member), section.sameEntry)
    : NO_ACCESS
  const access =
    known.below && own.reachBelow
      ? mergeAccess([direct, accessBelow(own, { ...known, repositories }, edit, { had, has })])
      : direct
  const sends = own.write(edit)
  const sides = { before: edit.before, after: edit.after, gains: access.gains.length > 0 }
  const change = changeOf(seed, {
    ids,
    named: idsOfChange(section, edit.ref, seed),
    value: extras.value,
    widens: edit.action === 'update' ? widenedFields(family, sends, edit.changed, sides) : NONE,
    access,
    consequences: family.consequences?.(edit) ?? NONE,
    notes: before === edit.before ? (extras.notes ?? NONE) : [...(extras.notes ?? []), ALL_LISTED],
    moves: family.moves?.(edit) ?? NONE,
  })
  return {
    change,
    family,
    scope,
    key: edit.key,
    ref: edit.ref,
    sends,
    phases: phasesOf(family, sends, sides),
    value: extras.valueAt,
    visibility: repositories.byName.get(repositoryIn(scope)?.repo ?? '')?.visibility,
    hosts: edit.before && family.hosts?.(edit.before),
    listed: listedIds(section, edit, extras.member),
    identities: identitiesIn(section, edit, extras.member),
    beside: besideOf(section, edit),
    leavesGroup: family.leavesGroup?.(edit),
    along: edit.action === 'delete' ? family.takesAlong?.(edit) : undefined,
    workflows: workflowsOf(family, edit),
    single: singleOf(section),
    findListed: listedAgain(section, edit.key),
    ledgerHolds: extras.ledgerHolds,
    stops: family.stops?.(edit),
    admits: admitsOf(family, edit),
    policy: desiredAbove(section),
    ...(known.repositories.onlyNamed && !alike && sidesOf.some((spec) => spec && isOpen(own, spec, known, scope))
      ? { opens: true }
      : {}),
    ...(extras.inForce ? { inForce: extras.inForce } : {}),
    ...(extras.coming ? { comesBy: bringing(section, extras.coming) } : {}),
  }
}

/** Whether the owner's listing has nothing to say of who may use it. */
function sameReach({ family, scope, known }: SectionFacts, [before, after]: readonly (object | undefined)[]): boolean {
  return (
    before !== undefined && after !== undefined && reachesAlike(entryOf(family, scope), before, after, known, scope)
  )
}

function besideOf({ family, scope }: SectionFacts, edit: Edit): Work['beside'] {
  const members = Object.entries(family.beside?.(edit) ?? {})
  const place = scopeOfMember(scope, family.name, edit.key) ?? scope
  return members.length === 0
    ? undefined
    : members.flatMap(([of, keys]) => keys.map((key) => formatAddress(place, of, key)))
}

/** Apart from where the change is made, so that of a hundred thousand changes only the keys are kept for it. */
function listedAgain(section: SectionFacts, key: string): Work['findListed'] {
  return async (get) => {
    const members = await bareList(section, get)
    const { family } = section
    return members.find((member) => family.fold(member.key) === family.fold(key) && member.fixed !== 'inherited')
  }
}

function bringing(section: SectionFacts, { by, live: { key, spec } }: Coming): NonNullable<Work['comesBy']> {
  const find = async (get: Get): Promise<object | undefined> => {
    const members = await bareList(section, get)
    return members.find((member) => member.key === key && member.fixed === 'inherited')?.ref
  }
  return { address: by, spec, find }
}

/** Reads only the list itself, and no more of its members. */
function bareList({ family, scope, known }: SectionFacts, get: Get): Promise<readonly Live[]> {
  const bare: Known = {
    ...known,
    once: (_, work) => work(),
    desired: () => undefined,
    mentions: () => false,
    concerns: () => false,
    deletes: () => false,
  }
  return entryOf(family, scope).read(scope, get, bare)
}

/** Own fields alone: a repository may be called `constructor`. */
function broughtIn(member: DesiredMember | undefined): (name: string) => string | undefined {
  const { brought = {}, setBrought } = member ?? {}
  return (name) => (Object.hasOwn(brought, name) ? brought[name] : setBrought)
}

function singleOf({ family, scope, known }: SectionFacts): Work['single'] {
  const path = secretLeaf(family)
  const routes = path === undefined ? undefined : fieldAt(family, path).written[scope.type]?.single
  return routes && pickRoute(routes, known.product)
}

function workflowsOf({ workflows }: Family, { before, after }: Edit): Work['workflows'] {
  return workflows && before && after ? { before: workflows(before), after: workflows(after) } : undefined
}

function admitsOf({ admits }: Family, { before, after }: Edit): Work['admits'] {
  return admits && { before: before ? admits(before) : null, after: after ? admits(after) : null }
}

/** The ids of the repositories that the YAML writes out in lists which a change writes. */
function listedIds(section: SectionFacts, edit: Edit, member: DesiredMember | undefined): Work['listed'] {
  if (member === undefined) return undefined
  const { family, scope, known } = section
  const changed = leavesOf(family, scope.type).filter((leaf) => edit.changed.has(leaf))
  const names = changed.flatMap((leaf) => writtenOut(family, member, leaf))
  return Object.fromEntries(
    names.flatMap((name) => {
      const id = known.repositories.byName.get(name)?.id
      return id === undefined ? [] : [[name, id]]
    }),
  )
}

/** The same of teams, persons and Apps, by their full names. */
function identitiesIn(section: SectionFacts, edit: Edit, member: DesiredMember | undefined): Work['identities'] {
  if (member === undefined) return undefined
  const { family, scope } = section
  const found: Record<string, number> = {}
  for (const leaf of leavesOf(family, scope.type).filter((each) => edit.changed.has(each))) {
    const field = fieldAt(family, leaf)
    const exact = (getPath(member.spec, leaf) as readonly string[] | undefined) ?? []
    for (const name of field.identity ? [...exact, ...(member.edits[leaf]?.add ?? [])] : []) {
      const id = idOf(section, edit.ref, leaf, name, 'to be listed')
      if (id !== undefined) found[fullEntry(scope, field, name)] = id
    }
  }
  return found
}

function writtenOut(family: Family, member: DesiredMember, leaf: string): readonly string[] {
  if (!listsOwned(fieldAt(family, leaf))) return []
  const matched = new Set(member.matched[leaf] ?? [])
  const exact = (getPath(member.spec, leaf) as readonly string[] | undefined) ?? []
  return [...exact, ...(member.edits[leaf]?.add ?? [])].filter((name) => !matched.has(name))
}

/**
 * The repositories that the YAML writes out: their access is named, that of all others is matched, on a list or not.
 */
export function namedIn(section: SectionFacts, member: DesiredMember): ReadonlySet<string> {
  if (member.fromSet) return new Set()
  const { family, scope } = section
  const named = new Set<string>([repositoryIn(scope)?.repo ?? []].flat())
  for (const leaf of leavesOf(family, scope.type)) {
    for (const name of writtenOut(family, member, leaf)) named.add(name)
  }
  return named
}
