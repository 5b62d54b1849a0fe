import { describe, expect, it, test } from 'vitest'
import type { Family } from '../../src/core/family.ts'
import { type GuardSettings, trippedGuards } from '../../src/core/guards.ts'
import type { AccessTo, Change, Tripped } from '../../src/core/plan.ts'
import type { Scope } from '../../src/core/scope.ts'
import type { Work } from '../../src/core/work.ts'
import { buildGuards } from '../support/build-guards.ts'
import { buildAccess, buildChange } from '../support/plan-builder.ts'
import { ACME, stubFamily, WEB } from '../support/stub-family.ts'

function work(change: Change, scope: Scope = ACME, family: Family = stubFamily()): Work {
  const rest = {
    sends: [],
    phases: [],
    value: undefined,
    ledgerHolds: false,
    findListed: () => Promise.resolve(undefined),
    ref: undefined,
    key: 'X',
  }
  return { change, family, scope, ...rest }
}

const removed = (name: string, loses: readonly AccessTo[] = []): Work =>
  work(buildChange(`orgs/acme/boxes/${name}`, { level: 'low' }, null, { access: { gains: [], loses } }))

const losing = (...names: readonly string[]): Work =>
  work(
    buildChange(
      'orgs/acme/boxes/UPDATED',
      { level: 'low' },
      { level: 'high' },
      {
        access: { gains: buildAccess('named', 'new'), loses: buildAccess('matched', ...names) },
      },
    ),
  )

const NONE = { max_deletions: 0, max_revocations: 0, max_runner_moves: 0 }

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `R${index}`)

const counting = (tripped: readonly Tripped[]) => tripped.map(({ guard, flag }) => [guard, flag])

const moving = (...names: readonly string[]): Work => {
  const told = {
    from_default: false,
    from_managed: true,
    leaves_none: false,
    to_default: false,
    widens: false,
    opens: false,
  }
  const moves = names.map((runner) => ({ runner, from: 'old', to: 'g', ...told }))
  return work({ ...losing().change, runner_moves: moves })
}

const movesOf = ({ change }: Work) => ({ runner_moves: change.runner_moves ?? [] })

describe('budgets', () => {
  it('counts what is deleted with a member', () => {
    const works = [{ ...removed('prod'), along: ['SECRET', 'VARIABLE'] }]
    const settings = (deletions: number) => buildGuards({ budgets: { ...NONE, max_deletions: deletions } })
    expect(counting(trippedGuards(works, settings(2)))).toEqual([['max_deletions', '--allow deletions=3']])
    expect(trippedGuards(works, settings(3))).toEqual([])
  })

  it.each<[string, readonly Work[], Partial<GuardSettings>, readonly (readonly [string, string])[]]>([
    ['ten deletions', many(10).map((name) => removed(name)), {}, []],
    ['eleven', many(11).map((name) => removed(name)), {}, [['max_deletions', '--allow deletions=11']]],
    ['a member is one, not its readers besides', [removed('A', buildAccess('named', ...many(150)))], {}, []],
    ['a hundred that lose', [losing(...many(100))], {}, []],
    ['a hundred and one, in one', [losing(...many(101))], {}, [['max_revocations', '--allow revocations=101']]],
    [
      'a hundred and one, in two',
      [losing(...many(60)), losing(...many(41))],
      {},
      [['max_revocations', '--allow revocations=101']],
    ],
    ['neither counts for the other', [losing(...many(100)), ...many(10).map((name) => removed(name))], {}, []],
    [
      'both',
      [losing(...many(101)), ...many(11).map((name) => removed(name))],
      {},
      [
        ['max_deletions', '--allow deletions=11'],
        ['max_revocations', '--allow revocations=101'],
      ],
    ],
    [
      'what a create shuts out',
      [{ ...losing(), change: { ...losing(...many(200)).change, action: 'create' } }],
      {},
      [],
    ],
    ['twenty runners that move', [moving(...many(20))], {}, []],
    ['twenty-one', [moving(...many(21))], {}, [['max_runner_moves', '--allow runner_moves=21']]],
    [
      'twenty-one, some by a deleted group',
      [moving(...many(11)), { ...moving(), change: { ...removed('G').change, ...movesOf(moving(...many(10))) } }],
      {},
      [['max_runner_moves', '--allow runner_moves=21']],
    ],
    ['none allowed', [removed('A')], { budgets: NONE }, [['max_deletions', '--allow deletions=1']]],
    ['none allowed and none asked for', [losing()], { budgets: NONE }, []],
    [
      'a greater limit than there is',
      [losing(...many(101)), ...many(11).map((name) => removed(name))],
      { budgets: { max_deletions: 500, max_revocations: 500, max_runner_moves: 500 } },
      [
        ['max_deletions', '--allow deletions=11'],
        ['max_revocations', '--allow revocations=101'],
      ],
    ],
    ['as many as the flag says', many(14).map((name) => removed(name)), { allow: { deletions: 14 } }, []],
    [
      'more than the flag says',
      many(15).map((name) => removed(name)),
      { allow: { deletions: 14 } },
      [['max_deletions', '--allow deletions=15']],
    ],
    [
      'other flags',
      many(11).map((name) => removed(name)),
      { allow: { self: true, protected: true, public: true, revocations: 500, runner_moves: 500 } },
      [['max_deletions', '--allow deletions=11']],
    ],
  ])('%s', (_, works, settings, expected) => {
    expect(counting(trippedGuards(works, buildGuards(settings)))).toEqual(expected)
  })

  it('names what it counted, and how many are allowed', () => {
    const works = [losing(...many(3)), removed('A'), removed('B')]
    expect(trippedGuards(works, buildGuards({ budgets: { ...NONE, max_deletions: 1 } }))).toEqual([
      {
        guard: 'max_deletions',
        message: '2 deletions (members), and at most 1 are allowed',
        flag: '--allow deletions=2',
        addresses: ['orgs/acme/boxes/A', 'orgs/acme/boxes/B'],
      },
      {
        guard: 'max_revocations',
        message: '3 revocations (repositories that lose access to what stays), and at most 0 are allowed',
        flag: '--allow revocations=3',
        addresses: ['orgs/acme/boxes/UPDATED'],
      },
    ])
  })
})

describe('never_public', () => {
  const gaining = (...names: readonly string[]): Work => {
    const access = { gains: buildAccess('matched', ...names), loses: [] }
    return work(buildChange('orgs/acme/boxes/B', { level: 'low' }, { level: 'high' }, { access }))
  }
  const made = (visibility: Work['visibility'], family = stubFamily()): Work => {
    return { ...work(buildChange('repos/acme/web/boxes/B', null, { level: 'low' }), WEB, family), visibility }
  }
  const opening = (action: 'update' | 'delete', opens: boolean): Work => {
    const of = action === 'delete' ? removed('old').change : losing().change
    const runner_moves = moving('r').change.runner_moves?.map((move) => ({ ...move, opens }))
    return work({ ...of, access: { gains: [], loses: [] }, runner_moves: runner_moves ?? [] })
  }
  it.each<[string, Work, readonly string[], boolean]>([
    ['a runner that comes to a public one, by its new group', opening('update', true), ['orgs/acme/boxes/g'], true],
    ['by its old one', opening('update', true), ['orgs/acme/boxes/old'], true],
    ['by its old one, which is deleted', opening('delete', true), ['orgs/acme/boxes/old'], true],
    ['elsewhere', opening('update', true), ['orgs/acme/boxes/other'], false],
    ['one that comes to none', opening('update', false), ['**'], false],
    ['a public one', gaining('api', 'site:public'), ['orgs/acme/boxes/*'], true],
    ['without case', gaining('site:public'), ['ORGS/Acme/boxes/b'], true],
    ['private ones', gaining('api', 'web'), ['**'], false],
    ['elsewhere', gaining('site:public'), ['orgs/acme/secrets/*'], false],
    ['a public one that loses', losing('site:public'), ['**'], false],
    ['what is made in a public one', made('public'), ['**'], true],
    ['what is made in a private one', made('private'), ['**'], false],
    [
      'settings of a public one, which gives it nothing',
      made('public', stubFamily({ shape: 'settings' })),
      ['**'],
      false,
    ],
    ['what is deleted in a public one', { ...removed('A'), visibility: 'public' }, ['**'], false],
  ])('%s', (_, given, neverPublic, trips) => {
    const tripped = trippedGuards([given], buildGuards({ neverPublic }))
    expect(counting(tripped)).toEqual(trips ? [['never_public', '--allow public']] : [])
    expect(tripped.flatMap(({ addresses }) => addresses)).toEqual(trips ? [given.change.address] : [])
    expect(trippedGuards([given], buildGuards({ neverPublic, allow: { public: true } }))).toEqual([])
  })
})

describe('protect', () => {
  it.each([
    ['orgs/acme/boxes/DEPLOY_*', ['DEPLOY_KEY']],
    ['ORGS/Acme/Boxes/deploy_key', ['DEPLOY_KEY']],
    ['orgs/acme/boxes/*', ['DEPLOY_KEY', 'a%2Fb', '100%25%20(old)']],
    ['**', ['DEPLOY_KEY', 'a%2Fb', '100%25%20(old)']],
    ['orgs/acme/*', []],
    ['orgs/acme/boxes/100%25%20(OLD)', ['100%25%20(old)']],
    ['orgs/acme/boxes/100%25 (old)', ['100%25%20(old)']],
    ['orgs/acme/boxes/a/b', []],
    ['orgs/acme/boxes/A%2fB', ['a%2Fb']],
    ['DEPLOY_KEY', []],
  ])('%s', (glob, expected) => {
    const works = ['DEPLOY_KEY', 'a%2Fb', '100%25%20(old)'].map((name) => removed(name))
    const addresses = expected.map((name) => `orgs/acme/boxes/${name}`)
    const tripped = trippedGuards(works, buildGuards({ protect: ['orgs/nobody/**', glob] }))
    expect(tripped.flatMap((guard) => guard.addresses)).toEqual(addresses)
    expect(tripped.every(({ guard, flag }) => guard === 'protect' && flag === '--allow protected')).toBe(true)
  })

  it('keeps nothing from being changed, and the flag goes past it', () => {
    expect(trippedGuards([losing('web')], buildGuards({ protect: ['**'] }))).toEqual([])
    expect(trippedGuards([removed('A')], buildGuards({ protect: ['**'], allow: { protected: true } }))).toEqual([])
    expect(trippedGuards([removed('A')], buildGuards({ protect: ['**'], allow: { deletions: 5 } }))).toHaveLength(1)
  })
})

test.each<[string, Scope, boolean, readonly string[], GuardSettings['self'], boolean]>([
  ['its own repository', WEB, true, ['web'], { owner: 'acme', repo: 'web' }, true],
  ['among others, by the organization', ACME, true, ['api', 'web'], { owner: 'acme', repo: 'web' }, true],
  ['another repository', ACME, true, ['api'], { owner: 'acme', repo: 'web' }, false],
  ['one of that name elsewhere', ACME, true, ['web'], { owner: 'other', repo: 'web' }, false],
  ['something that it can do without', ACME, false, ['web'], { owner: 'acme', repo: 'web' }, false],
  ['outside of GitHub Actions', ACME, true, ['web'], undefined, false],
])('self: %s', (_, scope, vital, names, self, trips) => {
  const family = stubFamily(vital ? { vital: true } : {})
  const works = [work(losing(...names).change, scope, family)]
  const settings = buildGuards(self ? { self } : {})
  const tripped = trippedGuards(works, settings)
  expect(tripped.map(({ guard, flag }) => [guard, flag])).toEqual(trips ? [['self', '--allow self']] : [])
  expect(trippedGuards(works, { ...settings, allow: { self: true } })).toEqual([])
})

it('every guard that trips is told, each with its flag', () => {
  const self = { owner: 'acme', repo: 'web' }
  const works = [removed('A'), work(losing('web').change, ACME, stubFamily({ vital: true }))]
  const tripped = trippedGuards(works, buildGuards({ budgets: { ...NONE, max_deletions: 0 }, protect: ['**'], self }))
  expect(tripped.map(({ flag }) => flag)).toEqual([
    '--allow deletions=1',
    '--allow revocations=1',
    '--allow protected',
    '--allow self',
  ])
})
