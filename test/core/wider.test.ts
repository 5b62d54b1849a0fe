import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field, Wider } from '../../src/core/field.ts'
import type { Json } from '../../src/core/json.ts'
import { isWider } from '../../src/core/wider.ts'
import { families } from '../../src/families/index.ts'
import { permissions } from '../../src/families/permissions/index.ts'

const field = (wider?: Wider): Field => ({ written: {}, ...(wider === undefined ? {} : { wider }) })
const LEVELS = ['selected', 'private', 'all'] as const

it.each<[Wider | undefined, Json | undefined, Json | undefined, boolean]>([
  [undefined, 'a', 'b', true],
  [undefined, 'a', 'a', false],
  [undefined, undefined, 'a', true],
  ['never', 'a', 'b', false],
  ['never', undefined, 'b', false],
  ['more', [], ['a'], true],
  ['more', ['a'], [], false],
  ['more', ['a'], ['b'], true],
  ['more', ['a', 'b'], ['b', 'a'], false],
  ['more', undefined, ['a'], true],
  ['more', ['a'], undefined, true],
  [[false, true], false, true, true],
  [[false, true], true, false, false],
  [[true, false], true, false, true],
  [[false, true], undefined, false, true],
  [LEVELS, 'selected', 'all', true],
  [LEVELS, 'all', 'private', false],
  [LEVELS, 'private', 'private', false],
  [LEVELS, 'of tomorrow', 'selected', true],
  [LEVELS, 'selected', 'of tomorrow', true],
  [() => false, 'a', 'b', false],
  [() => true, 'a', 'b', true],
  [() => true, ['a'], ['a'], false],
])('%j from %j to %j: %s', (wider, before, after, expected) => {
  expect(isWider(field(wider), before, after)).toBe(expected)
})

describe('laws', () => {
  const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))

  it('nothing is wider than itself, whatever the field', () => {
    const wider = fc.constantFrom<Wider | undefined>('more', 'never', LEVELS, () => true, undefined)
    fc.assert(
      fc.property(wider, fc.oneof(list, fc.constantFrom(...LEVELS)), (how, value) => {
        expect(isWider(field(how), value, structuredClone(value))).toBe(false)
      }),
    )
  })

  it('of two values on a scale just one way is wider', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LEVELS), fc.constantFrom(...LEVELS), (one, other) => {
        fc.pre(one !== other)
        expect(isWider(field(LEVELS), one, other)).toBe(!isWider(field(LEVELS), other, one))
      }),
    )
  })

  it('a subset is never wider; what is no wider either way is the same', () => {
    fc.assert(
      fc.property(list, list, (one, other) => {
        const subset = one.filter((name) => other.includes(name))
        expect(isWider(field('more'), one, subset)).toBe(false)
        const neither = !isWider(field('more'), one, other) && !isWider(field('more'), other, one)
        expect(neither).toBe(one.length === other.length && one.every((name) => other.includes(name)))
      }),
    )
  })
})

it.each([
  [['docker/*'], ['docker/*', 'acme/*'], true],
  [['docker/*', 'acme/*'], ['docker/*'], false],
  [['docker/*'], ['!docker/evil', 'docker/*'], false],
  [['!docker/evil', 'docker/*'], ['docker/*'], true],
  [undefined, [], false],
  [undefined, ['docker/*'], true],
])('patterns of actions from %j to %j: %s', (before, after, expected) => {
  const patterns = permissions.fields['selected_actions.patterns_allowed'] as Field
  expect(isWider(patterns, before, after)).toBe(expected)
})

it('every scale of the families goes from narrow to wide without repeating itself', () => {
  for (const family of families) {
    for (const { wider } of Object.values(family.fields)) {
      if (typeof wider === 'object') expect(new Set(wider).size).toBe(wider.length)
    }
  }
})
