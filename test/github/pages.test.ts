import { describe, expect, it } from 'vitest'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerHtml, answerJson, type ScriptedServer, serve } from '../support/scripted-server.ts'

const ORG = { org: 'acme' }

/** One page of an answer: its JSON, and where its `Link` header leads. */
interface Page {
  readonly body: unknown
  readonly next?: string
}

/** Serves pages by their number; `{origin}` in a link stands for the server itself. */
async function servePages(pages: (number: number, asked: number) => Page): Promise<ScriptedServer> {
  let asked = 0
  return serve(({ path, headers }, response) => {
    asked += 1
    const number = Number(new URL(path, 'http://x').searchParams.get('page') ?? '1')
    const { body, next } = pages(number, asked)
    const link = next?.replace('{origin}', `http://${headers.host}`)
    answerJson(
      response,
      200,
      body,
      link === undefined ? {} : { link: `<${link}>; rel="next", <http://x/>; rel="last"` },
    )
  })
}

function items(from: number, to: number): readonly { readonly id: number }[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ id: from + index }))
}

function secretsOf(server: ScriptedServer): Promise<readonly { readonly id: number }[]> {
  return clientFor(`${server.url}/api/v3`).paginate('GET /orgs/{org}/actions/things', ORG, 'secrets', 100)
}

describe('a list', () => {
  it('is read page by page, where the links lead', async () => {
    const server = await servePages((number) => ({
      body: { total_count: 250, secrets: items(number * 100 - 99, Math.min(number * 100, 250)) },
      ...(number < 3 ? { next: `{origin}/api/v3/organizations/9/actions/things?page=${number + 1}` } : {}),
    }))
    expect(await secretsOf(server)).toEqual(items(1, 250))
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/api/v3/orgs/acme/actions/things?per_page=100',
      '/api/v3/organizations/9/actions/things?page=2',
      '/api/v3/organizations/9/actions/things?page=3',
    ])
    expect(server.seen.every(({ headers }) => headers.authorization !== undefined)).toBe(true)
  })

  it('may be a bare array, and without pages', async () => {
    const server = await servePages(() => ({ body: [{ name: 'a' }, { name: 'b' }] }))
    const list = await clientFor(server.url).paginate('GET /orgs/{org}/things', { ...ORG, type: 'all' }, null, null)
    expect(list).toEqual([{ name: 'a' }, { name: 'b' }])
    expect(server.seen.map(({ path }) => path)).toEqual(['/orgs/acme/things?type=all'])
  })

  it('is empty after 204', async () => {
    const server = await serve((_, response) => response.writeHead(204).end())
    expect(await secretsOf(server)).toEqual([])
  })

  it('is empty after an empty envelope', async () => {
    const server = await servePages(() => ({ body: { total_count: 0, secrets: [] } }))
    expect(await secretsOf(server)).toEqual([])
  })

  it('holds each member once, by id, else by name', async () => {
    const byPage = [
      [{ id: 1, name: 'a' }, { id: 2, name: 'b' }, { name: 'X' }, 'bare'],
      [{ id: 2, name: 'b' }, { id: 3, name: 'b' }, { name: 'X' }, 'bare'],
    ]
    const server = await servePages((number) => ({
      body: { secrets: byPage[number - 1] },
      ...(number === 1 ? { next: '{origin}/api/v3/organizations/9/actions/things?page=2' } : {}),
    }))
    expect(await secretsOf(server)).toEqual([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
      { name: 'X' },
      'bare',
      { id: 3, name: 'b' },
      'bare',
    ])
  })

  it.each([
    ['is relative, and one of several relations', '</api/v3/organizations/9/actions/things?page=2>; rel="prev next"'],
    ['has no quotes', '<things?page=2>; rel=next'],
    ['has other parameters', '</api/v3/organizations/9/actions/things?page=2,3>; title="a"; rel="next"; type="b"'],
  ])('follows a link that %s', async (_, link) => {
    const server = await serve(({ path }, response) => {
      if (path.includes('page=2')) answerJson(response, 200, { secrets: items(2, 2) })
      else answerJson(response, 200, { secrets: items(1, 1) }, { link })
    })
    expect(await secretsOf(server)).toEqual(items(1, 2))
  })

  it.each([
    ['no link leads on', '<http://127.0.0.1/x?page=1>; rel="first", <http://127.0.0.1/x?page=9>; rel="last"'],
    ['a link is broken', 'rel="next"'],
  ])('ends where %s', async (_, link) => {
    const server = await serve((_asked, response) => answerJson(response, 200, { secrets: items(1, 1) }, { link }))
    expect(await secretsOf(server)).toEqual(items(1, 1))
  })
})

describe('total_count', () => {
  it('that is not reached twice in a row means that the list is cut short', async () => {
    const server = await servePages(() => ({ body: { total_count: 3, secrets: items(1, 2) } }))
    const error = await rejection(secretsOf(server))
    expect(error).toMatchObject({ kind: 'unavailable', route: 'GET /orgs/{org}/actions/things' })
    expect(error.message).toBe(
      'GET /orgs/acme/actions/things?per_page=100: the list is cut short: it has 2 members where its total_count says 3.',
    )
    expect(server.seen).toHaveLength(2)
  })

  it('that is reached when the list is read once more was a change meanwhile', async () => {
    const server = await servePages((_, asked) => ({
      body: { total_count: 3, secrets: items(1, asked === 1 ? 2 : 3) },
    }))
    expect(await secretsOf(server)).toEqual(items(1, 3))
  })

  it('counts members, not repetitions', async () => {
    const server = await servePages((number) => ({
      body: { total_count: 4, secrets: number === 1 ? items(1, 2) : items(2, 3) },
      ...(number === 1 ? { next: '{origin}/api/v3/organizations/9/actions/things?page=2' } : {}),
    }))
    expect((await rejection(secretsOf(server))).message).toContain('has 3 members where its total_count says 4')
  })

  it('counts the greatest: a member deleted on page one hides one of page two', async () => {
    const whole = [items(1, 2), items(4, 4)]
    const server = await servePages((number) => ({
      body: { total_count: number === 1 ? 4 : 3, secrets: whole[number - 1] },
      ...(number === 1 ? { next: '{origin}/api/v3/organizations/9/actions/things?page=2' } : {}),
    }))
    expect((await rejection(secretsOf(server))).message).toContain('total_count says 4')
  })

  it('may be less than there is', async () => {
    const server = await servePages(() => ({ body: { total_count: 1, secrets: items(1, 2) } }))
    expect(await secretsOf(server)).toEqual(items(1, 2))
  })
})

describe('a list is cut short, and the token goes nowhere else, where', () => {
  it('the next page is on another origin', async () => {
    const other = await serve((_, response) => answerJson(response, 200, { secrets: [] }))
    const server = await servePages(() => ({
      body: { secrets: items(1, 1) },
      next: `${other.url}/api/v3/x?page=2&k=v`,
    }))
    const error = await rejection(secretsOf(server))
    expect(other.seen).toEqual([])
    expect(error.kind).toBe('unavailable')
    expect(error.message).toContain(`goes on outside the API, at ${other.url}/api/v3/x, where the token is not sent`)
  })

  it.each([
    ['outside the API base', '{origin}/elsewhere?page=2'],
    ['outside the API base by dots', '{origin}/api/v3/../../elsewhere?page=2'],
    ['outside the API base by encoded dots', '{origin}/api/v3/%2e%2e/%2e%2e/elsewhere?page=2'],
    ['beside the API base', '{origin}/api/v3x?page=2'],
    ['behind credentials', 'http://a:b@127.0.0.1:9/api/v3/x'],
    ['nowhere', 'http://['],
  ])('the next page is %s', async (_, next) => {
    const server = await servePages(() => ({ body: { secrets: items(1, 1) }, next }))
    expect((await rejection(secretsOf(server))).message).toContain('goes on outside the API')
    expect(server.seen).toHaveLength(1)
  })

  it.each([
    ['another list of the same organization', '{origin}/api/v3/organizations/9/actions/runners?page=2'],
    ['the list of an account', '{origin}/api/v3/user/9/actions/things?page=2'],
    ['the list of a repository', '{origin}/api/v3/repositories/9/actions/things?page=2'],
    ['the list of another organization by name', '{origin}/api/v3/orgs/evil/actions/things?page=2'],
    ['an id that is no number', '{origin}/api/v3/organizations/9x/actions/things?page=2'],
  ])('the next page is %s', async (_, next) => {
    const server = await servePages(() => ({ body: { secrets: items(1, 1) }, next }))
    expect((await rejection(secretsOf(server))).message).toContain('which is another list')
    expect(server.seen).toHaveLength(1)
  })

  it('the next page is of another id than the listing gave', async () => {
    const server = await servePages(() => ({
      body: { secrets: items(1, 1) },
      next: '{origin}/api/v3/organizations/9/actions/things?page=2',
    }))
    const client = clientFor(`${server.url}/api/v3`)
    const list = client.paginate('GET /orgs/{org}/actions/things', ORG, 'secrets', 100, { id: 8 })
    expect((await rejection(list)).message).toContain('which is another list')
    expect(server.seen).toHaveLength(1)
  })

  it('the pages go from one id to another', async () => {
    const server = await servePages((number) => ({
      body: { secrets: items(number, number) },
      next: `{origin}/api/v3/organizations/${8 + number}/actions/things?page=${number + 1}`,
    }))
    expect((await rejection(secretsOf(server))).message).toContain('which is another list')
    expect(server.seen).toHaveLength(2)
  })

  it('the pages lead in a circle', async () => {
    const server = await servePages((number) => ({
      body: { secrets: items(number, number) },
      next: `{origin}/api/v3/organizations/9/actions/things?page=${number === 3 ? 2 : number + 1}`,
    }))
    expect((await rejection(secretsOf(server))).message).toContain('leads back to an earlier one')
    expect(server.seen).toHaveLength(3)
  })

  it('a page leads to itself', async () => {
    const server = await servePages(() => ({
      body: { secrets: items(1, 1) },
      next: '{origin}/api/v3/orgs/acme/actions/things?per_page=100',
    }))
    await rejection(secretsOf(server))
    expect(server.seen).toHaveLength(1)
  })

  it('the pages never end', async () => {
    const server = await servePages((number) => ({
      body: { secrets: items(number, number) },
      next: `{origin}/api/v3/organizations/9/actions/things?page=${number + 1}`,
    }))
    expect((await rejection(secretsOf(server))).message).toContain('does not end after 2000 pages')
    expect(server.seen).toHaveLength(2000)
  })

  it('a later page is refused', async () => {
    const server = await serve(({ path, headers }, response) => {
      const link = `<http://${headers.host}/api/v3/organizations/9/actions/things?page=2>; rel="next"`
      if (path.includes('page=2')) answerJson(response, 403, { message: 'Forbidden' })
      else answerJson(response, 200, { secrets: items(1, 1) }, { link })
    })
    expect(await rejection(secretsOf(server))).toMatchObject({ kind: 'forbidden', status: 403 })
  })

  it('GitHub says that single sign-on hides a part', async () => {
    const server = await serve((_, response) =>
      answerJson(response, 200, { secrets: [] }, { 'x-github-sso': 'partial-results; organizations=1,2' }),
    )
    expect((await rejection(secretsOf(server))).message).toContain('single sign-on')
  })
})

describe('an answer that is no list', () => {
  it.each([
    ['another envelope', { total_count: 0, variables: [] }, 'secrets', 'the answer has no list "secrets"'],
    ['an envelope that holds no list', { secrets: { a: 1 } }, 'secrets', 'the answer has no list "secrets"'],
    ['an inherited property', {}, 'constructor', 'the answer has no list "constructor"'],
    ['an array instead of an envelope', [], 'secrets', 'the answer has no list "secrets"'],
    ['an object instead of an array', { secrets: [] }, null, 'the answer is not a list'],
  ])('%s is not GitHub’s JSON', async (_, body, envelope, says) => {
    const server = await serve((_asked, response) => answerJson(response, 200, body))
    const list = clientFor(server.url).paginate('GET /orgs/{org}/actions/things', ORG, envelope, 100)
    const error = await rejection(list)
    expect(error.kind).toBe('unavailable')
    expect(error.message).toContain(says)
  })

  it('HTML is not either', async () => {
    const server = await serve((_, response) => answerHtml(response, 200))
    expect((await rejection(secretsOf(server))).message).toContain('but text/html')
  })
})
