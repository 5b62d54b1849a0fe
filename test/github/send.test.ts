import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerHtml, answerJson, type Reaction, serve } from '../support/scripted-server.ts'

const WEB = { owner: 'acme', repo: 'web' }

describe('redirects within the origin', () => {
  it.each([301, 302, 307, 308])('a read follows %i', async (status) => {
    const server = await serve(({ path }, response) => {
      if (path === '/repos/acme/web') response.writeHead(status, { location: '/repositories/7' }).end()
      else answerJson(response, 200, { id: 7 })
    })
    const answer = await clientFor(server.url).request('GET /repos/{owner}/{repo}', WEB)
    expect(answer.body).toEqual({ id: 7 })
    expect(server.seen.map(({ path }) => path)).toEqual(['/repos/acme/web', '/repositories/7'])
    expect(server.seen[1]?.headers.authorization).toBeDefined()
  })

  it.each([307, 308])('a write follows %i with method and body', async (status) => {
    const server = await serve(({ path }, response) => {
      if (path === '/repos/acme/web') response.writeHead(status, { location: '/repositories/7' }).end()
      else answerJson(response, 200, { id: 7 })
    })
    await clientFor(server.url).request('PATCH /repos/{owner}/{repo}', WEB, { archived: true })
    expect(server.seen.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['PATCH', '/repos/acme/web', '{"archived":true}'],
      ['PATCH', '/repositories/7', '{"archived":true}'],
    ])
  })

  it.each([301, 302, 303])('a write does not follow %i, which would become a read', async (status) => {
    const server = await serve((_, response) => response.writeHead(status, { location: '/elsewhere' }).end())
    const error = await rejection(clientFor(server.url).request('PATCH /repos/{owner}/{repo}', WEB, {}))
    expect(error).toMatchObject({ kind: 'unavailable', status })
    expect(error.message).toContain('/elsewhere')
    expect(server.seen).toHaveLength(1)
  })

  it('a read gives up after five', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: '/user' }).end())
    const error = await rejection(clientFor(server.url).request('GET /user', {}))
    expect(error.message).toContain('more than 5 redirects')
    expect(server.seen).toHaveLength(6)
  })

  it.each([
    ['without a place', {}],
    ['with a place that is none', { location: 'http://[' }],
  ])('a redirect %s is an error', async (_, headers) => {
    const server = await serve((_asked, response) => response.writeHead(302, headers).end())
    const error = await rejection(clientFor(server.url).request('GET /user', {}))
    expect(error.message).toContain('a redirect without a place')
  })
})

describe('redirects to another origin', () => {
  const writes = ['GET /user', 'PUT /user', 'POST /user', 'PATCH /user', 'DELETE /user'] as const

  it.each(writes)('%s is not sent there', async (route) => {
    const other = await serve((_, response) => answerJson(response, 200, {}))
    const server = await serve((_, response) =>
      response.writeHead(307, { location: `${other.url}/user?signature=abc` }).end(),
    )
    const error = await rejection(clientFor(server.url).request(route, {}))
    expect(other.seen).toEqual([])
    expect(error).toMatchObject({ kind: 'unavailable', status: 307 })
    expect(error.message).toContain(`a redirect away from the API, to ${other.url}/user.`)
    expect(error.message).not.toContain('signature')
  })

  it.each([
    ['another scheme', (port: number) => `https://127.0.0.1:${port}/user`],
    ['another name of the same host', (port: number) => `http://localhost:${port}/user`],
    ['credentials in the URL', (port: number) => `http://a:b@127.0.0.1:${port}/user`],
  ])('%s is another origin', async (_, place) => {
    const server = await serve(({ headers }, response) => {
      const port = Number(headers.host?.split(':')[1])
      response.writeHead(302, { location: place(port) }).end()
    })
    const error = await rejection(clientFor(server.url).request('GET /user', {}))
    expect(error.message).toContain('a redirect away from the API')
    expect(error.message).not.toContain('a:b@')
    expect(server.seen).toHaveLength(1)
  })
})

/** Fails the given number of times, then answers. */
function failing(times: number, fail: Reaction): Reaction {
  let left = times
  return (asked, response) => {
    if (left-- > 0) fail(asked, response)
    else answerJson(response, 200, { login: 'octocat' })
  }
}

const failures: readonly (readonly [string, Reaction])[] = [
  ['502 as HTML', (_, response) => answerHtml(response, 502)],
  ['503', (_, response) => answerJson(response, 503, { message: 'Service unavailable' })],
  ['504', (_, response) => answerJson(response, 504, { message: 'Timeout' })],
  ['a connection closed before the answer', (_, response) => response.destroy()],
  [
    'a connection closed within the answer',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"login": ', () => response.destroy())
    },
  ],
]

describe.each(failures)('%s', (_, fail) => {
  it('is got over by a read, twice', async () => {
    const server = await serve(failing(2, fail))
    const answer = await clientFor(server.url).request('GET /user', {})
    expect(answer.body).toEqual({ login: 'octocat' })
    expect(server.seen).toHaveLength(3)
  })

  it('is unavailable the third time', async () => {
    const server = await serve(failing(3, fail))
    const error = await rejection(clientFor(server.url).request('GET /user', {}))
    expect(error.kind).toBe('unavailable')
    expect(error.message).toMatch(/^GET \/user: \S/)
    expect(server.seen).toHaveLength(3)
  })

  it('ends a write, which is not sent again', async () => {
    const server = await serve(failing(1, fail))
    const error = await rejection(clientFor(server.url).request('PUT /user', {}, { a: 'planted' }))
    expect(error.kind).toBe('unavailable')
    expect(error.message).toContain('may have done it all the same')
    expect(error.message).not.toContain('planted')
    expect(server.seen).toHaveLength(1)
  })
})

describe('failures that are not tried again', () => {
  it('500', async () => {
    const server = await serve((_, response) => answerJson(response, 500, { message: 'Server Error' }))
    const error = await rejection(clientFor(server.url).request('GET /user', {}))
    expect(error).toMatchObject({ kind: 'unavailable', status: 500, message: 'GET /user: 500 Server Error.' })
    expect(server.seen).toHaveLength(1)
  })

  it('no answer in time, neither before the answer nor within it', async () => {
    const server = await serve(({ path }, response) => {
      if (path === '/user') response.writeHead(200, { 'content-type': 'application/json' }).write('{')
    })
    const client = clientFor(server.url, { timeoutMs: 100 })
    for (const route of ['GET /meta', 'GET /user'] as const) {
      const error = await rejection(client.request(route, {}))
      expect(error).toMatchObject({ kind: 'unavailable', status: undefined })
      expect(error.message).toContain('no answer within 0.1 s')
    }
    expect(server.seen).toHaveLength(2)
  })
})

it('a connection that is refused is unavailable, and names the host', async () => {
  const port = await closedPort()
  const error = await rejection(clientFor(`http://127.0.0.1:${port}`).request('GET /user', {}))
  expect(error).toMatchObject({ kind: 'unavailable', status: undefined, requestId: undefined })
  expect(error.message).toContain(`GET /user: 127.0.0.1:${port} gave no whole answer`)
  expect(error.message).toContain('ECONNREFUSED')
})

/** A port where nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
