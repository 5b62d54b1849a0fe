import type { Route } from '../core/routes.ts'
import { property } from './shape.ts'
import { namingOf } from './shaped-answer.ts'

/** The members of a list as its pages bring them. */
export interface Members<T> {
  /** Takes those of one page. */
  add(page: readonly T[]): void
  count(): number
  all(): readonly T[]
  /** The first two that cannot both be there, in words. */
  clash(): string | undefined
}

/**
 * Gathers each member once. One that comes again on a later page was shifted there by a change; on one page nothing comes
 * twice, and at no time have two members one name (but runners, which are registered by machines), or one member two.
 */
export function createMembers<T>(route: Route): Members<T> {
  const members = new Map<unknown, T>()
  const byName = new Map<string, unknown>()
  const { nameOf, repeats } = namingOf(route)
  let clash: string | undefined
  const note = (what: string): void => {
    clash ??= what
  }
  const meet = (member: T, page: Pick<ReadonlySet<unknown>, 'has'>): unknown => {
    const name = nameOf(member)
    const key = identity(member) ?? Symbol('no identity')
    if (name === undefined) return key
    if (page.has(key)) note(`has ${JSON.stringify(name)} twice on one page`)
    const other = byName.get(name)
    if (other !== undefined && other !== key && !repeats) note(`has two members of the name ${JSON.stringify(name)}`)
    if (members.has(key) && nameOf(members.get(key)) !== name) note(`has two names for ${String(key)}`)
    byName.set(name, key)
    return key
  }
  return {
    add(page) {
      // Of the first page all that is known is on it.
      const here = members.size === 0 ? undefined : new Set<unknown>()
      for (const member of page) {
        const key = meet(member, here ?? members)
        here?.add(key)
        if (!members.has(key)) members.set(key, member)
      }
    },
    count: () => members.size,
    all: () => [...members.values()],
    clash: () => clash,
  }
}

function identity(member: unknown): string | undefined {
  const id = property(member, 'id')
  if (typeof id === 'number' || typeof id === 'string') return `id ${id}`
  const name = property(member, 'name')
  return typeof name === 'string' ? `name ${name}` : undefined
}
