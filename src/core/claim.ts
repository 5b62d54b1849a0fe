import { isUnaskedPut } from './canonical.ts'
import { another, type Ids } from './change-ids.ts'
import { type Document, type Json, sameJson } from './json.ts'
import type { Change, Plan, PlanFlags } from './plan.ts'
import type { Steps } from './steps.ts'

/** Why a saved plan does not hold any more. */
export interface Difference {
  readonly address: string
  readonly message: string
}

/**
 * Compares a run's own plan with the one that was reviewed. A reviewed plan is a claim: nothing of it is executed, and
 * changes that are done already may be missing.
 * @param stepsOf the steps in which a change of this address of the run's own plan is written
 * @returns the differences; none means that everything this run would do was reviewed
 */
export function differences(own: Plan, claimed: Plan, stepsOf: (address: string) => Steps): Difference[] {
  if (own.host !== claimed.host) {
    return [{ address: '', message: `the plan was made for ${claimed.host}, and this run works on ${own.host}` }]
  }
  const byAddress = new Map(claimed.changes.map((change) => [change.address, change]))
  const found = [...narrowed(own.flags, claimed.flags), ...twice(claimed.changes)]
  for (const change of own.changes) {
    if (isUnaskedPut(change)) continue
    const message = difference(change, byAddress.get(change.address), stepsOf(change.address))
    if (message !== undefined) found.push({ address: change.address, message })
  }
  return found
}

/** Reports a run whose flags leave out parts of the claimed plan. */
function narrowed(own: PlanFlags, claimed: PlanFlags): Difference[] {
  const owners = (flags: PlanFlags): string[] => flags.owner.flatMap((text) => text.toLowerCase().split(','))
  const narrower =
    isNarrower(owners(own), owners(claimed)) ||
    isNarrower(own.target, claimed.target) ||
    (isSubset(own.rotate, claimed.rotate) && !isSubset(claimed.rotate, own.rotate))
  return narrower ? [{ address: '', message: 'this run has narrower flags than the plan was made with' }] : []
}

/**
 * No flag at all is the widest. Globs are compared as they are written: the changes show the effect of other
 * differences.
 */
function isNarrower(own: readonly string[], claimed: readonly string[]): boolean {
  if (own.length === 0) return false
  return claimed.length === 0 || (isSubset(own, claimed) && !isSubset(claimed, own))
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  return some.every((one) => all.includes(one))
}

/** No plan that octoform made has an address twice: a reader may have looked at either. */
function twice(changes: readonly Change[]): Difference[] {
  const seen = new Set<string>()
  const found = new Set<string>()
  for (const { address } of changes) (seen.has(address) ? found : seen).add(address)
  return [...found].map((address) => ({ address, message: 'stands in the plan more than once' }))
}

function difference(own: Change, claimed: Change | undefined, steps: Steps): string | undefined {
  if (!claimed) return `would ${own.action} it, and the plan has no such change`
  if (own.owner_id !== claimed.owner_id || own.repository_id !== claimed.repository_id) {
    return 'its owner or repository is another one now, under the same name'
  }
  const finishes = claimed.action === 'create' && own.action === 'update'
  if (own.action !== claimed.action && !finishes) return `would ${own.action} it, and the plan says ${claimed.action}`
  const renamed = otherName(own.ids, claimed.ids)
  if (renamed !== undefined) return renamed
  const { inForce = {} } = steps
  // Planned before the mode was switched that the YAML's list means, and interrupted right after that.
  if (isSwitched(own, claimed, inForce)) return difference(joined(own, inForce), claimed, { ...steps, inForce: {} })
  const made = finishes ? finishedOf(own, claimed) : own.after
  if (!sameJson(made ?? undefined, claimed.after ?? undefined))
    return 'would make something else of it than the plan says'
  if (own.value === 'rotate' && claimed.value !== 'rotate' && !(finishes && claimed.value === 'put')) {
    return 'would put its value again, and the plan does not rotate it'
  }
  const moved = movedOf(own, claimed, { ...steps, beginning: finishes ? steps.beginning : (claimed.before ?? {}) })
  if (moved.length === 0) return undefined
  return `was changed since the plan was made: ${moved.join(', ')}`
}

/**
 * The rest of a create, without the fields that it leaves as they are: a list to which nothing is added has no place in the
 * plan of the create.
 */
function finishedOf({ before, after }: Change, claimed: Change): Document | null {
  const isLeft = (field: string): boolean =>
    at(claimed.after, field) === undefined && sameJson(at(before, field), at(after, field))
  return after && Object.fromEntries(Object.entries(after).filter(([field]) => !isLeft(field)))
}

/** A repository that took a reviewed name is another one. */
function otherName(own: Ids = {}, claimed: Ids = {}): string | undefined {
  for (const [name, id] of Object.entries(own)) {
    const reviewed = Object.hasOwn(claimed, name) ? claimed[name] : undefined
    if (reviewed !== undefined && reviewed !== id) return another(name, reviewed, id)
  }
  return undefined
}

function isSwitched(own: Change, { after }: Change, inForce: Document): boolean {
  return Object.keys(inForce).some(
    (field) => at(own.after, field) === undefined && sameJson(at(after, field), inForce[field]),
  )
}

function joined(own: Change, inForce: Document): Change {
  return {
    ...own,
    before: own.before && { ...own.before, ...inForce },
    after: own.after && { ...own.after, ...inForce },
  }
}

function movedOf(own: Change, claimed: Change, { beginning, passed, follows }: Steps): string[] {
  const start = beginning as Document
  if (own.action === 'delete') return movedFields(own.before, [start, emptied(start)], Object.keys(start))
  const isUpdate = own.action === claimed.action
  const seen = isUpdate ? Object.keys(start) : []
  const onTheWay = isUpdate && claimed.after ? { ...claimed.after, ...passed?.(start, claimed.after) } : claimed.after
  const moved = movedFields(own.before, [start, claimed.after, onTheWay], seen)
  // A list that its switch hides is visible only once the switch is written: after that, the plan makes no claim about
  // it.
  const switched = seen.filter((field) => !sameJson(at(own.before, field), at(start, field)))
  return moved.filter((field) => at(start, field) !== undefined || !switched.some((begun) => follows(field, begun)))
}

/** The lists of a document after a delete: the runners of a group may have been taken up by another before it goes. */
function emptied(document: Document): Document {
  return Object.fromEntries(
    Object.entries(document).map(([field, value]) => [field, Array.isArray(value) ? [] : value]),
  )
}

/** The fields whose value is neither of the starts'; lists are compared member by member. */
function movedFields(before: Document | null, starts: readonly (Document | null)[], seen: readonly string[]): string[] {
  if (before === null) return []
  return [...new Set([...Object.keys(before), ...seen])].filter((field) => {
    return !between(
      at(before, field),
      starts.map((start) => at(start, field)),
    )
  })
}

/** A saved plan is untrusted JSON: inherited properties, such as `constructor`, do not count. */
function at(document: Document | null, field: string): Json | undefined {
  return document !== null && Object.hasOwn(document, field) ? document[field] : undefined
}

function between(value: Json | undefined, starts: readonly (Json | undefined)[]): boolean {
  if (starts.some((start) => sameJson(value, start))) return true
  if (Array.isArray(value)) return everyMemberBetween(value, starts)
  if (value === null || typeof value !== 'object') return false
  const inner = starts.map((start) =>
    start !== null && typeof start === 'object' && !Array.isArray(start) ? start : null,
  )
  return movedFields(value as Document, inner as (Document | null)[], []).length === 0
}

function everyMemberBetween(value: readonly Json[], starts: readonly (Json | undefined)[]): boolean {
  const lists = starts.filter((start): start is readonly Json[] => Array.isArray(start)).map((list) => new Set(list))
  if (lists.length === 0) return false
  const held = new Set(value)
  return [held, ...lists].every((members) =>
    [...members].every((member) => lists.some((list) => list.has(member) === held.has(member))),
  )
}
