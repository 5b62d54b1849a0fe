import { expect, it } from 'vitest'
import { countReached } from '../../src/render/count-reached.ts'

it.each<[readonly string[], string, string]>([
  [['web'], 'orgs/acme/secrets/NPM', '1 repository'],
  [['web', 'api'], 'repos/acme/web/permissions', '2 repositories'],
  [['acme'], 'enterprises/acme-inc/runner_groups/large', '1 organization'],
  [['acme', 'beta', 'labs'], 'enterprises/acme-inc/permissions', '3 organizations'],
  [['acme', 'acme/web', 'acme/api'], 'enterprises/acme-inc/runner_groups/large', '1 organization and 2 repositories'],
  [['acme/web'], 'enterprises/acme-inc/runner_groups/large', '1 repository'],
])('%j at %s are %s', (names, address, words) => {
  expect(
    countReached(
      names.map((repository) => ({ repository })),
      address,
    ),
  ).toBe(words)
})
