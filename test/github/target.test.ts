import { describe, expect, it } from 'vitest'
import type { Route } from '../../src/core/routes.ts'
import type { Params } from '../../src/core/send.ts'
import { SetupError } from '../../src/core/setup-error.ts'
import { openTargets, type Target } from '../../src/github/target.ts'

const GHES = new URL('https://x.test/api/v3')

function target(base: URL, route: Route, params: Params): Target {
  return openTargets(base)(route, params)
}

describe('target', () => {
  const cases: readonly (readonly [Route, Params, string])[] = [
    ['GET /meta', {}, '/api/v3/meta'],
    [
      'PUT /orgs/{org}/actions/secrets/{secret_name}',
      { org: 'acme', secret_name: 'A' },
      '/api/v3/orgs/acme/actions/secrets/A',
    ],
    [
      'GET /orgs/{org}/repos',
      { type: 'all', org: 'acme', per_page: 100 },
      '/api/v3/orgs/acme/repos?per_page=100&type=all',
    ],
    ['DELETE /user', { key: 'a b&c' }, '/api/v3/user?key=a+b%26c'],
    ['GET /orgs/{org}', { org: 'a/b?c#d%2e é' }, '/api/v3/orgs/a%2Fb%3Fc%23d%252e%20%C3%A9'],
    ['GET /repos/{owner}/{repo}', { owner: 'acme', repo: '...' }, '/api/v3/repos/acme/...'],
    ['GET /repos/{owner}/{repo}', { owner: 'acme', repo: '.github' }, '/api/v3/repos/acme/.github'],
  ]

  it.each(cases)('%s with %j', (route, params, expected) => {
    const { method, url } = target(GHES, route, params)
    expect(method).toBe(route.split(' ')[0])
    expect(url.origin + url.pathname + url.search).toBe(`https://x.test${expected}`)
  })

  it.each(['https://api.github.com', 'https://api.github.com/'])('knows an API at the root: %s', (base) => {
    expect(target(new URL(base), 'GET /meta', {}).url.href).toBe('https://api.github.com/meta')
  })

  const mistakes: readonly (readonly [Route, Params, string])[] = [
    ['GET /orgs/{org}', {}, 'Bug: GET /orgs/{org} without a value for {org}.'],
    ['GET /orgs/{org}', { org: '' }, 'Bug: GET /orgs/{org} without a value for {org}.'],
    ['PUT /orgs/{org}', { org: 'a', repo: 'b' }, 'Bug: PUT /orgs/{org} takes no repo in its path.'],
  ]

  it.each(mistakes)('%s with %j is a mistake of ours', (route, params, says) => {
    expect(() => target(GHES, route, params)).toThrow(says)
  })

  it.each(['.', '..', '\ud800'])('refuses %j, which would name another resource or none', (org) => {
    expect(() => target(GHES, 'GET /orgs/{org}', { org })).toThrow(SetupError)
  })
})
