import { describe, expect, it } from 'vitest'
import type { Phase } from '../../src/core/directions.ts'
import type { Family } from '../../src/core/family.ts'
import type { Scope } from '../../src/core/scope.ts'
import type { Send } from '../../src/core/send.ts'
import type { Work } from '../../src/core/work.ts'
import { schedule } from '../../src/engine/schedule.ts'
import { buildChange } from '../support/plan-builder.ts'
import { ACME, stubFamily, WEB } from '../support/stub-family.ts'

const first = stubFamily({ name: 'first' })
const second = stubFamily({ name: 'second', needs: [{ family: 'first', from: 'here' }] })
/** As of secrets. */
const apart = { ...stubFamily({ name: 'apart' }), apart: true as const }
const INC: Scope = { type: 'enterprise', enterprise: 'inc' }
const API: Scope = { type: 'repository', owner: 'acme', repo: 'api' }
const PROD: Scope = { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod' }

/** With a value for its first request. */
function putting(of: Work): Work {
  const [first, ...rest] = of.sends
  return first === undefined ? of : { ...of, sends: [{ ...first, seals: { publicKey: 'GET /key' } }, ...rest] }
}

function work(
  name: string,
  scope: Scope,
  family: Family,
  phases: readonly Phase[],
  action: 'update' | 'delete' = 'update',
): Work {
  const sends = phases.map((): Send => ({ route: 'PUT /x', fields: [], params: () => ({}) }))
  const change = buildChange(name, {}, action === 'delete' ? null : {})
  return {
    change,
    family,
    scope,
    key: name,
    ref: undefined,
    sends,
    phases,
    value: undefined,
    ledgerHolds: false,
    findListed: () => Promise.resolve(undefined),
  }
}

/** Waves as `a1 a2 | b1`: the steps of one scope in order, scopes beside one another. */
function waves(...works: readonly Work[]): string[] {
  return schedule(works, [second, first, apart]).map((wave) =>
    wave.map((steps) => steps.map(({ work: of, index }) => `${of.change.address}${index + 1}`).join(' ')).join(' | '),
  )
}

describe('a run goes', () => {
  it.each<[string, readonly Work[], readonly string[]]>([
    [
      'from what narrows to what widens, whatever family and level',
      [work('wide', ACME, first, ['widen']), work('narrow', WEB, second, ['narrow'])],
      ['narrow1', 'wide1'],
    ],
    [
      'on to what comes in the place of settings below once those have narrowed, and then to what widens',
      [
        work('wide', WEB, first, ['widen']),
        work('list', ACME, first, ['narrow', 'replace', 'widen']),
        work('own', WEB, second, ['narrow']),
      ],
      ['list1', 'own1', 'list2', 'list3', 'wide1'],
    ],
    [
      'through one change in several phases',
      [work('a', ACME, first, ['narrow', 'widen', 'widen', 'last'])],
      ['a1', 'a2 a3', 'a4'],
    ],
    [
      'with all that narrows before anything that widens',
      [work('a', ACME, first, ['narrow', 'widen']), work('b', WEB, second, ['narrow', 'widen'])],
      ['a1', 'b1', 'a2', 'b2'],
    ],
    [
      'from wide scopes to narrow ones',
      [work('web', WEB, first, ['widen']), work('acme', ACME, first, ['widen'])],
      ['acme1', 'web1'],
    ],
    [
      'with repositories beside one another, each in order',
      [
        work('a', WEB, first, ['narrow', 'narrow']),
        work('b', API, first, ['narrow']),
        work('c', WEB, first, ['narrow']),
      ],
      ['a1 a2 c1 | b1'],
    ],
    [
      'in the order in which families need one another',
      [work('b', ACME, second, ['widen']), work('a', ACME, first, ['widen'])],
      ['a1', 'b1'],
    ],
    [
      'with deletes in the reverse, after the rest of their phase',
      [
        work('a', ACME, first, ['narrow'], 'delete'),
        work('b', ACME, second, ['narrow'], 'delete'),
        work('c', ACME, first, ['narrow']),
        work('d', WEB, second, ['narrow'], 'delete'),
      ],
      ['c1', 'd1', 'b1', 'a1'],
    ],
    [
      'with what lets go at the very end, deletes last of all',
      [
        work('gone', ACME, first, ['last'], 'delete'),
        work('less', WEB, second, ['last']),
        work('more', WEB, second, ['widen']),
      ],
      ['more1', 'less1', 'gone1'],
    ],
    [
      'with a value into an environment after all that protects the environment',
      [
        work('repos/acme/web/environments/prod', WEB, first, ['narrow', 'widen']),
        putting(work('secret', PROD, second, ['narrow'])),
        work('variable', PROD, second, ['narrow']),
      ],
      ['repos/acme/web/environments/prod1', 'variable1', 'repos/acme/web/environments/prod2', 'secret1'],
    ],
    [
      'with members that are apart beside one another, the requests of each in order, phase after phase',
      [
        work('a', ACME, apart, ['narrow', 'widen', 'widen']),
        work('b', ACME, apart, ['widen', 'widen']),
        work('other', ACME, first, ['widen']),
        work('gone', ACME, apart, ['narrow'], 'delete'),
        work('lost', ACME, apart, ['narrow'], 'delete'),
      ],
      ['a1', 'gone1 | lost1', 'a2 a3 | b1 b2 | other1'],
    ],
    ['nowhere without changes', [], []],
  ])('%s', (_, works, expected) => {
    expect(waves(...works)).toEqual(expected)
  })

  it('on to what chooses of a member right after what brings it, and only then to what fills that', () => {
    const bringing = (name: string): Work =>
      work(`enterprises/inc/first/${name}`, INC, first, ['widen', 'widen', 'widen'])
    const filling = (of: Work, at: number, key: string): Work => ({
      ...of,
      sends: of.sends.map((send, index) => (index === at ? { ...send, fills: { family: 'first', key } } : send)),
    })
    const chosen = (name: string): Work => {
      const comesBy = { address: `enterprises/inc/first/${name}`, spec: {}, find: () => Promise.resolve(undefined) }
      return { ...work(`chooses ${name} `, ACME, first, ['narrow', 'narrow']), comesBy }
    }
    const works = [
      chosen('b'),
      chosen('a'),
      filling(bringing('a'), 2, 'a'),
      work('other', INC, first, ['widen']),
      filling(bringing('b'), 2, 'b'),
      filling(work('hosted', INC, second, ['widen']), 0, 'a'),
      work('own', ACME, first, ['narrow']),
    ]
    expect(waves(...works).map((wave) => wave.replaceAll('enterprises/inc/first/', ''))).toEqual([
      'own1',
      'other1',
      'a1 a2',
      'chooses a 1 chooses a 2',
      'a3',
      'b1 b2',
      'chooses b 1 chooses b 2',
      'b3',
      'hosted1',
    ])
  })

  describe('between members that others come to use only now', () => {
    const moves = (from: string, to: string): Work => {
      const move = work(`${from} to ${to}`, INC, second, ['widen'])
      return { ...move, sends: move.sends.map((send) => ({ ...send, fills: { family: 'first', key: to, from } })) }
    }
    const shared = (name: string): readonly Work[] => {
      const address = `enterprises/inc/first/${name}`
      const comesBy = { address, spec: {}, find: () => Promise.resolve(undefined) }
      const chosen = { ...work(`chooses ${name} `, ACME, first, ['narrow']), comesBy }
      return [work(address, INC, first, ['narrow', 'open']), chosen]
    }
    const order = (...works: readonly Work[]): string[] =>
      waves(...works).map((wave) => wave.replaceAll('enterprises/inc/first/', ''))

    it('what one lets go of is in the next one before it opens', () => {
      expect(order(...['a', 'b', 'c'].flatMap(shared), moves('a', 'b'), moves('b', 'c'))).toEqual([
        ...['c1', 'b1', 'a1'],
        ...['c2', 'chooses c 1', 'b to c1'],
        ...['b2', 'chooses b 1', 'a to b1'],
        ...['a2', 'chooses a 1'],
      ])
    })

    it('what goes round in a circle does so while all of them are closed', () => {
      expect(order(...['a', 'b'].flatMap(shared), moves('a', 'b'), moves('b', 'a'))).toEqual([
        ...['b1', 'a1', 'a to b1 b to a1'],
        ...['b2', 'chooses b 1'],
        ...['a2', 'chooses a 1'],
      ])
    })
  })

  it('through every request exactly once', () => {
    const works = [
      work('a', ACME, first, ['narrow', 'widen', 'last']),
      work('b', WEB, second, ['last', 'narrow']),
      work('c', API, first, ['widen'], 'delete'),
    ]
    const steps = schedule(works, [first, second]).flat(2)
    expect(steps.map(({ work: of, index }) => `${of.change.address}${index + 1}`).sort()).toEqual([
      'a1',
      'a2',
      'a3',
      'b1',
      'b2',
      'c1',
    ])
  })
})
