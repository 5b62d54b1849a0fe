import { describe, expect, it } from 'vitest'
import type { Route } from '../../src/core/routes.ts'
import { ownerAnswer } from '../support/answers.ts'
import { clientFor, rejection, TOKEN } from '../support/client-for.ts'
import { answerHtml, answerJson, serve } from '../support/scripted-server.ts'

describe('what is sent', () => {
  it('carries the token, the user agent and the media type, and no version the server may not know', async () => {
    const server = await serve((_, response) => answerJson(response, 200, ownerAnswer('acme')))
    await clientFor(`${server.url}/api/v3`).request('GET /orgs/{org}', { org: 'acme' })
    const [asked] = server.seen
    expect(asked?.path).toBe('/api/v3/orgs/acme')
    expect(asked?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'user-agent': 'octoform/0.0.0-test',
      accept: 'application/vnd.github+json',
    })
    expect(asked?.headers).not.toHaveProperty('x-github-api-version')
    expect(asked?.headers).not.toHaveProperty('content-type')
  })

  it('adds the API version and the preview where it is told', async () => {
    const server = await serve((_, response) => answerJson(response, 200, []))
    const client = clientFor(server.url, {
      apiVersion: '2022-11-28',
      previews: (route) => (route === 'GET /orgs/{org}/repos' ? ['nebula', 'mercy'] : []),
    })
    await client.request('GET /orgs/{org}/repos', { org: 'acme' })
    await client.request('GET /user', {})
    expect(server.seen.map(({ headers }) => headers.accept)).toEqual([
      'application/vnd.github.nebula-preview+json, application/vnd.github.mercy-preview+json, application/vnd.github+json',
      'application/vnd.github+json',
    ])
    expect(server.seen[0]?.headers['x-github-api-version']).toBe('2022-11-28')
  })

  it('is the body as JSON, and an empty one where there is none', async () => {
    const server = await serve((_, response) => response.writeHead(204).end())
    const client = clientFor(server.url)
    const list = { selected_repository_ids: [1, 2] }
    await client.request('PUT /orgs/{org}/actions/permissions/repositories', { org: 'acme' }, list)
    const route = 'PUT /orgs/{org}/actions/permissions/repositories/{repository_id}'
    await client.request(route, { org: 'acme', repository_id: 7 })
    expect(server.seen.map(({ body }) => body)).toEqual(['{"selected_repository_ids":[1,2]}', ''])
    expect(server.seen[0]?.headers['content-type']).toBe('application/json')
    expect(server.seen[1]?.headers['content-length']).toBe('0')
  })
})

describe('what comes back', () => {
  it('is status, the headers that are read, in lower case, body and date', async () => {
    const date = 'Sat, 21 Nov 2026 10:00:00 GMT'
    const given = { Date: date, 'X-GitHub-Request-Id': 'a', 'X-Thing': 'b', ETag: '"c"' }
    const server = await serve((_, response) => answerJson(response, 201, { id: 4 }, given))
    const answer = await clientFor(server.url).request('POST /orgs/{org}/actions/runner-groups', { org: 'acme' }, {})
    expect(answer).toMatchObject({ status: 201, body: { id: 4 }, date })
    expect(answer.headers).toMatchObject({ date, 'x-github-request-id': 'a', etag: '"c"' })
    expect(Object.keys(answer.headers)).not.toContain('x-thing')
  })

  it.each([204, 201])('may be empty after a write (%i)', async (status) => {
    const server = await serve((_, response) => response.writeHead(status).end())
    const answer = await clientFor(server.url).request('DELETE /repos/{owner}/{repo}', { owner: 'acme', repo: 'web' })
    expect(answer).toMatchObject({ status, body: undefined })
  })
})

describe('a client that may only read', () => {
  const writes: readonly Route[] = ['PUT /user', 'POST /user', 'PATCH /user', 'DELETE /user']

  it.each(writes)('throws on %s, and nothing is sent', async (route) => {
    const server = await serve((_, response) => answerJson(response, 200, {}))
    const client = clientFor(server.url, { mode: 'read-only' })
    await expect(client.request(route, {})).rejects.toThrow(`Bug: ${route} on a client that may only read`)
    await expect(client.paginate(route, {}, null, null)).rejects.toThrow('may only read')
    expect(server.seen).toEqual([])
  })

  it('reads', async () => {
    const server = await serve((_, response) => answerJson(response, 200, { login: 'octocat' }))
    const answer = await clientFor(server.url, { mode: 'read-only' }).request('GET /user', {})
    expect(answer.body).toEqual({ login: 'octocat' })
  })
})

describe('an answer that is not GitHub’s JSON', () => {
  const cases = [
    { came: 'HTML with 200', text: '<html>', type: 'text/html; charset=utf-8', status: 200, says: 'but text/html' },
    { came: 'HTML with 404', text: '<html>', type: 'text/html', status: 404, says: 'but text/html (status 404)' },
    { came: 'cut off JSON', text: '{"login": "ac', type: 'application/json', status: 200, says: 'but broken JSON' },
    { came: 'a bare word', text: '"acme"', type: 'application/json', status: 200, says: 'but broken JSON' },
    { came: 'nothing', text: '', type: 'application/json', status: 200, says: 'but nothing' },
  ]

  it.each(cases)('$came is unavailable, and names the request', async ({ text, type, status, says }) => {
    const server = await serve((_, response) => response.writeHead(status, { 'content-type': type }).end(text))
    const error = await rejection(clientFor(`${server.url}/api/v3`).request('GET /orgs/{org}', { org: 'acme' }))
    expect(error).toMatchObject({ kind: 'unavailable', status, route: 'GET /orgs/{org}' })
    expect(error.message).toContain(`GET /orgs/acme: the answer is not GitHub's JSON ${says}`)
    expect(error.message).toContain(`${server.url}/api/v3`)
    expect(error.message).not.toContain('<html>')
    expect(server.seen).toHaveLength(1)
  })

  it('says of a write that it may have been done', async () => {
    const server = await serve((_, response) => answerHtml(response, 200))
    const error = await rejection(
      clientFor(server.url).request('PATCH /repos/{owner}/{repo}', { owner: 'a', repo: 'b' }, {}),
    )
    expect(error.kind).toBe('unavailable')
    expect(error.message).toContain('may still have done it')
  })
})

describe('--debug', () => {
  it('gets a line for each request, without headers, bodies or the token', async () => {
    const server = await serve((asked, response) =>
      asked.method === 'GET'
        ? answerJson(response, 200, { secret: 'in the answer' }, { 'x-github-request-id': 'AB12:CD' })
        : answerJson(response, 422, { message: 'no' }),
    )
    const lines: string[] = []
    const client = clientFor(server.url, { trace: (line) => lines.push(line) })
    await client.request('GET /orgs/{org}/things', { org: 'acme', page: 2 })
    await rejection(client.request('PUT /orgs/{org}/actions/permissions', { org: TOKEN }, { value: 'in the body' }))
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^GET \/orgs\/acme\/things\?page=2 200 AB12:CD \d+ms$/)
    expect(lines[1]).toMatch(/^PUT \/orgs\/\*\*\*\/actions\/permissions 422 \d+ms$/)
  })

  it('tells of a request without an answer', async () => {
    const server = await serve((_, response) => response.destroy())
    const lines: string[] = []
    await rejection(
      clientFor(server.url, { retryDelaysMs: [], trace: (line) => lines.push(line) }).request('GET /user', {}),
    )
    expect(lines).toEqual([expect.stringMatching(/^GET \/user (UND_ERR_SOCKET|ECONNRESET) \d+ms$/)])
  })
})

describe('mistakes of the caller', () => {
  it('a token that no header can hold is neither sent nor quoted', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}))
    const client = clientFor(server.url, { credential: async () => 'two\nlines' })
    await expect(client.request('GET /user', {})).rejects.toThrow(/^Bug: a client with a token that cannot be one\.$/)
    expect(server.seen).toEqual([])
  })

  it('a GET with a body', async () => {
    const client = clientFor('http://127.0.0.1:9')
    await expect(client.request('GET /user', {}, { a: 1 })).rejects.toThrow('Bug: GET /user with a body.')
  })
})
