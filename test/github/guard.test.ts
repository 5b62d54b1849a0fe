import { describe, expect, it } from 'vitest'
import { graphqlUrl, type Judged, type Mode, refusedBy } from '../../src/github/guard.ts'
import { HOME_ROUTES } from '../../src/github/home-client.ts'

const BASE = new URL('https://github.example.com/api/v3')
const QUERY = 'mutation { minimizeComment }'
const HOME: Mode = { home: 'Acme/Admin', admits: HOME_ROUTES, admitsGraphql: [QUERY] }

function judged(text: string, body?: string): Judged {
  const [method = '', path = ''] = text.split(' ')
  const url = new URL(path.startsWith('/') ? `${BASE.href}${path}` : path)
  return { route: text, method: method as Judged['method'], url, body }
}

describe('a client for one repository', () => {
  it.each([
    'GET /repos/acme/admin',
    'GET /repos/ACME/admin/pulls/7',
    'GET /repos/acme/admin/issues?per_page=100&page=2',
    'GET /repos/acme/admin/branches/release%2F1.2',
    'GET /repos/acme/admin/contents/.octoform%2Fledger.json?ref=octoform',
    'GET /repos/acme/admin/branches/50%25',
    'POST /repos/acme/admin/issues',
    'POST /repos/acme/admin/issues/7/comments',
    'PATCH /repos/acme/admin/issues/comments/42',
    'PATCH /repos/aCme/adMin/check-runs/9',
    'PUT /repos/acme/admin/contents/.octoform%2Fledger.json',
    'POST /repos/acme/admin/git/refs',
  ])('may send %s', (text) => {
    expect(refusedBy(HOME, BASE, judged(text))).toBeUndefined()
  })

  it.each([
    ['another repository', 'GET /repos/acme/web'],
    ['another owner', 'GET /repos/evil/admin'],
    ['a longer name', 'GET /repos/acme/admin2'],
    ['another tree', 'GET /orgs/acme/actions/secrets'],
    ['nothing below the base', 'GET https://github.example.com/repos/acme/admin'],
    ['by its id', 'GET /repositories/5/issues'],
    ['a write that is not admitted', 'PUT /repos/acme/admin/actions/secrets/X'],
    ['a deletion', 'DELETE /repos/acme/admin/contents/x'],
    ['another method of an admitted path', 'PUT /repos/acme/admin/issues'],
    ['an admitted write elsewhere', 'POST /repos/acme/web/issues'],
    ['one segment more', 'POST /repos/acme/admin/issues/7/comments/8'],
    ['a step up', 'GET /repos/acme/admin/../web'],
    ['a step up, encoded', 'GET /repos/acme/admin/%2e%2e/web'],
    ['a step up in a path', 'PUT /repos/acme/admin/contents/..%2F..%2Fweb%2Fcontents%2Fx'],
    ['a step up, encoded twice', 'PUT /repos/acme/admin/contents/%252e%252e%252fweb'],
    ['a backslash', 'GET /repos/acme/admin/contents/..%5Cweb'],
    ['an owner with a slash', 'GET /repos/acme%2Fadmin/admin/issues'],
    ['a number with a slash', 'PATCH /repos/acme/admin/issues/7%2Flabels'],
    ['an empty segment', 'GET /repos/acme/admin//issues'],
    ['GraphQL without a body', 'POST https://github.example.com/api/graphql'],
  ])('may not send %s: %s', (_, text) => {
    expect(refusedBy(HOME, BASE, judged(text))).toMatch(/on a client for Acme\/Admin alone$/)
  })

  it.each([
    [true, { query: QUERY, variables: { id: 'x' } }],
    [false, { query: `${QUERY} ` }],
    [false, { query: 'mutation { deleteIssue }' }],
    [false, { query: [QUERY] }],
    [false, { query: QUERY, operationName: 'other' }],
    [false, {}],
  ])('GraphQL goes word for word (%j): %j', (admitted, body) => {
    const asked = judged('POST https://github.example.com/api/graphql', JSON.stringify(body))
    expect(refusedBy(HOME, BASE, asked) === undefined).toBe(admitted)
    expect(refusedBy({ home: 'acme/admin', admits: HOME_ROUTES }, BASE, asked)).toContain('acme/admin alone')
    expect(refusedBy('read-only', BASE, asked)).toContain('may only read')
    expect(refusedBy('token-exchange', BASE, asked)).toContain("only get an App's token")
  })

  it('without a name admits nothing', () => {
    expect(refusedBy({ home: '', admits: HOME_ROUTES }, BASE, judged('POST /repos///issues'))).toBeDefined()
  })
})

describe('a client that gets an App’s token', () => {
  it.each([
    ['GET /orgs/acme/installation', true],
    ['GET /users/octocat/installation', true],
    ['POST /app/installations/7/access_tokens', true],
    ['GET /orgs/acme/actions/secrets', false],
    ['POST /app/installations/7/suspended', false],
    ['POST /app/installations/7%2F8/access_tokens', false],
    ['DELETE /app/installations/7', false],
    ['PUT /app/installations/7/access_tokens', false],
  ])('%s: %j', (text, admitted) => {
    expect(refusedBy('token-exchange', BASE, judged(text)) === undefined).toBe(admitted)
  })
})

it.each([
  ['https://api.github.com', 'https://api.github.com/graphql'],
  ['https://api.acme.ghe.com/', 'https://api.acme.ghe.com/graphql'],
  ['https://github.example.com/api/v3', 'https://github.example.com/api/graphql'],
  ['https://acme.ghe.com/api/v3/', 'https://acme.ghe.com/api/graphql'],
])('GraphQL of %s is at %s', (base, expected) => {
  expect(graphqlUrl(new URL(base)).href).toBe(expected)
})

it('nothing that is written to a repository is a deletion but that of a label, or anything but comments, issues, checks and files', () => {
  expect(HOME_ROUTES.filter((route) => route.startsWith('DELETE'))).toEqual([
    'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
  ])
  expect(
    HOME_ROUTES.every((route) => / \/repos\/\{owner\}\/\{repo\}\/(issues|check-runs|contents|git)/.test(route)),
  ).toBe(true)
})

describe('a client for an operation', () => {
  const mode = {
    operates: ['GET /repos/{owner}/{repo}/actions/runs/{run_id}', 'GET /orgs/{org}/actions/runners'],
    scopes: [{ owner: 'acme', repo: 'web' }],
  } as const
  it.each([
    ['GET /repos/acme/web/actions/runs/1', true],
    ['GET /repos/ACME/Web/actions/runs/1', true],
    ['DELETE /repos/acme/web/actions/runs/1', false],
    ['GET /repos/acme/api/actions/runs/1', false],
    ['GET /repos/acme%2Fweb/actions/runs/1', false],
    ['GET /repos/acme/web/actions/runs/1%2Flogs', false],
    ['GET /repos/acme/web/actions/runs/%252e%252e', false],
    ['GET /repos/acme/web/actions/runs/..', false],
    ['GET /repos/acme/web/actions/runs/1/logs', false],
    ['GET /repos/acme/web/Actions/runs/1', false],
    ['GET /orgs/other/actions/runners', false],
  ])('%s: %j', (text, admitted) => {
    expect(refusedBy(mode, BASE, judged(text)) === undefined).toBe(admitted)
  })
})
