import { fullEntry } from './by-name.ts'
import { isUnaskedPut } from './canonical.ts'
import { another, idOf, listsOf, namesAt } from './change-ids.ts'
import type { Difference } from './claim.ts'
import type { HeldBack } from './held-back.ts'
import { type Document, getPath, sameJson } from './json.ts'
import { fieldAt, leavesOf } from './leaves.ts'
import type { Observation, Observations } from './observations.ts'
import type { Change, NotRead, Plan } from './plan.ts'

/** The facts of a run, beside its plan, that show whether the rest of a reviewed plan is done. */
export interface RunFacts {
  readonly observations: Observations
  /** The files of the run's configuration, as `source` names them. */
  readonly files: readonly string[]
}

/**
 * The changes of a reviewed plan that this run does not make and that are not done. Done means that GitHub has `after`
 * now, of the same owner, repository and names by their ids; unread addresses count as not done.
 */
export function unfinished(own: Plan, claimed: Plan, { observations, files }: RunFacts): Difference[] {
  const mine = new Map(own.changes.map((change) => [change.address, change]))
  const reasons = reasonsIn(own)
  const found: Difference[] = []
  const isRead = new Map<string, boolean>()
  for (const change of claimed.changes) {
    const { address } = change
    if (isUnaskedPut(change)) continue
    const message = whyLeft(change, mine.get(address), reasons, observations)
    if (message === undefined) continue
    const { source } = change
    if (source !== null && !isRead.has(source.file)) {
      isRead.set(
        source.file,
        files.some((file) => mayBeOne(file, source.file)),
      )
    }
    const unread = source !== null && isRead.get(source.file) === false
    const hint = unread
      ? `; ${source.file}, where it stood, is not read by this run: give --config as for the plan`
      : ''
    found.push({ address, message: `${message}${hint}` })
  }
  return found
}

/** Names are as seen from the folder that a command was started in, which need not be the one of the plan. */
function mayBeOne(one: string, other: string): boolean {
  const [shorter = '', longer = ''] = [one, other]
    .map((name) => `/${name.replace(/^(\.{0,2}\/)+/, '')}`)
    .sort((left, right) => left.length - right.length)
  return longer.endsWith(shorter)
}

/** Addresses of a reviewed plan that need nothing any more. */
export function doneOf(own: Plan, claimed: Plan, left: readonly Difference[]): readonly string[] {
  const known = new Set([...own.changes, ...left].map(({ address }) => address))
  return claimed.changes
    .filter((change) => !isUnaskedPut(change) && !known.has(change.address))
    .map(({ address }) => address)
}

/** The reasons in a run's own plan for leaving addresses, and whole places, unchanged. */
interface Reasons {
  /** The first of each address. */
  readonly heldBack: ReadonlyMap<string, HeldBack>
  readonly notRead: ReadonlyMap<string, NotRead>
  readonly leftOut: ReadonlySet<string>
}

function reasonsIn({ held_back, not_read, left_out }: Plan): Reasons {
  return {
    heldBack: new Map([...held_back].reverse().map((held) => [held.address, held])),
    notRead: new Map([...not_read].reverse().map((unread) => [unread.scope, unread])),
    leftOut: new Set(left_out),
  }
}

/** The address, and the places around it, the widest first. */
function placesAround(address: string): readonly string[] {
  const parts = address.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

function whyLeft(
  change: Change,
  mine: Change | undefined,
  reasons: Reasons,
  observations: Observations,
): string | undefined {
  const isMade = mine !== undefined && !isUnaskedPut(mine)
  if (change.value === 'rotate' && mine?.value !== 'rotate')
    return 'the plan puts its value again, and this run does not'
  const observed = observations.at(change.address)
  // A change of both plans is left to their comparison.
  if (isMade) return observed && (unnamed(change, observed) ?? movedName(change, observed))
  if (observed === undefined)
    return `the plan has it, and this run does not: ${whyUnread(change, reasons, observations)}`
  const settled = mine?.after ?? observed.settled
  const missing = notDone(change, { ...observed, settled })
  return (
    missing && `the plan has it, and this run does not, though it is not done: ${whyHeld(change, reasons) ?? missing}`
  )
}

/** The held-back setting of an address, as text. */
function whyHeld({ address }: Change, { heldBack }: Reasons): string | undefined {
  const held = heldBack.get(address)
  return held && `${held.field ?? 'it'} is held back now (${held.reason})`
}

function whyUnread(change: Change, reasons: Reasons, observations: Observations): string {
  const { address } = change
  const held = whyHeld(change, reasons)
  if (held !== undefined) return held
  const around = placesAround(address)
  const [unread] = around.flatMap((place) => reasons.notRead.get(place) ?? [])
  if (unread) return `it could not be read (${unread.reason})`
  if (around.some((place) => reasons.leftOut.has(place))) return 'its flags leave it out'
  if (observations.lacksRepository(address))
    return 'no such repository is known to it: deleted, renamed, transferred, or named by the configuration no more'
  return 'its configuration does not mention it, so that nothing of it was read'
}

/** The part of a change that GitHub does not have, as text. */
function notDone(change: Change, observed: Observation): string | undefined {
  const { section, live } = observed
  const { owner_id, repository_id } = section.ids
  if (owner_id !== change.owner_id || repository_id !== change.repository_id) {
    return 'its owner or repository is another one now, under the same name'
  }
  if (change.action === 'delete') return live && 'it is still there'
  if (!live) return 'it is not there'
  const fields = change.after === null ? ['after'] : differing(change, change.after, observed)
  if (fields.length > 0) return `${fields.join(', ')} ${fields.length === 1 ? 'is' : 'are'} not as planned`
  return unnamed(change, observed) ?? movedName(change, observed)
}

function differing(change: Change, after: Document, { section, live, settled }: Observation): readonly string[] {
  const { family, scope } = section
  const leaves = leavesOf(family, scope.type)
  const strange = Object.keys(after).filter((key) => !leaves.some((leaf) => leaf.split('.')[0] === key))
  const missing = leaves.filter((leaf) => {
    const wanted = getPath(after, leaf)
    if (wanted === undefined || sameJson(wanted, settled && getPath(settled, leaf))) return false
    if (!fieldAt(family, leaf).secret) return !sameJson(wanted, live && getPath(live.spec, leaf))
    // Only the ledger knows the source of a value: where the change does not touch it, it may be unknown.
    return change.value !== null || !sameJson(wanted, change.before === null ? undefined : getPath(change.before, leaf))
  })
  return [...missing, ...strange]
}

/** A plan of a version that recorded no ids does not show which repositories it was made for. */
function unnamed({ before, after, ids = {} }: Change, { section: { family, scope } }: Observation): string | undefined {
  for (const leaf of listsOf(family, scope.type)) {
    const [had, has] = [namesAt(before, leaf), namesAt(after, leaf)]
    const full = (one: string): string => fullEntry(scope, fieldAt(family, leaf), one)
    const isOpen = (one: string): boolean => had.has(one) !== has.has(one) && !Object.hasOwn(ids, full(one))
    const name = [...had, ...has].find(isOpen)
    if (name !== undefined) return `the plan does not have the id of ${full(name)}: plan again`
  }
  return undefined
}

/** A name of the change behind which another repository stands now: one that GitHub lists, or that the listing has. */
function movedName(change: Change, { section, live }: Observation): string | undefined {
  const { family, scope } = section
  const ids = change.ids ?? {}
  const listed = (live && family.listed?.(live.ref)) ?? {}
  for (const leaf of listsOf(family, scope.type)) {
    const wanted = namesAt(change.after, leaf)
    for (const name of new Set([...wanted, ...namesAt(change.before, leaf)])) {
      const full = fullEntry(scope, fieldAt(family, leaf), name)
      const id = Object.hasOwn(ids, full) ? ids[full] : undefined
      const isListed = Object.hasOwn(listed, name)
      if (id === undefined || (!isListed && !wanted.has(name))) continue
      const now = idOf(section, live?.ref, leaf, name, isListed ? 'listed' : 'to be listed')
      if (now !== undefined && now !== id) return another(full, id, now)
    }
  }
  return undefined
}
