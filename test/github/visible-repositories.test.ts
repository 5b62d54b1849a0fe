import { expect, it } from 'vitest'
import { visibleRepositories } from '../../src/github/visible-repositories.ts'

const base = new URL('https://api.github.com')
const ALL = { from: 'OCTOFORM_TOKEN', repositories: 'all' } as const

it.each([
  ['admin:org, repo', 'all'],
  ['repo', 'all'],
  ['admin:org', 'selected'],
  ['admin:org, public_repo', 'selected'],
  // Tokens that are no classic ones have no scopes, and GitHub says so in either way.
  ['', 'all'],
  [undefined, 'all'],
])('a token with the scopes %j is known to see: %s', (scopes, expected) => {
  expect(visibleRepositories(ALL, { owner: 'acme', scopes, base }).sees).toBe(expected)
})

it('tells how to see all', () => {
  expect(visibleRepositories(ALL, { owner: 'acme', scopes: 'admin:org', base })).toMatchObject({
    remedy: expect.stringContaining('gh auth refresh -s repo'),
  })
  const app = { from: 'OCTOFORM_APP_ID', repositories: 'selected' } as const
  expect(visibleRepositories(app, { owner: 'acme', scopes: undefined, base })).toEqual({
    sees: 'selected',
    remedy:
      'the GitHub App of OCTOFORM_APP_ID is installed on some repositories of acme only: install it on all of them',
  })
})
