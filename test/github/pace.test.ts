import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Client } from '../../src/github/client.ts'
import { openPace, type Pace } from '../../src/github/pace.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerJson, type ScriptedServer, serve } from '../support/scripted-server.ts'
import { type SimulatedClock, simulatedClock } from '../support/simulated-clock.ts'

const NOON = Date.parse('2026-11-21T12:00:00Z')
const DATE = { date: 'Sat, 21 Nov 2026 12:00:00 GMT' }
const COUNTS = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4000' }
/** Four hours ahead, as the reset is that it tells of. */
const AHEAD = { date: 'Sat, 21 Nov 2026 16:00:00 GMT', 'x-ratelimit-reset': `${NOON / 1000 + 4 * 3600 + 900}` }
const GRAPHQL = { 'x-ratelimit-resource': 'graphql' }
const READ = 'GET /user'
const WRITE = 'PUT /orgs/{org}/actions/permissions'

interface Limited {
  readonly server: ScriptedServer
  readonly clock: SimulatedClock
  readonly pace: Pace
  readonly client: Client
  readonly told: string[]
  /** When each request came, in seconds since noon. */
  readonly came: number[]
}

/** A server that refuses by these answers, one after another, and then takes everything. */
async function limited(
  refusals: readonly (readonly [status: number, headers: Record<string, string>, body?: object])[],
  { maxWaitMs = Number.POSITIVE_INFINITY, atOnce = 10, headers = {} } = {},
): Promise<Limited> {
  const clock = simulatedClock()
  const told: string[] = []
  const came: number[] = []
  const server = await serve((_, response) => {
    const [status, extra, body = { message: 'no' }] = refusals[came.length] ?? [200, headers, {}]
    came.push((clock.now() - NOON) / 1000)
    answerJson(response, status, body, { ...DATE, ...extra })
  })
  const pace = openPace({ clock, tell: (line) => told.push(line) })
  pace.allow({ atOnce, maxWaitMs })
  return { server, clock, pace, client: clientFor(server.url, { pace }), told, came }
}

describe('what is in flight', () => {
  it.each([
    [3, 6, 3],
    [500, 150, 99],
  ])('is bounded: %i of %i are at most %i at once', async (atOnce, requests, most) => {
    let inFlight = 0
    let seen = 0
    const server = await serve((_, response) => {
      seen = Math.max(seen, ++inFlight)
      setTimeout(() => {
        inFlight -= 1
        answerJson(response, 200, {}, COUNTS)
      }, 1500)
    })
    const pace = openPace()
    pace.allow({ atOnce, maxWaitMs: 0 })
    const client = clientFor(server.url, { pace })
    await Promise.all(Array.from({ length: requests }, () => client.request(READ, {})))
    expect(seen).toBe(most)
    expect(server.seen).toHaveLength(requests)
  })

  it('is asked for each attempt, each page and each redirect', async () => {
    const server = await serve(({ path, headers }, response) => {
      const link = `<http://${headers.host}/organizations/9/things?page=2>; rel="next"`
      if (path.includes('page=2')) answerJson(response, 503, {})
      else if (path === '/organizations/9/things') answerJson(response, 200, [], { link })
      else response.writeHead(301, { location: '/organizations/9/things' }).end()
    })
    let turns = 0
    const own = openPace()
    const pace: Pick<Pace, 'send' | 'clock'> = {
      clock: own.clock,
      send: (turn, task) => {
        turns += 1
        return own.send(turn, task)
      },
    }
    const client = clientFor(server.url, { pace })
    await rejection(client.paginate('GET /orgs/{org}/things', { org: 'acme' }, null, null, { id: 9 }))
    expect(server.seen).toHaveLength(5)
    expect(turns).toBe(5)
  })

  it('gets a token for a request that has its place, with every place taken', async () => {
    const server = await serve((_, response) => answerJson(response, 200, {}))
    const pace = openPace()
    pace.allow({ atOnce: 1, maxWaitMs: 0 })
    const minting = clientFor(server.url, { pace, mode: 'token-exchange' })
    const client = clientFor(server.url, {
      pace,
      credential: async () => {
        await minting.request('GET /app', {})
        return 'a-token'
      },
    })
    await Promise.all([client.request(READ, {}), client.request(READ, {})])
    expect(server.seen.map(({ path }) => path)).toEqual(['/app', '/user', '/app', '/user'])
  })
})

describe('after a limit', () => {
  const reset = (seconds: number) => ({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOON / 1000 + seconds}` })

  it.each<[string, number, Record<string, string>, object | undefined, number]>([
    ['retry-after, 403', 403, { 'retry-after': '40' }, undefined, 40],
    ['retry-after, 429', 429, { 'retry-after': '40' }, undefined, 40],
    ['retry-after before the reset', 403, { 'retry-after': '40', ...reset(900) }, undefined, 40],
    ['retry-after as a date', 429, { 'retry-after': 'Sat, 21 Nov 2026 12:01:30 GMT' }, undefined, 90],
    ['retry-after that is over', 429, { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, undefined, 1],
    ['retry-after 0', 429, { 'retry-after': '0' }, undefined, 1],
    ['retry-after that says nothing', 429, { 'retry-after': 'soon' }, undefined, 60],
    ['retry-after below 0', 429, { 'retry-after': '-5' }, undefined, 60],
    ['retry-after that is no whole number', 429, { 'retry-after': '1.5' }, undefined, 60],
    ['retry-after with a sign', 429, { 'retry-after': '+40' }, undefined, 60],
    ['retry-after of a year', 429, { 'retry-after': '31536000' }, undefined, 31_536_000],
    ['retry-after of no end', 429, { 'retry-after': '9'.repeat(12) }, undefined, 60],
    ['remaining 0 without a reset', 403, { 'x-ratelimit-remaining': '0' }, undefined, 60],
    ['a reset that is over', 403, reset(-30), undefined, 1],
    ['the reset', 403, reset(900), undefined, 900],
    [
      'the reset by a clock that is 20 hours behind',
      403,
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': `${NOON / 1000 - 20 * 3600 + 900}`,
        date: 'Fri, 20 Nov 2026 16:00:00 GMT',
      },
      undefined,
      900,
    ],
    [
      'the reset, where the clock of this machine is days off',
      403,
      {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': `${NOON / 1000 + 40 * 86_400 + 900}`,
        date: 'Thu, 31 Dec 2026 12:00:00 GMT',
      },
      undefined,
      900,
    ],
    [
      'the reset by a clock that is ahead',
      403,
      { ...reset(900), date: 'Sat, 21 Nov 2026 12:05:00 GMT' },
      undefined,
      600,
    ],
    [
      'the reset, where Date cannot be right',
      403,
      { ...reset(900), date: 'Sat, 21 Nov 2020 12:05:00 GMT' },
      undefined,
      900,
    ],
    [
      'a reset that is no time',
      429,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9'.repeat(30) },
      undefined,
      60,
    ],
    ['a reset of another limit', 429, { ...reset(900), 'x-ratelimit-remaining': '12' }, undefined, 60],
    ['words alone', 403, {}, { message: 'You have exceeded a secondary rate limit.' }, 60],
    ['words of old', 403, {}, { message: 'You have triggered an abuse detection mechanism.' }, 60],
    ['429 alone', 429, {}, undefined, 60],
  ])('%s: a read and a write are sent again in time', async (_, status, headers, body, seconds) => {
    for (const route of [READ, WRITE] as const) {
      const { client, came, pace } = await limited([[status, headers, body ?? { message: 'no' }]])
      const sent = route === READ ? client.request(route, {}) : client.request(route, { org: 'acme' }, {})
      expect((await sent).status).toBe(200)
      expect(came).toEqual([0, seconds])
      expect(pace.waitedMs()).toBe(seconds * 1000)
    }
  })

  it.each([
    ['its type', { type: 'RATE_LIMITED', message: 'API rate limit exceeded' }, { ...reset(100), ...GRAPHQL }, 100],
    // GHES 2.22 names no resource.
    ['its type alone', { type: 'RATE_LIMITED', message: 'API rate limit exceeded' }, reset(100), 100],
    ['a message', { message: 'You have exceeded a secondary rate limit.' }, { 'retry-after': '40' }, 40],
    ['a message alone', { message: 'You have exceeded a secondary rate limit.' }, {}, 60],
  ])('GraphQL tells of it with 200, by %s', async (_, error, headers, seconds) => {
    const { client, came } = await limited([[200, headers, { errors: [error] }]], { headers: GRAPHQL })
    await rejection(client.graphql('query', {}))
    expect(came).toEqual([0, seconds])
  })

  it('GraphQL tells of it with 429: the REST API waits with it', async () => {
    const { client, came, clock, pace } = await limited([[429, { 'retry-after': '40' }]])
    clock.hold()
    const refused = rejection(client.graphql('query', {}))
    while (pace.waitedMs() === 0) await sleep(1)
    const other = client.request(READ, {})
    await sleep(100)
    clock.go()
    await Promise.all([refused, other])
    expect(came).toEqual([0, 40, 40])
  })

  it('what GraphQL finds wrong otherwise is told at once, and no text of a REST answer is a limit', async () => {
    const wrong = { errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to a node' }] }
    const text = { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }
    const { client, came } = await limited([
      [200, {}, wrong],
      [200, {}, text],
    ])
    await rejection(client.graphql('query', {}))
    await client.request(READ, {})
    expect(came).toEqual([0, 0])
  })

  it.each([429, 403])('%i is one though its text breaks off', async (status) => {
    const clock = simulatedClock()
    const came: number[] = []
    const server = await serve((_, response) => {
      came.push((clock.now() - NOON) / 1000)
      if (came.length > 1) return answerJson(response, 200, {}, DATE)
      response.writeHead(status, { ...DATE, 'retry-after': '40', 'content-length': '1000' })
      response.write('{')
      setTimeout(() => response.destroy(), 50)
    })
    const client = clientFor(server.url, { pace: openPace({ clock }) })
    expect((await client.request(READ, {})).status).toBe(200)
    expect(came).toEqual([0, 40])
  })

  it('waits longer each time where GitHub does not say for how long, and anew after an answer', async () => {
    const { client, came } = await limited([429, 429, 429, 200, 429].map((status) => [status, {}] as const))
    for (let sent = 0; sent < 2; sent += 1) await client.request(READ, {})
    expect(came).toEqual([0, 60, 180, 420, 420, 480])
  })

  it('no request of that token is sent before, whatever client it is of; another token goes on', async () => {
    const { client, server, pace, came, clock } = await limited([[429, { 'retry-after': '30' }]])
    clock.hold()
    const refused = client.request(READ, {})
    while (pace.waitedMs() === 0) await sleep(1)
    const others = [client.request(READ, {}), clientFor(server.url, { pace }).request(WRITE, { org: 'acme' }, {})]
    await clientFor(server.url, { pace, account: 'another' }).request(READ, {})
    expect(came).toEqual([0, 0])
    clock.go()
    await Promise.all([refused, ...others])
    expect(came).toEqual([0, 0, 30, 30, 30])
    expect(clock.sleeps).toHaveLength(1)
  })

  it('another host goes on with the same token', async () => {
    const { client, pace, came, clock } = await limited([[429, { 'retry-after': '30' }]])
    clock.hold()
    const refused = client.request(READ, {})
    while (pace.waitedMs() === 0) await sleep(1)
    const other = await serve((_, response) => answerJson(response, 200, {}, DATE))
    await clientFor(other.url, { pace }).request(READ, {})
    expect([came, other.seen.length]).toEqual([[0], 1])
    clock.go()
    await refused
  })

  it('what was on its way is let finish, and its refusals count as one', async () => {
    const { client, came, told, clock } = await limited(Array.from({ length: 4 }, () => [429, {}] as const))
    clock.hold()
    const answers = Array.from({ length: 4 }, () => client.request(READ, {}))
    while (came.length < 4) await sleep(1)
    await sleep(200)
    clock.go()
    await Promise.all(answers)
    expect(came).toEqual([0, 0, 0, 0, 60, 60, 60, 60])
    expect(told).toEqual(["Waiting until 2026-11-21T12:01:00Z (60 s) for GitHub's rate limit of OCTOFORM_TOKEN."])
  })

  it('nothing is sent into an hour that is used up, and no wait is made of it at the end', async () => {
    const { client, came, pace } = await limited([[200, { ...COUNTS, ...reset(120) }, {}]])
    await client.request(READ, {})
    expect(pace.waitedMs()).toBe(0)
    await client.request(READ, {})
    expect(came).toEqual([0, 120])
  })

  it.each([
    ['403 that is none', [403, {}] as const],
    ['501 with retry-after', [501, { 'retry-after': '60' }] as const],
  ])('%s is told at once', async (_, answer) => {
    const { client, came } = await limited([answer])
    expect((await rejection(client.request(WRITE, { org: 'acme' }, {}))).limited).toBe(false)
    expect(came).toEqual([0])
  })
})

describe('--max-wait', () => {
  it('bounds the sum of the waits; what would go beyond it is given up at once', async () => {
    const { client, came, pace } = await limited(
      [200, 429, 200, 429].map((status) => [status, { 'retry-after': '40' }] as const),
      { maxWaitMs: 60_000 },
    )
    for (let sent = 0; sent < 2; sent += 1) await client.request(READ, {})
    expect(pace.hasGivenUp()).toBe(false)
    const given = await rejection(client.request(WRITE, { org: 'acme' }, {}))
    expect(given).toMatchObject({ status: 429, limited: true, kind: 'unavailable' })
    expect(given.message).toContain('GitHub asks to wait 40 s')
    const next = await rejection(client.request(READ, {}))
    expect(next).toMatchObject({ status: undefined, limited: true, kind: 'unavailable', route: READ })
    expect(next.message).toBe(
      'GET /user was not sent: the rate limit of OCTOFORM_TOKEN is reached until 2026-11-21T12:01:20Z, ' +
        'and this run waits no longer than 60 s in all (--max-wait).',
    )
    expect(came).toEqual([0, 0, 40, 40])
    expect(pace.hasGivenUp()).toBe(true)
  })

  it.each([
    ['a year', 429, { 'retry-after': '31536000' }],
    ['a date', 403, { 'retry-after': 'Sat, 21 Nov 2026 12:01:30 GMT' }],
    ['a number below 0', 429, { 'retry-after': '-5' }],
    ['nothing', 429, {}],
    ['remaining 0 alone', 403, { 'x-ratelimit-remaining': '0' }],
    ['the reset by a clock that is ahead', 403, { ...AHEAD, 'x-ratelimit-remaining': '0' }],
  ])('gives up at once what waits longer, named by %s, and sends nothing more', async (_, status, headers) => {
    const { client, came, told } = await limited([[status, headers as Record<string, string>]], { maxWaitMs: 50_000 })
    const first = await rejection(client.request(READ, {}))
    const next = await Promise.all([client.request(READ, {}), client.graphql('query', {})].map(rejection))
    expect([first, ...next].map((error) => error.limited)).toEqual([true, true, true])
    expect(came).toEqual([0])
    expect(told).toEqual([])
  })

  it('lets a run go on whose time is over, or whose reset is', async () => {
    const over = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOON / 1000 - 30}` }
    const { client, came } = await limited([[403, over]], { maxWaitMs: 1000 })
    await client.request(READ, {})
    expect(came).toEqual([0, 1])
  })

  it('counts waits that go on side by side once', async () => {
    const { server, pace, came } = await limited([
      [429, { 'retry-after': '40' }],
      [429, { 'retry-after': '50' }],
    ])
    const clients = ['one', 'two'].map((account) => clientFor(server.url, { pace, account }))
    await Promise.all(clients.map((client) => client.request(READ, {})))
    expect(came).toHaveLength(4)
    expect(pace.waitedMs()).toBe(50_000)
  })
})

describe('the pace', () => {
  it('is 900 points a minute, a write being 5, where the server counts requests', async () => {
    const { client, came, told, pace } = await limited([], { headers: COUNTS })
    for (let sent = 0; sent < 10; sent += 1) await client.request(READ, {})
    for (let sent = 0; sent < 200; sent += 1) await client.request(WRITE, { org: 'acme' }, {})
    expect(came.filter((second) => second < 60)).toHaveLength(10 + 178)
    expect(came.at(-1)).toBe(60)
    expect(told).toEqual([
      "Keeping GitHub's pace of 900 points a minute (a write is 5): going on at 2026-11-21T12:01:00Z.",
    ])
    // A wait that GitHub did not ask for.
    expect(pace.waitedMs()).toBe(0)
  })

  it('is kept side by side too, by each token for itself', async () => {
    const { server, came, pace } = await limited([], { headers: COUNTS, atOnce: 20 })
    const accounts = ['one', 'two']
    const clients = accounts.map((account) => clientFor(server.url, { pace, account }))
    for (const client of clients) await client.request(READ, {})
    await Promise.all(
      clients.flatMap((client, index) =>
        Array.from({ length: 190 }, () => client.request(WRITE, { org: `${accounts[index]}` }, {})),
      ),
    )
    for (const account of accounts) {
      const times = came.filter((_, index) => server.seen[index]?.path === `/orgs/${account}/actions/permissions`)
      expect(times).toHaveLength(190)
      const inAMinute = times.map((end) => times.filter((time) => time > end - 60 && time <= end).length)
      expect(Math.max(...inAMinute)).toBeLessThanOrEqual(180)
      expect(times.at(-1)).toBeLessThan(130)
    }
  })

  it('is none where it does not', async () => {
    const { client, came } = await limited([])
    for (let sent = 0; sent < 200; sent += 1) await client.request(WRITE, { org: 'acme' }, {})
    expect(came.at(-1)).toBe(0)
  })
})

describe('a write that had to wait', () => {
  it('is asked about before it is sent, and only then', async () => {
    const { client, came } = await limited([429, 200, 200, 429].map((status) => [status, {}] as const))
    const asked: number[] = []
    const write = () => client.request(WRITE, { org: 'acme' }, {}, undefined, async () => void asked.push(came.length))
    await write()
    expect(asked).toEqual([1])
    await write()
    expect(asked).toEqual([1])
    await write()
    expect(asked).toEqual([1, 4])
    expect(came).toHaveLength(5)
  })

  it('is not sent where the answer is no; what is asked may send requests itself', async () => {
    const { client, came } = await limited([[429, {}]], { atOnce: 1 })
    const refused = client.request(WRITE, { org: 'acme' }, {}, undefined, async () => {
      await client.request(READ, {})
      throw new Error('not any more')
    })
    await expect(refused).rejects.toThrow('not any more')
    expect(came).toHaveLength(2)
    expect((await client.request(READ, {})).status).toBe(200)
  })
})

describe('asked to stop', () => {
  it('gives up what waits at once, and lets go on what need not wait', async () => {
    const waits: ServerResponse[] = []
    const server = await serve(({ path }, response) => {
      if (path === '/user') answerJson(response, 429, {}, { 'retry-after': '3000' })
      else waits.push(response)
    })
    const pace = openPace()
    const client = clientFor(server.url, { pace })
    const started = performance.now()
    const refused = rejection(client.request(READ, {}))
    while (pace.waitedMs() === 0) await sleep(5)
    pace.stop()
    expect((await refused).message).toBe(
      'GET /user was not sent: octoform was asked to stop while it waited for the rate limit of OCTOFORM_TOKEN.',
    )
    expect(await rejection(client.request(WRITE, { org: 'acme' }, {}))).toMatchObject({ limited: true })
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(pace.hasGivenUp()).toBe(false)
    const other = clientFor(server.url, { pace, account: 'another' }).request(WRITE, { org: 'acme' }, {})
    while (waits.length === 0) await sleep(5)
    answerJson(waits[0] as ServerResponse, 200, {})
    expect((await other).status).toBe(200)
  })
})
