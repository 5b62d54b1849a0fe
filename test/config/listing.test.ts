import { describe, expect, it } from 'vitest'
import { listingNeeds } from '../../src/config/listing.ts'
import { families } from '../../src/families/index.ts'
import { configurationOf } from './load-files.ts'

describe('listingNeeds', () => {
  it.each([
    ['organizations: { acme: { permissions: { enabled_repositories: none } } }', 'all'],
    ['organizations: { acme: { permissions: { repositories: [] } } }', 'all'],
    ['organizations: { acme: { secrets: { S: { visibility: private } } } }', 'all'],
    ['organizations: { acme: {} }\norganization_sets: [{ match: {}, secrets: { S: absent } }]', 'all'],
    ['organizations: { acme: {} }', { names: [] }],
    ['organizations: { acme: { permissions: { repositories: [web] } } }', 'all'],
    ['organizations: { acme: { secrets: { S: { add_repositories: [web] } } } }', 'all'],
    ['organizations: { acme: { runner_groups: { g: { remove_repositories: ["*"] } } } }', 'all'],
    ['organizations: { acme: { runner_groups: { g: { runners: [r] } } } }', 'all'],
    ['organizations: { acme: { repositories: { web: {} } } }', 'all'],
    ['organizations: { acme: { repository_sets: [{ match: { name: web } }] } }', 'all'],
    ['organizations: { acme: {} }\norganization_sets: [{ match: {}, repository_sets: [{ match: {} }] }]', 'all'],
    [
      'organizations: { acme: {} }\nrepositories: { acme/Web: {}, acme/api: {}, beta/x: {} }',
      { names: ['api', 'web'] },
    ],
    ['repositories: { acme/web: { secrets: {} } }', { names: ['web'] }],
    ['repositories: { beta/web: {} }', { names: [] }],
  ])('%s', async (yaml, expected) => {
    const configuration = await configurationOf({ 'octoform.yaml': `version: 1\n${yaml}` })
    expect(listingNeeds(configuration, 'acme', families)).toEqual(expected)
  })
})
