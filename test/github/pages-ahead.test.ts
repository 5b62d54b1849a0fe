import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerJson, type Reaction, type ScriptedServer, serve } from '../support/scripted-server.ts'

interface Page {
  readonly ids: readonly number[]
  /** As GitHub has them; none where they are left out. */
  readonly next?: number
  readonly last?: number
  readonly status?: number
}

interface Watched extends ScriptedServer {
  /** The most requests that were on their way at once. */
  readonly most: () => number
  readonly pages: () => readonly number[]
}

/** Serves pages by their number, each after a moment in milliseconds. */
async function servePages(pages: (number: number) => Page, moment = 10): Promise<Watched> {
  let [now, most] = [0, 0]
  const react = async (
    { path, headers }: Parameters<Reaction>[0],
    response: Parameters<Reaction>[1],
  ): Promise<void> => {
    now += 1
    most = Math.max(most, now)
    await sleep(moment)
    now -= 1
    const { ids, next, last, status = 200 } = pages(pageIn(path))
    const to = (page: number): string =>
      `<http://${headers.host}/organizations/9/things?per_page=2&page=${page}&a=b%20c>`
    const links = [
      ...(next === undefined ? [] : [`${to(next)}; rel="next"`]),
      ...(last === undefined ? [] : [`${to(last)}; rel="last"`]),
    ]
    answerJson(response, status, status === 200 ? ids.map((id) => ({ id })) : { message: 'no' }, {
      link: links.join(', '),
    })
  }
  const server = await serve((request, response) => void react(request, response))
  return { ...server, most: () => most, pages: () => server.seen.map(({ path }) => pageIn(path)) }
}

function pageIn(path: string): number {
  return Number(new URL(path, 'http://x').searchParams.get('page') ?? '1')
}

/** Pages of a list that does not change. */
function steady(count: number): (page: number) => Page {
  return (page) => ({ ids: [page * 10], ...(page < count ? { next: page + 1, last: count } : {}) })
}

async function idsOf(server: ScriptedServer, limits = {}): Promise<readonly number[]> {
  const client = clientFor(server.url, { limits })
  const list = await client.paginate<{ id: number }>('GET /orgs/{org}/things', { org: 'acme' }, null, 2)
  return list.map(({ id }) => id)
}

describe('a list whose first page names the last', () => {
  it('is read side by side from the second page on, each page once', async () => {
    const server = await servePages(steady(30), 300)
    expect(await idsOf(server)).toEqual(Array.from({ length: 30 }, (_, index) => (index + 1) * 10))
    expect(server.most()).toBe(10)
    expect([...server.pages()].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
  })

  it('may take as long as a list may, of which pages side by side take their share once', async () => {
    const server = await servePages(steady(50), 200)
    expect(await idsOf(server, { listMs: 6000 })).toHaveLength(50)
  })

  it('goes on where it has grown meanwhile', async () => {
    const server = await servePages((page) => {
      if (page === 1) return { ids: [10], next: 2, last: 3 }
      return { ids: [page * 10], ...(page < 5 ? { next: page + 1, last: 5 } : {}) }
    })
    expect(await idsOf(server)).toEqual([10, 20, 30, 40, 50])
    expect(server.seen).toHaveLength(5)
  })

  it('ends where it has shrunk meanwhile, whatever the pages behind its end answer', async () => {
    const server = await servePages((page) => {
      if (page === 1) return { ids: [10], next: 2, last: 4 }
      return page === 2 ? { ids: [20] } : { ids: [], status: 404 }
    })
    expect(await idsOf(server)).toEqual([10, 20])
  })

  it('follows its links where they lead to another page than the next by number', async () => {
    const server = await servePages((page) => {
      const next = ({ 1: 2, 2: 4, 4: 6 } as Record<number, number>)[page]
      return { ids: [page * 10], ...(next === undefined ? {} : { next, last: 6 }) }
    })
    expect(await idsOf(server)).toEqual([10, 20, 40, 60])
  })

  it('fails where one of its pages does', async () => {
    const server = await servePages((page) => (page === 3 ? { ids: [], status: 403 } : steady(5)(page)))
    expect(await rejection(idsOf(server))).toMatchObject({ status: 403 })
  })

  it('is not read side by side where the last page is past the limit, and cut short there', async () => {
    const server = await servePages(steady(1000))
    expect((await rejection(idsOf(server, { pages: 3 }))).message).toContain('does not end after 3 pages')
    expect(server.pages()).toEqual([1, 2, 3])
  })

  it('has no more than a hundred pages on their way or waiting', async () => {
    const server = await servePages((page) => ({
      ids: [page * 10],
      ...(page === 2 ? {} : { next: page + 1, last: 900 }),
    }))
    expect(await idsOf(server)).toEqual([10, 20])
    expect(server.seen.length).toBeLessThanOrEqual(101)
  })
})
