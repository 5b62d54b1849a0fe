import { describe, expect, it } from 'vitest'
import { listingNeeds, namesEnough } from '../../src/config/listing.ts'
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

describe('namesEnough', () => {
  it.each([
    ['{}', []],
    ['{ repositories: { Web: {}, api: {} } }', ['api', 'web']],
    ['{ secrets: {} }', []],
    ['{ workflow_permissions: { default_workflow_permissions: read } }', []],
    ['{ secrets: { S: { visibility: selected, repositories: [web, "!api"] } } }', ['api', 'web']],
    ['{ secrets: { S: { add_repositories: [web] } } }', ['web']],
    ['{ secrets: { S: { visibility: all } } }', []],
    ['{ secrets: { S: absent } }', []],
    ['{ secrets: { S: { repositories: [web] }, T: {} } }', ['web']],
    ['{ secrets: {}, prune: ["secrets/*"] }', []],
    ['{ secrets: { S: { repositories: ["w*"] } } }', undefined],
    ['{ secrets: { S: { repositories: [web, "!a*"] } } }', undefined],
    ['{ secrets: { S: { repositories: [{ topic: node }] } } }', undefined],
    ['{ permissions: { allowed_actions: all } }', []],
    ['{ permissions: { enabled_repositories: selected, repositories: [web] } }', ['web']],
    ['{ runner_groups: { g: { visibility: selected, repositories: [web] } } }', ['web']],
    ['{ repositories: { web: {} }, repository_sets: [{ match: { name: web } }] }', undefined],
  ])('%s', async (yaml, expected) => {
    const configuration = await configurationOf({ 'octoform.yaml': `version: 1\norganizations: { acme: ${yaml} }` })
    const found = namesEnough(configuration, 'acme', families)
    expect(found && [...found].sort()).toEqual(expected)
  })
})
