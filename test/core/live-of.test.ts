import { expect, it } from 'vitest'
import type { Family } from '../../src/core/family.ts'
import { indexLive, liveOf } from '../../src/core/live-of.ts'
import { has, stubFamily } from '../support/stub-family.ts'

const own = has('both', { level: 'own' })
const above = has('both', { level: 'above' }, { fixed: 'inherited' })
const shared = has('shared', {}, { fixed: 'inherited' })
const mine = has('mine', {})
const ALL = [own, above, shared, mine]
const family: Family = { ...stubFamily(), inherits: (spec) => 'inherited' in spec }
const INHERITED = { inherited: true }

it.each([
  ['both', {}, own, own],
  ['both', INHERITED, above, above],
  ['shared', INHERITED, shared, shared],
  ['shared', {}, undefined, shared],
  ['mine', {}, mine, mine],
  ['mine', INHERITED, undefined, undefined],
  ['none', {}, undefined, undefined],
])('%s with %j', (key, spec, one, indexed) => {
  for (const live of [ALL, ALL.toReversed()]) {
    expect(liveOf(family, { key, spec }, live)).toBe(one)
    expect(indexLive(family, [{ key, spec }], live).get(key)).toBe(indexed)
  }
})

it('a family without inherited members of its own to name means the scope, whatever the YAML says', () => {
  expect(indexLive(stubFamily(), [{ key: 'both', spec: INHERITED }], ALL).get('both')).toBe(own)
})
