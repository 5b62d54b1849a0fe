import { describe, expect, it } from 'vitest'
import { isOpen, reachesAlike } from '../../src/core/open-reach.ts'
import type { Repositories } from '../../src/core/repository.ts'
import { reachGroup } from '../../src/families/common/group-access.ts'
import { reachOf } from '../../src/families/common/selected-access.ts'
import { ACME } from '../support/stub-family.ts'

/** No question may be asked of it: each would have the whole listing read. */
const UNASKED = {
  get all() {
    return expect.unreachable()
  },
  get byName() {
    return expect.unreachable()
  },
  get byId() {
    return expect.unreachable()
  },
  complete: true,
} as unknown as Repositories

const known = { repositories: UNASKED, product: { accepts: () => true } } as never
const group = { reach: (spec: object, of: never) => reachGroup(spec as never, of) }

interface Secret {
  readonly visibility?: string
  readonly repositories?: readonly string[]
}

describe('a member that all may use by its mode', () => {
  const own = {
    reach: (spec: object, of: never) => reachOf((spec as Secret).visibility, (spec as Secret).repositories, of),
  }

  it.each([
    [{ visibility: 'all' }, true],
    [{ visibility: 'private' }, true],
    [{}, true],
    [{ visibility: 'selected', repositories: ['web'] }, false],
    [{ visibility: 'none' }, false],
  ])('%j: %s', (spec, open) => {
    expect(isOpen(own as never, spec, known, ACME)).toBe(open)
    expect(isOpen(group as never, spec, known, ACME)).toBe(open)
  })

  it.each([
    [{ visibility: 'all', other: 1 }, { visibility: 'all', other: 2 }, true],
    [{ visibility: 'all' }, { visibility: 'private' }, false],
    [{ visibility: 'selected', repositories: ['web'] }, { visibility: 'selected', repositories: ['web'] }, true],
    [{ visibility: 'selected', repositories: ['web'] }, { visibility: 'selected', repositories: ['api'] }, false],
  ])('%j and %j are alike: %s', (before, after, alike) => {
    expect(reachesAlike(own as never, before, after, known, ACME)).toBe(alike)
    expect(reachesAlike(group as never, before, after, known, ACME)).toBe(alike)
  })

  it('is not alike where a switch beside the mode lets public ones in', () => {
    const [shut, open] = [false, true].map((on) => ({ visibility: 'all', allows_public_repositories: on }))
    expect(reachesAlike(group as never, shut as object, open as object, known, ACME)).toBe(false)
    expect(reachesAlike(group as never, open as object, { ...open, name: 'x' }, known, ACME)).toBe(true)
  })
})
