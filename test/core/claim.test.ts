import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences } from '../../src/core/claim.ts'
import type { Document } from '../../src/core/json.ts'
import type { Change, Plan } from '../../src/core/plan.ts'
import { type Steps, stepsOf } from '../../src/core/steps.ts'
import { permissions } from '../../src/families/permissions/index.ts'
import { runnerGroups } from '../../src/families/runner-groups/index.ts'
import { secrets } from '../../src/families/secrets/index.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'
import { ACME } from '../support/stub-family.ts'

const GROUP = 'orgs/acme/runner_groups/gpu'
const SECRET = 'orgs/acme/secrets/TOKEN'
const PERMISSIONS = 'orgs/acme/permissions'

function stepsAt(address: string): Steps {
  const family = [secrets, runnerGroups, permissions].find(({ name }) => address.split('/')[2] === name)
  return family ? stepsOf({ family, scope: ACME }) : { beginning: {}, follows: () => false }
}

function refusals(own: readonly Change[], claimed: readonly Change[], rest: Partial<Plan> = {}): string[] {
  const found = differences(buildPlan(own), buildPlan(claimed, rest), stepsAt)
  return found.map(({ address, message }) => `${address}: ${message}`)
}

type Sides = readonly [before: Document | null, after: Document | null, rest?: Partial<Change>]

const list = (...repositories: string[]): Document => ({ repositories })
const CLOSED = { visibility: 'selected', repositories: [], runners: [], allows_public_repositories: false }
const OPEN = { visibility: 'selected', repositories: ['a'], runners: ['gpu-01'], allows_public_repositories: true }

describe('a change of this run stands in the plan', () => {
  it.each<[string, string, Sides, Sides]>([
    ['unchanged', SECRET, [list('a'), list('b')], [list('a'), list('b')]],
    [
      'with the keys in another order',
      SECRET,
      [
        { a: 1, b: [1] },
        { b: 2, a: 2 },
      ],
      [
        { b: [1], a: 1 },
        { a: 2, b: 2 },
      ],
    ],
    ['where a part of a list is done', SECRET, [list('a', 'c'), list('c', 'd')], [list('a', 'b'), list('c', 'd')]],
    [
      'where one field is done',
      SECRET,
      [
        { x: 2, y: 1 },
        { x: 2, y: 2 },
      ],
      [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
    ],
    [
      'where one field of an inner map is done',
      PERMISSIONS,
      [{ selected_actions: { a: true, b: ['x'] } }, { selected_actions: { a: true, b: ['y'] } }],
      [{ selected_actions: { a: false, b: ['x'] } }, { selected_actions: { a: true, b: ['y'] } }],
    ],
    ['where a create has begun closed', GROUP, [CLOSED, OPEN], [null, OPEN]],
    [
      'where a create has begun closed, and a list that it leaves out is as it began',
      GROUP,
      [
        { ...list(), runners: [] },
        { ...list('a'), runners: [] },
      ],
      [null, list('a')],
    ],
    ['where a create is half open', GROUP, [{ ...OPEN, runners: [] }, OPEN], [null, OPEN]],
    [
      'where the switch is written, and shows what the list held all the time',
      PERMISSIONS,
      [
        { enabled_repositories: 'selected', ...list('old') },
        { enabled_repositories: 'selected', ...list('a') },
      ],
      [{ enabled_repositories: 'all' }, { enabled_repositories: 'selected', ...list('a') }],
    ],
    [
      'where Actions is on, and no more than local actions run yet',
      PERMISSIONS,
      [
        { enabled_repositories: 'all', allowed_actions: 'local_only' },
        { enabled_repositories: 'all', allowed_actions: 'all' },
      ],
      [{ enabled_repositories: 'none' }, { enabled_repositories: 'all', allowed_actions: 'all' }],
    ],
    [
      'where Actions is on for a list of no repository yet',
      PERMISSIONS,
      [
        { enabled_repositories: 'selected', allowed_actions: 'local_only' },
        { enabled_repositories: 'all', allowed_actions: 'selected' },
      ],
      [{ enabled_repositories: 'none' }, { enabled_repositories: 'all', allowed_actions: 'selected' }],
    ],
    [
      'where Actions is on for an organization without a list yet',
      'enterprises/acme-inc/permissions',
      [
        { enabled_organizations: 'selected', allowed_actions: 'local_only' },
        { enabled_organizations: 'all', allowed_actions: 'all' },
      ],
      [{ enabled_organizations: 'none' }, { enabled_organizations: 'all', allowed_actions: 'all' }],
    ],
    [
      'where a private group is closed by its switch, before it opens to public repositories',
      GROUP,
      [
        { visibility: 'selected', ...list(), allows_public_repositories: false },
        { visibility: 'selected', ...list('a'), allows_public_repositories: true },
      ],
      [
        { visibility: 'private', allows_public_repositories: true },
        { visibility: 'selected', ...list('a'), allows_public_repositories: true },
      ],
    ],
    [
      'where a group has left its network, and is in none yet',
      GROUP,
      [
        { visibility: 'selected', network_configuration_id: 'none' },
        { visibility: 'selected', network_configuration_id: 'NEW' },
      ],
      [
        { visibility: 'all', network_configuration_id: 'OLD' },
        { visibility: 'selected', network_configuration_id: 'NEW' },
      ],
    ],
    [
      'where the runners of a group that goes were taken up',
      GROUP,
      [{ runners: [] }, null],
      [{ runners: ['r'] }, null],
    ],
    [
      'where the interrupted write of a source is in the ledger',
      SECRET,
      [{ visibility: 'all', value: 'env:B' }, { visibility: 'private', value: 'env:B' }, { value: 'put' }],
      [{ visibility: 'all' }, { visibility: 'private', value: 'env:B' }, { value: 'put' }],
    ],
    ['rotated as planned', SECRET, [{}, {}, { value: 'rotate' }], [{}, {}, { value: 'rotate' }]],
    [
      'where --rotate matches a secret that the plan creates',
      SECRET,
      [{ visibility: 'all', value: 'env:A' }, { visibility: 'all', value: 'env:A' }, { value: 'rotate' }],
      [null, { visibility: 'all', value: 'env:A' }, { value: 'put' }],
    ],
    ['that rotates it besides', SECRET, [list('a'), list('b')], [list('a'), list('b'), { value: 'rotate' }]],
    [
      'though the value turned out to have changed',
      SECRET,
      [list('a'), list('b'), { value: 'again' }],
      [list('a'), list('b')],
    ],
  ])('%s', (_, address, own, claimed) => {
    expect(refusals([buildChange(address, ...own)], [buildChange(address, ...claimed)])).toEqual([])
  })

  it('with a value put again unasked, which needs no place in it', () => {
    expect(refusals([buildChange(SECRET, {}, {}, { value: 'again' })], [])).toEqual([])
  })

  it('where the plan holds more than is left to do', () => {
    expect(refusals([], [buildChange(GROUP, null, OPEN), buildChange(SECRET, { a: 1 }, null)])).toEqual([])
  })
})

describe('a change of this run is refused', () => {
  it.each<[string, string, Sides, Sides, string]>([
    ['for another after', SECRET, [list('a'), list('b')], [list('a'), list('c')], 'would make something else'],
    [
      'for a list that changes beside what a create left to do',
      GROUP,
      [
        { ...list(), runners: [] },
        { ...list('a'), runners: ['gpu-01'] },
      ],
      [null, list('a')],
      'would make something else',
    ],
    [
      'for a list that a create leaves out and that is another one by now',
      GROUP,
      [
        { ...list(), runners: ['gpu-01'] },
        { ...list('a'), runners: ['gpu-01'] },
      ],
      [null, list('a')],
      'was changed since the plan was made: runners',
    ],
    ['for a missing after', SECRET, [list('a'), list('b')], [list('a'), {}], 'would make something else'],
    ['for an after of null', SECRET, [list('a'), list('b')], [list('a'), null, { action: 'update' }], 'something else'],
    ['for a wider after', SECRET, [{ v: 1 }, { v: 2 }], [{ v: 1 }, { v: 2, w: 1 }], 'would make something else'],
    ['for an after in another case', SECRET, [{ v: 1 }, { v: 'a' }], [{ v: 1 }, { V: 'a' }], 'something else'],
    ['for a list in another order', SECRET, [{ v: 1 }, list('a', 'b')], [{ v: 1 }, list('b', 'a')], 'something else'],
    ['for an after from the prototype', SECRET, [{}, { v: 'x' }], [{}, fromJson('{"__proto__":{"v":"x"}}')], 'else'],
    [
      'for another before',
      SECRET,
      [{ v: 1 }, { v: 2 }],
      [{ v: 3 }, { v: 2 }],
      'was changed since the plan was made: v',
    ],
    ['for a before of null', SECRET, [{ v: 1 }, { v: 2 }], [null, { v: 2 }, { action: 'update' }], 'made: v'],
    ['for an empty before', SECRET, [{ v: 1 }, { v: 2 }], [{}, { v: 2 }], 'was changed since the plan was made: v'],
    ['for a member that came', SECRET, [list('a', 'x'), list('b')], [list('a'), list('b')], 'made: repositories'],
    ['for a member that went', SECRET, [list('b'), list('a', 'b')], [list('a', 'b'), list('a', 'b')], 'repositories'],
    ['for a member hidden in the before', SECRET, [list('a', 'x'), list('a')], [list('a'), list('a')], 'repositories'],
    ['for a list that was none', SECRET, [list('a'), list('b')], [{ repositories: 'a' }, list('b')], 'repositories'],
    [
      'for a field hidden in the before beside one that is done, with a value that no change passes',
      PERMISSIONS,
      [
        { enabled_repositories: 'all', allowed_actions: 'selected' },
        { enabled_repositories: 'all', allowed_actions: 'all' },
      ],
      [{ enabled_repositories: 'none' }, { enabled_repositories: 'all', allowed_actions: 'all' }],
      'made: allowed_actions',
    ],
    [
      'for actions that a hand narrowed further while they ran',
      PERMISSIONS,
      [
        { enabled_repositories: 'all', allowed_actions: 'local_only' },
        { enabled_repositories: 'all', allowed_actions: 'all' },
      ],
      [
        { enabled_repositories: 'all', allowed_actions: 'selected' },
        { enabled_repositories: 'all', allowed_actions: 'all' },
      ],
      'made: allowed_actions',
    ],
    [
      'for a switch that a hand narrowed to a list',
      PERMISSIONS,
      [{ enabled_repositories: 'selected' }, { enabled_repositories: 'none' }],
      [{ enabled_repositories: 'all' }, { enabled_repositories: 'none' }],
      'made: enabled_repositories',
    ],
    [
      'for a group that a hand closed to public repositories',
      GROUP,
      [
        { visibility: 'selected', allows_public_repositories: false },
        { visibility: 'all', allows_public_repositories: true },
      ],
      [
        { visibility: 'selected', allows_public_repositories: true },
        { visibility: 'all', allows_public_repositories: true },
      ],
      'made: allows_public_repositories',
    ],
    [
      'for a group that a hand took out of its network',
      GROUP,
      [
        { visibility: 'all', network_configuration_id: 'none' },
        { visibility: 'selected', network_configuration_id: 'OLD' },
      ],
      [
        { visibility: 'all', network_configuration_id: 'OLD' },
        { visibility: 'selected', network_configuration_id: 'OLD' },
      ],
      'made: network_configuration_id',
    ],
    [
      'for a value that is gone',
      PERMISSIONS,
      [{ enabled_repositories: 'none' }, { enabled_repositories: 'all', allowed_actions: 'all' }],
      [
        { enabled_repositories: 'all', allowed_actions: 'selected' },
        { enabled_repositories: 'all', allowed_actions: 'all' },
      ],
      'made: enabled_repositories, allowed_actions',
    ],
    [
      'for a list that a hand gave a secret, which takes list and switch in one request',
      SECRET,
      [
        { visibility: 'selected', ...list('x') },
        { visibility: 'selected', ...list('a') },
      ],
      [{ visibility: 'all' }, { visibility: 'selected', ...list('a') }],
      'made: repositories',
    ],
    [
      'for a list that shows up with a field that is no switch',
      PERMISSIONS,
      [
        { v: 2, ...list('x') },
        { v: 2, ...list('a') },
      ],
      [{ v: 1 }, { v: 2, ...list('a') }],
      'made: repositories',
    ],
    [
      'for a before from the prototype',
      PERMISSIONS,
      [list('x'), list('a')],
      [fromJson('{"__proto__":{"enabled_repositories":"all"}}'), list('a')],
      'made: repositories',
    ],
    ['for a create that the plan updates', SECRET, [null, { v: 1 }], [{ v: 2 }, { v: 1 }], 'would create it'],
    ['for a delete that the plan updates', SECRET, [{ v: 1 }, null], [{ v: 1 }, { v: 2 }], 'would delete it'],
    [
      'for a delete that the plan creates',
      SECRET,
      [{ v: 1 }, null],
      [null, null, { action: 'create' }],
      'would delete',
    ],
    ['for a delete of something else', SECRET, [{ v: 1 }, null], [{ v: 2 }, null], 'made: v'],
    ['for a delete of more', SECRET, [{ v: 1, w: 1 }, null], [{ v: 1 }, null], 'made: w'],
    ['for a delete of less', SECRET, [{ v: 1 }, null], [{ v: 1, w: 1 }, null], 'made: w'],
    ['for a delete with another member', GROUP, [list('a', 'x'), null], [list('a'), null], 'made: repositories'],
    ['for a delete with a before of null', SECRET, [{ v: 1 }, null], [null, null, { action: 'delete' }], 'made: v'],
    [
      'for a create that a hand made wider',
      GROUP,
      [{ ...CLOSED, visibility: 'all' }, OPEN],
      [null, OPEN],
      'visibility',
    ],
    [
      'for a create that a hand filled',
      GROUP,
      [{ ...CLOSED, repositories: ['x'] }, OPEN],
      [null, OPEN],
      'repositories',
    ],
    [
      'for a secret that a hand created',
      SECRET,
      [{ visibility: 'all' }, { visibility: 'private' }],
      [null, { visibility: 'private' }],
      'visibility',
    ],
    ['for another owner', SECRET, [list('a'), list('b')], [list('a'), list('b'), { owner_id: 2 }], 'another one now'],
    ['for another repository', SECRET, [{}, { v: 1 }], [{}, { v: 1 }, { repository_id: 2 }], 'another one now'],
    [
      'for an unplanned rotation',
      SECRET,
      [{}, {}, { value: 'rotate' }],
      [{}, {}, { value: 'again' }],
      'does not rotate',
    ],
    [
      'for a rotation that was a put',
      SECRET,
      [list('a'), list('b'), { value: 'rotate' }],
      [list('a'), list('b'), { value: 'put' }],
      'does not rotate',
    ],
    [
      'for another source',
      SECRET,
      [{ value: 'env:B' }, { value: 'env:A' }],
      [{ value: 'env:C' }, { value: 'env:A' }],
      'made: value',
    ],
    [
      'for a value that the plan does not put',
      SECRET,
      [{ value: 'env:B' }, { value: 'env:A' }],
      [{ value: 'env:A' }, { value: 'env:A' }],
      'made: value',
    ],
  ])('%s', (_, address, own, claimed, message) => {
    const found = refusals([buildChange(address, ...own)], [buildChange(address, ...claimed)])
    expect(found).toEqual([expect.stringContaining(message)])
  })

  it('where the plan lacks it, or has it at another address', () => {
    const own = buildChange(SECRET, list('a'), list('b'))
    const refused = [`${SECRET}: would update it, and the plan has no such change`]
    expect(refusals([own], [])).toEqual(refused)
    expect(refusals([own], [{ ...own, address: `${SECRET}2` }])).toEqual(refused)
    expect(refusals([own], [{ ...own, address: SECRET.toLowerCase() }])).toEqual(refused)
  })

  it('where the plan has it twice, whichever a reader looked at', () => {
    const own = buildChange(SECRET, list('a'), list('b'))
    const other = { ...own, after: list('a') }
    const refused = [`${SECRET}: stands in the plan more than once`]
    expect(refusals([own], [other, own])).toEqual(refused)
    expect(refusals([own], [own, own])).toEqual(refused)
    expect(refusals([], [own, other])).toEqual(refused)
  })

  it('where the plan is of another host, before anything else is said', () => {
    const own = [buildChange(SECRET, list('a'), list('b'))]
    expect(refusals(own, [], { host: 'github.example.com/api/v3' })).toEqual([
      ': the plan was made for github.example.com/api/v3, and this run works on api.github.com',
    ])
  })
})

describe('whatever an edited plan says was there before', () => {
  const members = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e')).map((names) => names.sort())
  const gained = (before: readonly string[], after: readonly string[]): string[] =>
    after.filter((name) => !before.includes(name))

  it('who gains and who loses was reviewed, or it is refused', () => {
    fc.assert(
      fc.property(members, members, members, (now, claimed, after) => {
        fc.pre(now.join() !== after.join())
        const found = refusals(
          [buildChange(SECRET, list(...now), list(...after))],
          [buildChange(SECRET, list(...claimed), list(...after))],
        )
        const isReviewed =
          gained(now, after).every((name) => gained(claimed, after).includes(name)) &&
          gained(after, now).every((name) => gained(after, claimed).includes(name))
        expect(found.length === 0).toBe(isReviewed)
      }),
    )
  })

  it('no state between what the plan found and what it makes is refused', () => {
    fc.assert(
      fc.property(members, members, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (before, after, done) => {
        const now = ['a', 'b', 'c', 'd', 'e'].filter((name, index) => (done[index] ? after : before).includes(name))
        const own = [buildChange(SECRET, list(...now), list(...after))]
        expect(refusals(own, [buildChange(SECRET, list(...before), list(...after))])).toEqual([])
      }),
    )
  })
})

function fromJson(text: string): Document {
  return JSON.parse(text)
}
