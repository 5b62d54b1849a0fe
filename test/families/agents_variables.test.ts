import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/core/json.ts'
import { agentsVariables } from '../../src/families/agents-variables/index.ts'
import { families } from '../../src/families/index.ts'
import { testAccess } from '../support/access-cases.ts'
import { deleteRequestsAt, type Place, requestsAt, type Written } from '../support/family-case.ts'
import { workplace } from '../support/octoform.ts'
import { WEB } from '../support/stub-family.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const family = families.find(({ name }) => name === agentsVariables.name) ?? expect.unreachable()
const ORG: Place = { family }
const REPO: Place = { family, scope: WEB }
const LIST = '/orgs/acme/agents/variables'
const SELECTED = { value: 'one', visibility: 'selected', repositories: ['api'] }

testAccess(ORG, ['one', 'two'])

describe('changes as requests', () => {
  it.each<[string, Place, Document | undefined, Document, Written[]]>([
    [
      'a create',
      ORG,
      undefined,
      { value: 'one', visibility: 'all' },
      [[`POST ${LIST}`, { name: 'ONE', value: 'one', visibility: 'all' }]],
    ],
    ['a text', ORG, SELECTED, { value: 'two' }, [[`PATCH ${LIST}/ONE`, { value: 'two' }]]],
    [
      'a list',
      ORG,
      SELECTED,
      { repositories: ['web'] },
      [[`PUT ${LIST}/ONE/repositories`, { selected_repository_ids: [1] }]],
    ],
    [
      'of a repository',
      REPO,
      undefined,
      { value: 'one' },
      [['POST /repos/acme/web/agents/variables', { name: 'ONE', value: 'one' }]],
    ],
  ])('%s', (_, place, live, wants, expected) => {
    expect(requestsAt(place, { key: 'ONE', wants, ...(live ? { live } : {}) })).toEqual(expected)
  })

  it('a delete', () => {
    expect(deleteRequestsAt(ORG, { key: 'ONE', live: SELECTED })).toEqual([[`DELETE ${LIST}/ONE`]])
  })
})

it('Enterprise Server lacks them: an error with its line, and no request', async () => {
  const seed = { product: 'ghes-3.19', organizations: { acme: { repositories: { web: {} } } } }
  const sandbox = await watchedSandbox({ seed })
  const yaml = 'version: 1\norganizations:\n  acme:\n    agents_variables: { ONE: { value: x, visibility: all } }\n'
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  const { code, stdout, stderr } = await place.run(['plan'])
  expect(code).toBe(1)
  expect(stdout + stderr).toMatch(/octoform\.yaml:4:\d+.*agents_variables/)
  expect(sandbox.writes()).toEqual([])
})
