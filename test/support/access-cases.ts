import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { findingsAt, type Place, reachAt } from './family-case.ts'
import { WEB } from './stub-family.ts'

/**
 * Tests a family of values that an organization shares by `visibility` and a list of repositories: which change lets more
 * repositories use a value, which ones use it, and which lists contradict the visibility.
 * @param organization a family at an organization, which has the same one at its repositories
 * @param values two values, as the family writes them in a document
 */
export function testAccess(organization: Place, [before, after]: readonly [string, string]): void {
  const { family } = organization
  const repositories = ['web:public', 'api', 'hub:internal']
  const shared: Place = { ...organization, repositories }

  describe('which direction is wider', () => {
    it.each<[string, Json | undefined, Json | undefined, boolean]>([
      ['visibility', 'selected', 'private', true],
      ['visibility', 'private', 'all', true],
      ['visibility', 'all', 'selected', false],
      ['visibility', 'all', 'private', false],
      ['visibility', 'private', 'selected', false],
      ['repositories', ['api'], ['api', 'web'], true],
      ['repositories', ['api', 'web'], ['api'], false],
      ['repositories', ['api', 'web'], ['web'], false],
      ['repositories', undefined, ['api'], true],
      ['value', before, after, false],
    ])('%s from %j to %j: %j', (field, from, to, wider) => {
      expect(isWider(fieldAt(family, field), from, to)).toBe(wider)
    })
  })

  describe('who it reaches', () => {
    it.each<[string, Place, Document, string[]]>([
      ['all', shared, { visibility: 'all' }, ['api', 'hub', 'web']],
      ['all but public ones', shared, { visibility: 'private' }, ['api', 'hub']],
      ['the selected ones', shared, { visibility: 'selected', repositories: ['web', 'unseen'] }, ['web']],
      ['none of an empty list', shared, { visibility: 'selected', repositories: [] }, []],
      ['none beside the repository itself', { ...shared, scope: WEB }, {}, []],
    ])('%s', (_, place, spec, reached) => {
      expect(reachAt(place, spec)).toEqual(reached)
    })
  })

  describe('what contradicts itself', () => {
    it.each<[string, Document, Document | undefined, RegExp[]]>([
      [
        'a list beside all',
        { visibility: 'all', repositories: ['api'] },
        undefined,
        [/^error repositories: .*but it is all/],
      ],
      [
        'a list beside private',
        { visibility: 'private', repositories: [] },
        undefined,
        [/^error repositories: .*but it is private/],
      ],
      ['a list while GitHub has all', { repositories: ['api'] }, { visibility: 'all' }, []],
      ['selected as it is', { visibility: 'selected' }, { visibility: 'selected', repositories: [] }, []],
    ])('%s', (_, wants, live, expected) => {
      const found = findingsAt(organization, { key: 'NPM', wants, ...(live ? { live } : {}) })
      expect(found).toEqual(expected.map((message) => expect.stringMatching(message)))
    })
  })
}
