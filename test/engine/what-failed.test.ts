import { describe, expect, it } from 'vitest'
import { formatScope } from '../../src/core/address.ts'
import type { Phase } from '../../src/core/directions.ts'
import type { Family } from '../../src/core/family.ts'
import type { Scope } from '../../src/core/scope.ts'
import type { Work } from '../../src/core/work.ts'
import type { Progress } from '../../src/engine/outcome-of.ts'
import { createStopped } from '../../src/engine/stopped.ts'
import { whatFailed } from '../../src/engine/what-failed.ts'
import { buildChange } from '../support/plan-builder.ts'
import { ACME, stubFamily, WEB } from '../support/stub-family.ts'

const policy = stubFamily({ name: 'policy' })
const second = stubFamily({ name: 'second', needs: [{ family: 'policy', from: 'above' }] })
const API: Scope = { type: 'repository', owner: 'acme', repo: 'api' }
const PROD: Scope = { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod' }
const REFUSED: Progress = { done: [], sent: 1, ref: undefined, error: { message: 'refused' } }

function work(name: string, scope: Scope, family: Family, phases: readonly Phase[], closesFirst?: true): Work {
  return {
    change: buildChange(name, name.startsWith('new') ? null : {}, {}),
    family,
    scope,
    key: name,
    ref: undefined,
    sends: phases.map(() => ({ route: 'PUT /x', fields: [], params: () => ({}), ...(closesFirst && { closesFirst }) })),
    phases,
    value: undefined,
    ledgerHolds: false,
    findListed: () => Promise.resolve(undefined),
  }
}

const opens = work('opens', WEB, second, ['widen'])
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

describe('a request waits for what stopped', () => {
  it.each<[string, Work, Phase, Work, boolean]>([
    ['below it, which was to close', opens, 'widen', work('p', PROD, second, ['narrow'], true), true],
    ['below it, before what takes its place', opens, 'replace', work('p', PROD, second, ['narrow'], true), true],
    ['below it, of another family', opens, 'widen', work('p', PROD, policy, ['narrow'], true), false],
    ['beside it', opens, 'widen', work('a', API, second, ['narrow'], true), false],
    [
      'further down, in any owner',
      work('o', ACME, second, ['widen']),
      'widen',
      work('p', PROD, second, ['widen'], true),
      true,
    ],
    ['in the policy above', opens, 'widen', work('limit', ACME, policy, ['narrow']), true],
    ['in the policy above, which takes its place', opens, 'widen', work('limit', ACME, policy, ['replace']), true],
    ['in the policy above, which only widens', opens, 'widen', work('limit', ACME, policy, ['widen']), false],
    ['in the policy of its own level', opens, 'widen', work('limit', WEB, policy, ['narrow']), false],
    ['in its section, before what lets go', opens, 'last', work('joins', WEB, second, ['widen']), true],
    ['in its section, before what only widens', opens, 'widen', work('joins', WEB, second, ['widen']), false],
    ['in the section of another scope', opens, 'last', work('joins', API, second, ['widen']), false],
  ])('%s', (_, taken, phase, other, waits) => {
    const stopped = createStopped([taken, other])
    stopped.note(other, REFUSED)
    expect(whatFailed(taken, phase, stopped)?.work).toBe(waits ? other : undefined)
    stopped.note(other, { done: [0], sent: 1, ref: undefined })
    expect(whatFailed(taken, phase, stopped)).toBeUndefined()
  })

  it('in the members of the level above that it has, before it opens one of them', () => {
    const [plain, held] = [stubFamily({ name: 'group' }), stubFamily({ name: 'held' })]
    const sharing = { ...plain, inherits: () => true, holds: ['held'] }
    const open = work('chooses', WEB, sharing, ['open'])
    for (const other of [work('gives', ACME, plain, ['last']), work('held', ACME, held, ['narrow'])]) {
      const leaves = { ...other, leavesGroup: true }
      const stopped = createStopped([open, leaves])
      stopped.note(leaves, REFUSED)
      expect(whatFailed(open, 'open', stopped)).toEqual({ work: leaves, why: 'was to leave this first' })
      expect(whatFailed({ ...open, family: plain }, 'open', stopped)).toBeUndefined()
    }
  })

  it('of the place that it is in', () => {
    const place = {
      ...work('new', WEB, policy, ['widen']),
      change: buildChange(formatScope(PROD).toUpperCase(), null, {}),
    }
    const within = work('within', PROD, second, ['narrow'])
    const stopped = createStopped([place, within])
    stopped.note(place, REFUSED)
    expect(whatFailed(within, 'narrow', stopped)).toEqual({ work: place, why: 'was to hold this' })
  })

  it('and names the first of several, in the order of the run', () => {
    const [one, two] = [work('one', WEB, second, ['narrow']), work('two', WEB, second, ['narrow'])]
    const stopped = createStopped([one, two])
    for (const each of [two, one]) stopped.note(each, REFUSED)
    expect(whatFailed(opens, 'last', stopped)?.work).toBe(one)
  })
})

it('looks at no change of another place', () => {
  const asked = { count: 0 }
  const refused = range(2000).map((index) => {
    const scope: Scope = { type: 'repository', owner: 'acme', repo: `r${index}` }
    return Object.defineProperty(work(`r${index}`, scope, second, ['widen']), 'scope', {
      get() {
        asked.count += 1
        return scope
      },
    })
  })
  const stopped = createStopped(refused)
  for (const each of refused) stopped.note(each, REFUSED)
  for (const each of refused) whatFailed(each, 'last', stopped)
  expect(asked.count).toBeLessThan(20 * refused.length)
})
