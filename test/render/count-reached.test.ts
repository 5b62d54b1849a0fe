import { expect, it } from 'vitest'
import { countReached } from '../../src/render/count-reached.ts'

it.each([
  [1, 'orgs/acme/secrets/NPM', '1 repository'],
  [2, 'repos/acme/web/permissions', '2 repositories'],
  [1, 'enterprises/acme-inc/runner_groups/large', '1 organization'],
  [3, 'enterprises/acme-inc/permissions', '3 organizations'],
])('%i at %s are %s', (number, address, words) => {
  expect(countReached(number, address)).toBe(words)
})
