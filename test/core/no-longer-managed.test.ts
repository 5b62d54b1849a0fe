import { describe, expect, it } from 'vitest'
import { noLongerManaged } from '../../src/core/no-longer-managed.ts'
import { listing, resolved } from '../config/load-files.ts'

const REPOSITORIES = listing({ web: { topics: ['java'] }, api: { topics: ['java'] }, docs: {} })

/** The addresses that the second of two configurations of acme stops managing, one line each. */
async function lost(base: string, own: string): Promise<readonly string[]> {
  const [before, after] = await Promise.all(
    [base, own].map((body) => resolved(`version: 1\norganizations:\n  acme: ${body}\n`, REPOSITORIES)),
  )
  return noLongerManaged(before?.sections ?? [], after?.sections ?? []).map(
    ({ address, fields }) => `${address}${fields === undefined ? '' : `: ${fields.join(', ')}`}`,
  )
}

const A = 'A: { visibility: all }'
const SET = (match: string): string =>
  `{ repository_sets: [{ match: ${match}, secrets: { Q: { value: { env: Q } } } }] }`

describe('what a configuration stops managing', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['the same', `{ secrets: { ${A} } }`, `{ secrets: { ${A} } }`, []],
    ['more', '{ secrets: {} }', `{ secrets: { ${A} } }`, []],
    ['a secret', `{ secrets: { ${A}, B: { visibility: all } } }`, `{ secrets: { ${A} } }`, ['orgs/acme/secrets/B']],
    ['one in other letters', '{ secrets: { a: { visibility: all } } }', `{ secrets: { ${A} } }`, []],
    ['a family', `{ secrets: { ${A} } }`, '{}', ['orgs/acme/secrets/A']],
    ['what is absent by now', `{ secrets: { ${A} } }`, '{ secrets: { A: absent } }', []],
    ['what was absent', '{ secrets: { A: absent } }', '{ secrets: {} }', ['orgs/acme/secrets/A']],
    ['what is unmanaged by now', `{ secrets: { ${A} } }`, '{ secrets: { A: unmanaged } }', ['orgs/acme/secrets/A']],
    ['what was unmanaged', '{ secrets: { A: unmanaged } }', '{ secrets: {} }', []],
    ['a group', '{ runner_groups: { gpu: { visibility: all } } }', '{}', ['orgs/acme/runner_groups/gpu']],
    [
      'a settings document',
      '{ permissions: { allowed_actions: all }, repositories: { web: { permissions: { enabled: true } } } }',
      '{}',
      ['orgs/acme/permissions', 'repos/acme/web/permissions'],
    ],
    [
      'fields of one',
      '{ permissions: { enabled_repositories: all, allowed_actions: selected, selected_actions: { github_owned_allowed: true, patterns_allowed: [] } } }',
      '{ permissions: { allowed_actions: selected, selected_actions: { github_owned_allowed: true } } }',
      ['orgs/acme/permissions: enabled_repositories, selected_actions.patterns_allowed'],
    ],
    [
      'a value and a list',
      '{ secrets: { A: { visibility: selected, repositories: [web], value: { env: A } } } }',
      '{ secrets: { A: { visibility: selected } } }',
      ['orgs/acme/secrets/A: repositories, value'],
    ],
    [
      'a list of which members are only added by now',
      '{ secrets: { A: { repositories: [web] } } }',
      '{ secrets: { A: { add_repositories: [web] } } }',
      ['orgs/acme/secrets/A: repositories'],
    ],
    [
      'members that are not added any more',
      '{ secrets: { A: { add_repositories: [web, api] } } }',
      '{ secrets: { A: { add_repositories: [web] } } }',
      ['orgs/acme/secrets/A: repositories'],
    ],
    [
      'members that are not removed any more',
      '{ secrets: { A: { add_repositories: [web], remove_repositories: [api, docs] } } }',
      '{ secrets: { A: { add_repositories: [web], remove_repositories: [docs] } } }',
      ['orgs/acme/secrets/A: repositories'],
    ],
    [
      'members that are removed by now, and more',
      '{ secrets: { A: { add_repositories: [web] } } }',
      '{ secrets: { A: { add_repositories: [api], remove_repositories: [web] } } }',
      [],
    ],
    [
      'members that were only added, of a list that is exact by now',
      '{ secrets: { A: { add_repositories: [web] } } }',
      '{ secrets: { A: { repositories: [web] } } }',
      [],
    ],
    ['what a set gave to some', SET('{}'), SET('{ topic: java }'), ['repos/acme/docs/secrets/Q']],
    ['what a set gave to all', SET('{ topic: java }'), '{}', ['repos/acme/api/secrets/Q', 'repos/acme/web/secrets/Q']],
    [
      'a set in place of names',
      '{ repositories: { web: { secrets: { Q: { value: { env: Q } } } } } }',
      SET('{ topic: java }'),
      [],
    ],
    ['a repository that is not there', '{ repositories: { gone: { permissions: { enabled: true } } } }', '{}', []],
  ])('%s', async (_, base, own, expected) => {
    expect(await lost(base, own)).toEqual(expected)
  })
})
