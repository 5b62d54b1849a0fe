import { describe, expect, it } from 'vitest'
import type { Route } from '../../src/core/routes.ts'
import { neededFor } from '../../src/github/needed-permission.ts'
import { clientFor, rejection, TOKEN } from '../support/client-for.ts'
import { answerJson, serve } from '../support/scripted-server.ts'

const READ = 'GET /orgs/{org}/actions/secrets'
const WRITE = 'PUT /orgs/{org}/actions/permissions'

async function refused(
  route: Route,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  options: Parameters<typeof clientFor>[1] = {},
) {
  const server = await serve((_, response) => answerJson(response, status, body, headers))
  const sent = route.startsWith('GET') ? undefined : { note: 'planted in the body' }
  const error = await rejection(clientFor(server.url, options).request(route, { org: 'acme' }, sent))
  expect(error.message).not.toContain('planted in the body')
  expect(error.message).not.toContain(TOKEN)
  return error
}

describe('the kind of an error', () => {
  it.each([
    [401, 'forbidden', 'refused'],
    [403, 'forbidden', 'refused'],
    [404, 'forbidden', 'refused'],
    [409, 'unavailable', 'refused'],
    [410, 'unavailable', 'refused'],
    [422, 'unavailable', 'refused'],
    [429, 'unavailable', 'unavailable'],
    [500, 'unavailable', 'unavailable'],
  ])('%i is %s for a read and %s for a write', async (status, read, write) => {
    expect(await refused(READ, status, { message: 'no' })).toMatchObject({ kind: read, status, route: READ })
    expect(await refused(WRITE, status, { message: 'no' })).toMatchObject({ kind: write, status, route: WRITE })
  })
})

describe('a 404 of GitHub AE', () => {
  const GROUPS = 'GET /orgs/{org}/actions/runner-groups'
  it.each<[string, Route, Readonly<Record<string, string>>, boolean]>([
    ['where that of 2021 lacks the route', GROUPS, { 'x-github-enterprise-version': 'GitHub AE' }, true],
    ['where both have it', READ, { 'x-github-enterprise-version': 'GitHub AE' }, false],
    ['but of another server', GROUPS, { 'x-github-enterprise-version': '3.19.0' }, false],
    ['but of none', GROUPS, {}, false],
  ])('names the generation of 2021 %s', async (_, route, headers, isNamed) => {
    const { message } = await refused(route, 404, { message: 'Not Found' }, headers, { permission: neededFor })
    expect(message.includes('GitHub AE did not have it in 2021: for a server of that generation write')).toBe(isNamed)
  })
})

describe('GitHub’s own words', () => {
  it('are shown as they are, with the errors of a 422', async () => {
    const message = 'Invalid request.\n\nFor \'items\', "12345" is not an integer.'
    const errors = ['a plain one', { resource: 'Secret', field: 'key_id', code: 'invalid' }]
    const error = await refused(WRITE, 422, { message, errors }, { 'x-github-request-id': 'AB:12' })
    expect(error.message).toBe(
      `PUT /orgs/acme/actions/permissions: 422 ${message}; a plain one; ` +
        '{"resource":"Secret","field":"key_id","code":"invalid"}.',
    )
    expect(error).toMatchObject({ requestId: 'AB:12', body: { message, errors }, hint: undefined })
  })

  it.each([[{}], [[]]])('may be missing: %j', async (body) => {
    expect((await refused(WRITE, 409, body)).message).toBe('PUT /orgs/acme/actions/permissions: 409, no message.')
  })

  it('may be missing along with the whole body', async () => {
    const server = await serve((_, response) => response.writeHead(409).end())
    const error = await rejection(clientFor(server.url).request(READ, { org: 'acme' }))
    expect(error.message).toBe('GET /orgs/acme/actions/secrets: 409, no message.')
  })

  it('cannot print the token, move the cursor or fill the screen', async () => {
    const error = await refused(READ, 403, { message: `you sent ${TOKEN} \u001b[2J${'x'.repeat(9000)}` })
    expect(error.message).toContain('you sent ***')
    expect(error.message).not.toContain('\u001b')
    expect(error.message.length).toBeLessThan(2500)
    expect(JSON.stringify(error.body)).not.toContain(TOKEN)
  })
})

describe('401', () => {
  it('says which variable holds the bad token', async () => {
    const error = await refused(READ, 401, { message: 'Bad credentials' })
    expect(error.message).toContain(': 401 Bad credentials. GitHub does not accept the token from OCTOFORM_TOKEN.')
    expect(error.message).toContain(error.hint)
  })
})

describe('403 and 404 say what is missing', () => {
  it('404 may hide it', async () => {
    const { message } = await refused(READ, 404, { message: 'Not Found' })
    expect(message).toContain('404 Not Found. It does not exist, or GitHub hides it from a token that may not see it.')
  })

  it.each([
    ['admin:org', 'repo, gist', 'lacks the scope admin:org; it has repo, gist.', '-s admin:org'],
    [
      'admin:org, read:org, write:org',
      '',
      'lacks the scope admin:org or read:org or write:org; it has none',
      '-s read:org',
    ],
  ])('scopes: %s against %s', async (accepted, held, says, refresh) => {
    const headers = { 'x-accepted-oauth-scopes': accepted, 'x-oauth-scopes': held }
    for (const status of [403, 404]) {
      const error = await refused(READ, status, { message: 'no' }, headers)
      expect(error.message).toContain(`The token from OCTOFORM_TOKEN ${says}`)
      expect(error.hint).toMatch(new RegExp(`gh auth refresh -h 127\\.0\\.0\\.1:\\d+ ${refresh}\\.$`))
    }
  })

  it('scopes that are enough: the role is missing', async () => {
    const headers = { 'x-accepted-oauth-scopes': 'admin:org', 'x-oauth-scopes': 'repo, admin:org' }
    const { message } = await refused(READ, 403, { message: 'Must have admin rights.' }, headers)
    expect(message).toContain('Must have admin rights. The scopes of the token from OCTOFORM_TOKEN')
    expect(message).toContain('an owner of the organization')
  })

  it.each([
    ['organization_secrets=write', 'the permission organization_secrets: write, which'],
    ['a=write,b=read; c=read', 'the permission a: write and b: read, or c: read, which'],
  ])('permissions: %s', async (accepted, says) => {
    const { message } = await refused(READ, 403, { message: 'no' }, { 'x-accepted-github-permissions': accepted })
    expect(message).toContain(`This needs ${says} the token from OCTOFORM_TOKEN may lack.`)
  })

  it('single sign-on', async () => {
    const sso = 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1'
    const error = await refused(READ, 403, { message: 'no' }, { 'x-github-sso': sso })
    expect(error.hint).toBe('Authorise it: https://github.com/orgs/acme/sso?authorization_request=A1')
  })

  it.each([
    ['GITHUB_TOKEN', true],
    ['OCTOFORM_TOKEN', false],
  ])('the token of a workflow, from %s', async (tokenFrom, said) => {
    const body = { message: 'Resource not accessible by integration' }
    const { message } = await refused(WRITE, 403, body, {}, { tokenFrom })
    expect(message.includes('that of a workflow')).toBe(said)
  })

  it('GitHub’s documentation speaks where the answer does not', async () => {
    const needed = { classic: 'admin:org', app: { level: 'organization', name: 'secrets', access: 'read' } }
    const asked: string[] = []
    const permission = (route: string) => {
      asked.push(route)
      return needed
    }
    const error = await refused(READ, 404, { message: 'Not Found' }, {}, { permission })
    expect(asked).toEqual([READ])
    expect(error.message).toContain(
      'This needs the scope admin:org (classic token) or the organization permission secrets: read (fine-grained token, GitHub App)',
    )
    expect(error.hint).toContain('-s admin:org')
  })
})

describe('the rate limit', () => {
  const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795255200' }

  it.each([
    ['spent, 403', 403, 'API rate limit exceeded', spent, 'it starts anew at 2026-11-21T10:00:00Z.'],
    ['spent, 429', 429, 'no', spent, 'it starts anew at 2026-11-21T10:00:00Z.'],
    ['retry-after, 403', 403, 'no', { 'retry-after': '60' }, 'GitHub asks to wait 60 s.'],
    ['retry-after before reset', 403, 'no', { ...spent, 'retry-after': '60' }, 'GitHub asks to wait 60 s.'],
    ['retry-after as a date', 429, 'no', { 'retry-after': 'Sat, 21 Nov 2026' }, 'reached until Sat, 21 Nov 2026.'],
    ['secondary, by its words', 403, 'You have exceeded a secondary rate limit', {}, 'does not say for how long'],
    ['429 alone', 429, 'no', {}, 'does not say for how long'],
    [
      'a reset that is no time',
      429,
      'no',
      { ...spent, 'x-ratelimit-reset': '9'.repeat(30) },
      'does not say for how long',
    ],
  ])('%s', async (_, status, message, headers, says) => {
    for (const route of [READ, WRITE] as const) {
      const error = await refused(route, status, { message }, headers)
      expect(error.kind).toBe('unavailable')
      expect(error.message).toContain('The rate limit is reached')
      expect(error.message).toContain(says)
    }
  })

  it.each([[{}], [{ 'x-ratelimit-remaining': '4999' }]])('is not reached by a 403 with %j', async (headers) => {
    expect(await refused(READ, 403, { message: 'Forbidden' }, headers)).toMatchObject({ kind: 'forbidden' })
  })
})
