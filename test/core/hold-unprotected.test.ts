import { expect, test } from 'vitest'
import { holdUnprotected } from '../../src/core/hold-unprotected.ts'
import type { SectionPlan } from '../../src/core/planned-section.ts'
import type { Scope } from '../../src/core/scope.ts'
import type { Work } from '../../src/core/work.ts'
import { buildChange } from '../support/plan-builder.ts'
import { stubFamily } from '../support/stub-family.ts'

const PROD: Scope = { type: 'environment', owner: 'acme', repo: 'web', environment_name: 'prod' }
const HOLDER = 'repos/acme/web/environments'

function work(name: string, action: 'create' | 'delete', puts: boolean): Work {
  const [before, after] = action === 'create' ? [null, {}] : [{}, null]
  const send = { route: 'PUT /x', fields: [], params: () => ({}) } as const
  return {
    change: buildChange(`${HOLDER}/prod/boxes/${name}`, before, after),
    family: stubFamily(),
    scope: PROD,
    key: name,
    ref: undefined,
    sends: [puts ? { ...send, seals: { publicKey: 'GET /key' } } : send],
    phases: ['widen'],
    value: undefined,
    ledgerHolds: false,
    findListed: () => Promise.resolve(undefined),
  }
}

const WORKS = [work('value', 'create', true), work('plain', 'create', false), work('gone', 'delete', false)]

const EMPTY: SectionPlan = {
  works: WORKS,
  diagnostics: [],
  heldBack: [],
  withheld: new Map(),
  alsoHeld: new Map(),
  unknown: [],
  archived: [],
  notCompared: [],
  settled: new Map(),
  leftAlone: [],
  fieldsLeftAlone: 0,
  reach: [],
}

test.each<[string, 'all' | readonly string[] | undefined, readonly string[], readonly string[], readonly string[]]>([
  ['nothing of an environment that is as it is to be', undefined, [], [], ['value', 'plain', 'gone']],
  ['the values of one that is held back in part', ['reviewers'], [], ['value'], ['plain', 'gone']],
  ['all that is to be made in one that is held back whole', 'all', [], ['value', 'plain'], ['gone']],
  ['the values of one that the run leaves out', undefined, [`${HOLDER}/prod`], ['value'], ['plain', 'gone']],
])('holds back %s', (_, parts, outside, held, left) => {
  const own = new Map(parts === undefined ? [] : [['prod', parts === 'all' ? parts : new Set(parts)]])
  const withheld = new Map([[HOLDER, own]])
  const found = holdUnprotected(EMPTY, PROD, { withheld, outside: new Set(outside) })
  expect(found.works.map(({ key }) => key)).toEqual(left)
  expect(found.heldBack.map(({ address }) => address.split('/').at(-1))).toEqual(held)
})

test('holds back nothing in a scope that is no member of another', () => {
  const repository: Scope = { type: 'repository', owner: 'acme', repo: 'web' }
  expect(holdUnprotected(EMPTY, repository, { withheld: new Map(), outside: new Set() })).toBe(EMPTY)
})
