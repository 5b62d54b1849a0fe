import { describe, expect, it, test } from 'vitest'
import type { Family } from '../../src/core/family.ts'
import { type GuardSettings, trippedGuards } from '../../src/core/guards.ts'
import type { AccessTo, Change } from '../../src/core/plan.ts'
import type { Scope } from '../../src/core/scope.ts'
import type { Work } from '../../src/core/work.ts'
import { buildAccess, buildChange } from '../support/plan-builder.ts'
import { ACME, stubFamily, WEB } from '../support/stub-family.ts'

function work(change: Change, scope: Scope = ACME, family: Family = stubFamily()): Work {
  const rest = { sends: [], phases: [], value: undefined, ledgerHolds: false, ref: undefined, key: 'X' }
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

const guards = (rest: Partial<GuardSettings> = {}): GuardSettings => {
  return { maxDeletions: 10, protect: [], allow: {}, ...rest }
}

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `R${index}`)

describe('max_deletions', () => {
  it.each<[string, readonly Work[], Partial<GuardSettings>, string | undefined]>([
    ['ten deletions', many(10).map((name) => removed(name)), {}, undefined],
    ['eleven', many(11).map((name) => removed(name)), {}, '--allow deletions=11'],
    ['a member is one, not its readers besides', [removed('A', buildAccess('named', ...many(50)))], {}, undefined],
    ['ten that lose', [losing(...many(10))], {}, undefined],
    ['eleven that lose, in one', [losing(...many(11))], {}, '--allow deletions=11'],
    ['eleven that lose, in two', [losing(...many(6)), losing(...many(5))], {}, '--allow deletions=11'],
    ['both kinds together', [losing(...many(10)), removed('A')], {}, '--allow deletions=11'],
    [
      'what a create shuts out',
      [{ ...losing(), change: { ...losing(...many(20)).change, action: 'create' } }],
      {},
      undefined,
    ],
    ['none allowed', [removed('A')], { maxDeletions: 0 }, '--allow deletions=1'],
    ['none allowed and none asked for', [losing()], { maxDeletions: 0 }, undefined],
    [
      'a greater limit than there is',
      many(11).map((name) => removed(name)),
      { maxDeletions: 500 },
      '--allow deletions=11',
    ],
    ['as many as the flag says', many(14).map((name) => removed(name)), { allow: { deletions: 14 } }, undefined],
    [
      'more than the flag says',
      many(15).map((name) => removed(name)),
      { allow: { deletions: 14 } },
      '--allow deletions=15',
    ],
    [
      'another flag',
      many(11).map((name) => removed(name)),
      { allow: { self: true, protected: true } },
      '--allow deletions=11',
    ],
  ])('%s', (_, works, settings, expected) => {
    const tripped = trippedGuards(works, guards(settings))
    expect(tripped.map(({ guard, flag }) => [guard, flag])).toEqual(
      expected === undefined ? [] : [['max_deletions', expected]],
    )
  })

  it('names what it counted, and how many are allowed', () => {
    const [tripped] = trippedGuards([losing(...many(3)), removed('A')], guards({ maxDeletions: 2 }))
    expect(tripped).toEqual({
      guard: 'max_deletions',
      message: '4 deletions (members, and repositories that lose access), and at most 2 are allowed',
      flag: '--allow deletions=4',
      addresses: ['orgs/acme/boxes/UPDATED', 'orgs/acme/boxes/A'],
    })
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
    const tripped = trippedGuards(works, guards({ protect: ['orgs/nobody/**', glob] }))
    expect(tripped.flatMap((guard) => guard.addresses)).toEqual(addresses)
    expect(tripped.every(({ guard, flag }) => guard === 'protect' && flag === '--allow protected')).toBe(true)
  })

  it('keeps nothing from being changed, and the flag goes past it', () => {
    expect(trippedGuards([losing('web')], guards({ protect: ['**'] }))).toEqual([])
    expect(trippedGuards([removed('A')], guards({ protect: ['**'], allow: { protected: true } }))).toEqual([])
    expect(trippedGuards([removed('A')], guards({ protect: ['**'], allow: { deletions: 5 } }))).toHaveLength(1)
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
  const settings = guards(self ? { self } : {})
  const tripped = trippedGuards(works, settings)
  expect(tripped.map(({ guard, flag }) => [guard, flag])).toEqual(trips ? [['self', '--allow self']] : [])
  expect(trippedGuards(works, { ...settings, allow: { self: true } })).toEqual([])
})

it('every guard that trips is told, each with its flag', () => {
  const self = { owner: 'acme', repo: 'web' }
  const works = [removed('A'), work(losing('web').change, ACME, stubFamily({ vital: true }))]
  const tripped = trippedGuards(works, guards({ maxDeletions: 1, protect: ['**'], self }))
  expect(tripped.map(({ flag }) => flag)).toEqual(['--allow deletions=2', '--allow protected', '--allow self'])
})
