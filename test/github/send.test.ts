import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Client } from '../../src/github/client.ts'
import type { Mode } from '../../src/github/guard.ts'
import type { Expected } from '../../src/github/outgoing.ts'
import { openPace } from '../../src/github/pace.ts'
import { ownerAnswer, repositoryAnswer } from '../support/answers.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerHtml, answerJson, type Reaction, serve } from '../support/scripted-server.ts'
import { simulatedClock } from '../support/simulated-clock.ts'

const WEB = { owner: 'acme', repo: 'web' }

const SECRETS = 'GET /repos/{owner}/{repo}/actions/secrets'

/** Points from the name `acme/web` to another place, where it answers. */
function pointing(status: number, location: string, body: object): Reaction {
  return ({ path }, response) => {
    if (path.startsWith('/repos/acme/web')) response.writeHead(status, { location }).end()
    else answerJson(response, 200, body)
  }
}

describe('a read', () => {
  it.each([301, 302, 307, 308])('follows %i to the id that was expected, with its own query', async (status) => {
    const server = await serve(
      pointing(status, '/repositories/7/actions/secrets?page=9', { total_count: 0, secrets: [] }),
    )
    const list = await clientFor(server.url).paginate(SECRETS, WEB, 'secrets', 100, { id: 7 })
    expect(list).toEqual([])
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/repos/acme/web/actions/secrets?per_page=100',
      '/repositories/7/actions/secrets?per_page=100',
    ])
    expect(server.seen[1]?.headers.authorization).toBeDefined()
  })

  it('of an organization is pointed to its id', async () => {
    const server = await serve(({ path }, response) => {
      if (path.startsWith('/orgs/')) response.writeHead(301, { location: '/organizations/9/actions/permissions' }).end()
      else answerJson(response, 200, { enabled_repositories: 'all' })
    })
    const ask = (id: number): Promise<unknown> =>
      clientFor(server.url).request('GET /orgs/{org}/actions/permissions', { org: 'acme' }, undefined, { id })
    expect(await ask(9)).toMatchObject({ body: { enabled_repositories: 'all' } })
    expect((await rejection(ask(8))).message).toContain('moved since it was read')
  })

  it.each([
    ['another id', '/repositories/8/actions/secrets', { id: 7 }],
    ['an id, where none is known', '/repositories/7/actions/secrets', {}],
    ['another list of the same id', '/repositories/7/actions/variables', { id: 7 }],
    ['the repository itself', '/repositories/7', { id: 7 }],
    ['an organization', '/organizations/7/actions/secrets', { id: 7 }],
    ['another name', '/repos/acme/new/actions/secrets', { id: 7 }],
    ['an id of too many digits', '/repositories/70000000000000000/actions/secrets', { id: 7 }],
  ])('does not follow to %s', async (_, location, expected) => {
    const server = await serve(pointing(301, location, { total_count: 0, secrets: [] }))
    const error = await rejection(clientFor(server.url).paginate(SECRETS, WEB, 'secrets', 100, expected))
    expect(error).toMatchObject({ kind: 'forbidden', status: 301 })
    expect(error.message).toContain(`moved since it was read: the server answered 301`)
    expect(error.message).toContain(location)
    expect(server.seen).toHaveLength(1)
  })

  it('is pointed on no further from an id', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: '/repositories/7' }).end())
    const error = await rejection(clientFor(server.url).request('GET /repos/{owner}/{repo}', WEB))
    expect(error.message).toContain('moved since it was read')
    expect(server.seen).toHaveLength(2)
  })
})

describe('a repository that is asked for itself, without a known id', () => {
  const ask = async (body: object, expected: Expected = {}, location = '/repositories/7'): Promise<unknown> => {
    const server = await serve(pointing(301, location, body))
    const { body: answer } = await clientFor(server.url).request('GET /repos/{owner}/{repo}', WEB, undefined, expected)
    return answer
  }

  it('may be another one by now: its own name tells', async () => {
    const error = await rejection(ask(repositoryAnswer('acme/new')))
    expect(error.message).toContain('GET /repos/acme/web: moved since it was read: it is acme/new now.')
    expect(await ask(repositoryAnswer('acme/new'), { names: 'compared by the caller' })).toMatchObject({ id: 7 })
    expect(await ask(repositoryAnswer('Acme/Web'))).toMatchObject({ id: 7 })
  })

  it.each([
    ['follows', {}],
    ['follows, whoever compares the names,', { names: 'compared by the caller' }],
  ] as const)('%s only where the answer has the id that it was pointed to', async (_, expected) => {
    const error = await rejection(ask(repositoryAnswer('acme/web', { id: 8 }), expected))
    expect(error.message).toContain('its id is 8 now, not 7')
  })

  it.each([
    ['GET /repos/{owner}/{repo}', WEB, repositoryAnswer('evil/web')],
    ['GET /orgs/{org}', { org: 'acme' }, ownerAnswer('evil')],
    ['GET /users/{username}', { username: 'acme' }, ownerAnswer('evil', { type: 'User' })],
  ] as const)('%s that answers of something else is an error without any redirect', async (route, params, body) => {
    const server = await serve((_, response) => answerJson(response, 200, body))
    expect((await rejection(clientFor(server.url).request(route, params))).message).toContain('it is evil')
  })
})

describe('a write', () => {
  it.each([301, 302, 303, 307, 308])('follows no %i', async (status) => {
    const server = await serve(pointing(status, '/repositories/7', { id: 7, full_name: 'acme/web' }))
    const client = clientFor(server.url)
    const error = await rejection(client.request('PATCH /repos/{owner}/{repo}', WEB, { archived: true }, { id: 7 }))
    expect(error).toMatchObject({ kind: 'refused', status })
    expect(error.message).toContain('moved since it was read')
    expect(error.message).toContain('/repositories/7')
    expect(server.seen).toHaveLength(1)
  })
})

describe('a redirect', () => {
  it.each([
    ['without a place', {}],
    ['with a place that is none', { location: 'http://[' }],
  ])('%s is an error', async (_, headers) => {
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
function failing(times: number, fail: Reaction, then: Reaction = whole): Reaction {
  let left = times
  return (asked, response) => {
    if (left-- > 0) fail(asked, response)
    else then(asked, response)
  }
}

function whole(...[, response]: Parameters<Reaction>): void {
  answerJson(response, 200, { login: 'octocat' })
}

const failures: readonly (readonly [string, Reaction])[] = [
  ['500', (_, response) => answerJson(response, 500, { message: 'Server Error' })],
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
const dropped: Reaction = (_, response) => response.destroy()

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

  it.each(['PUT /user', 'PATCH /user', 'DELETE /user'] as const)('is got over by %s, twice', async (route) => {
    const server = await serve(failing(2, fail))
    const { status } = await clientFor(server.url).request(route, {}, { a: 'planted' })
    expect(status).toBe(200)
    expect(server.seen.map(({ method, body }) => `${method} ${body}`)).toEqual(
      Array(3).fill(`${route.split(' ')[0]} {"a":"planted"}`),
    )
  })

  it('leaves a write in doubt the third time', async () => {
    const server = await serve(failing(3, fail))
    const error = await rejection(clientFor(server.url).request('PUT /user', {}, { a: 'planted' }))
    expect(error.kind).toBe('unavailable')
    expect(error.message).toContain('may still have done it')
    expect(error.message).not.toContain('planted')
    expect(server.seen).toHaveLength(3)
  })

  it.each([
    ['POST /repos/{owner}/{repo}/issues', WEB],
    ['PUT /repos/{owner}/{repo}/contents/{path}', { ...WEB, path: 'a' }],
  ] as const)('ends %s, which could be done twice', async (route, params) => {
    const server = await serve(failing(1, fail))
    const error = await rejection(clientFor(server.url).request(route, params, { a: 'planted' }))
    expect(error.message).toContain('may still have done it')
    expect(server.seen).toHaveLength(1)
  })
})

describe('a write that is sent again', () => {
  it('was done where it is a DELETE that GitHub answers with 404', async () => {
    const server = await serve(failing(1, dropped, (_, response) => answerJson(response, 404, { message: 'no' })))
    expect(await clientFor(server.url).request('DELETE /user', {})).toMatchObject({ status: 204 })
    expect(server.seen).toHaveLength(2)
  })

  it.each([404, 409, 422, 301])('stays in doubt where GitHub answers a PUT with %i then', async (status) => {
    const then: Reaction = (_, response) => {
      response.writeHead(status, { location: '/repositories/7', 'content-type': 'application/json' }).end('{}')
    }
    const server = await serve(failing(1, dropped, then))
    const error = await rejection(clientFor(server.url).request('PUT /user', {}, {}))
    expect(error).toMatchObject({ kind: 'unavailable', status: undefined })
    expect(error.message).toContain('may still have done it')
    expect(server.seen).toHaveLength(2)
  })

  it('is asked about before, and left in doubt where it must not be sent any more', async () => {
    for (const [may, times] of [
      [true, 3],
      [false, 1],
    ] as const) {
      const server = await serve(failing(2, dropped))
      let asked = 0
      const ask = async (): Promise<void> => {
        asked += 1
        if (!may) throw new Error('another run has the lock')
      }
      const sent = clientFor(server.url).request('PUT /user', {}, {}, undefined, ask)
      if (may) expect(await sent).toMatchObject({ status: 200 })
      else expect((await rejection(sent)).message).toContain('may still have done it')
      expect(asked).toBe(may ? 2 : 1)
      expect(server.seen).toHaveLength(times)
    }
  })

  it('waits in between, by the clock of the run', async () => {
    const server = await serve(failing(2, dropped))
    const clock = simulatedClock()
    const began = clock.now()
    const client = clientFor(server.url, { pace: openPace({ clock }), retryDelaysMs: [250, 60_000] })
    await client.request('DELETE /user', {})
    expect(clock.sleeps).toEqual([250, 60_000])
    expect(clock.now() - began).toBe(60_250)
  })

  it('may be a question to GraphQL, and the exchange of a token', async () => {
    const ask = async (send: (client: Client) => Promise<unknown>, mode: Mode): Promise<number> => {
      const server = await serve(
        failing(1, dropped, (_, response) => answerJson(response, 201, { data: {}, token: 't', expires_at: 'x' })),
      )
      await send(clientFor(server.url, { mode })).catch(() => undefined)
      return server.seen.length
    }
    expect(await ask((client) => client.graphql('query { viewer { login } }', {}), 'read-write')).toBe(2)
    expect(await ask((client) => client.graphql('mutation { a }', {}), 'read-write')).toBe(1)
    const mint = 'POST /app/installations/{installation_id}/access_tokens'
    expect(await ask((client) => client.request(mint, { installation_id: 1 }, {}), 'token-exchange')).toBe(2)
  })
})

describe('failures that are not tried again', () => {
  it('501', async () => {
    const server = await serve((_, response) => answerJson(response, 501, { message: 'Not Implemented' }))
    const error = await rejection(clientFor(server.url).request('GET /user', {}))
    expect(error).toMatchObject({ kind: 'unavailable', status: 501, message: 'GET /user: 501 Not Implemented.' })
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
      expect(error.message).toBe(`${route}: ${new URL(server.url).host} gave no whole answer within 0.1 s.`)
    }
    expect(server.seen).toHaveLength(2)
  })
})

it('a connection that is refused is unavailable, and names the host', async () => {
  const port = await closedPort()
  const error = await rejection(clientFor(`http://127.0.0.1:${port}`).request('GET /user', {}))
  expect(error).toMatchObject({ kind: 'unavailable', status: undefined, requestId: undefined })
  expect(error.message).toBe(
    `GET /user: http://127.0.0.1:${port} could not be reached (connect ECONNREFUSED 127.0.0.1:${port}).`,
  )
})

/** A port where no server listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
