import { describe, expect, it } from 'vitest'
import type { Document, Json } from '../../src/core/json.ts'
import type { SectionFacts } from '../../src/core/section-facts.ts'
import { type Place, planAt, requestsAt, type Written } from './family-case.ts'

/** Facts of a ledger by which each value is as it was written, from `env:V`. */
export const settled: NonNullable<SectionFacts['facts']> = () => {
  return { source: 'env:V', written_at: '2024-01-01T00:00:00Z', proof: 'good', value: 'same' }
}

/**
 * Tests the requests of an organization's secrets, and that one with a value is sealed with the key of the same secrets.
 * @param part the word for them in GitHub's paths, such as `actions`
 * @param whole how the id of a repository is sent beside a value; a list alone is always sent in numbers
 */
export function testSecretRequests(place: Place, part: string, whole: (id: number) => Json = (id) => id): void {
  const PUT = `PUT /orgs/acme/${part}/secrets/NPM`
  const SELECTED = { visibility: 'selected', repositories: ['api', 'ml'] }
  const selected = (...ids: readonly number[]) => ({ visibility: 'selected', selected_repository_ids: ids.map(whole) })

  describe(`changes as requests, on ${place.product ?? 'ghec'}`, () => {
    it.each<[string, Document, Document | undefined, Written[]]>([
      [
        'a create says who may use it',
        { visibility: 'private', value: 'env:V' },
        undefined,
        [[PUT, { visibility: 'private' }]],
      ],
      ['a create sends ids', { ...SELECTED, value: 'env:V' }, undefined, [[PUT, selected(2, 3)]]],
      [
        'a create for nobody sends the empty list',
        { visibility: 'selected', repositories: [], value: 'env:V' },
        undefined,
        [[PUT, selected()]],
      ],
      [
        'access alone',
        { repositories: ['api'] },
        SELECTED,
        [[`${PUT}/repositories`, { selected_repository_ids: [2] }]],
      ],
      [
        'access alone never sends a value',
        { repositories: ['api'], value: 'env:V' },
        SELECTED,
        [[`${PUT}/repositories`, { selected_repository_ids: [2] }]],
      ],
      [
        'taking it from everybody',
        { repositories: [] },
        SELECTED,
        [[`${PUT}/repositories`, { selected_repository_ids: [] }]],
      ],
      [
        'visibility goes with the value',
        { visibility: 'all', value: 'env:V' },
        SELECTED,
        [[PUT, { visibility: 'all' }]],
      ],
      [
        'visibility and list go with the value, in one request',
        { ...SELECTED, value: 'env:V' },
        { visibility: 'all' },
        [[PUT, selected(2, 3)]],
      ],
      ['another source carries what the YAML leaves open', { value: 'env:OTHER' }, SELECTED, [[PUT, selected(2, 3)]]],
    ])('%s', (_, wants, live, expected) => {
      const asked = { key: 'NPM', wants, ...(live ? { live } : {}) }
      expect(requestsAt(place, asked)).toEqual(expected)
      const sealed = planAt(place, asked).work?.sends.map(({ seals }) => seals?.publicKey)
      const hasValue = expected[0]?.[0] === PUT
      expect(sealed).toEqual([hasValue ? `GET /orgs/{org}/${part}/secrets/public-key` : undefined])
    })
  })
}
