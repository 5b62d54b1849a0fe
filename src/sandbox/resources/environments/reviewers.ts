import type { Call } from '../../http/call.ts'
import type { Owner } from '../../world/owners.ts'
import { SeedError } from '../../world/seed-reader.ts'
import type { World } from '../../world/store.ts'
import { simpleUser } from '../accounts/present-owner.ts'
import { presentTeam, teamOf, teamWith } from '../teams.ts'

export interface Reviewer {
  readonly type: 'User' | 'Team'
  readonly id: number
}

/** A reviewer by name, with its place in the seed. */
export interface PendingReviewer {
  readonly path: string
  readonly type: Reviewer['type']
  readonly name: string
}

/** The reviewer that a seed names. @throws SeedError */
export function reviewerNamed(world: World, owner: Owner, { type, name, path }: PendingReviewer): Reviewer {
  const found = type === 'User' ? person(world, name) : teamOf(owner, name)
  if (found === undefined) throw new SeedError(path, `names ${name}, which is not there.`)
  return { type, id: found.id }
}

/** Whether there is such a reviewer for the repositories of an owner. */
export function isReviewer(world: World, owner: Owner, { type, id }: Reviewer): boolean {
  return type === 'User' ? personWith(world, id) !== undefined : teamWith(owner, id) !== undefined
}

/** As in the answers of GitHub; none of one that is there no more. */
export function presentReviewer(call: Call, owner: Owner, { type, id }: Reviewer): readonly object[] {
  if (type === 'User') {
    const found = personWith(call.world, id)
    return found === undefined ? [] : [{ type, reviewer: simpleUser(call, found) }]
  }
  const team = teamWith(owner, id)
  return team === undefined ? [] : [{ type, reviewer: presentTeam(call, owner, team) }]
}

/** The same in the seed's shape. */
export function dumpReviewer(world: World, owner: Owner, { type, id }: Reviewer): readonly object[] {
  if (type === 'User') return [personWith(world, id)].flatMap((one) => (one ? [{ user: one.login }] : []))
  return [teamWith(owner, id)].flatMap((one) => (one ? [{ team: one.slug }] : []))
}

function persons(world: World) {
  return [world.viewer, ...world.owners.values()].filter((each) => each.type === 'User')
}

function person(world: World, login: string) {
  return persons(world).find((each) => each.login.toLowerCase() === login.toLowerCase())
}

function personWith(world: World, id: number) {
  return persons(world).find((each) => each.id === id)
}
