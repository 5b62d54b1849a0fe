import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openAccount } from '../../../src/github/governor/account.ts'
import { atNightElse } from '../../support/by-night.ts'
import { CONTENT, type Kind, limitedWorld, numbers, READ, randomWays, WRITE } from './limited-world.ts'
import type { ModelRules } from './model-server.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
/** Of the published limits, and of the windows of the hour: what must be used at least. */
const SHARE = 0.95

/**
 * The least time that any of the limits leaves for these, whatever order they go in.
 * @param share of what a minute allows. Where that takes a minute more than the whole, a few requests decide which of the two it is:
 * a write does not go into the last points that reads have left, and what comes first of two kinds takes from the other
 */
function leastMs(kinds: readonly Kind[], hourly: number, share = 1): number {
  const count = (kind: Kind): number => kinds.filter((each) => each === kind).length
  const spans = (used: number, most: number): number => Math.max(Math.ceil(used / most) - 1, 0)
  const points = count(READ) + 5 * (count(WRITE) + count(CONTENT))
  const hours = spans(kinds.length, hourly)
  const made = spans(count(CONTENT), 500)
  const rest = (points / kinds.length) * (kinds.length - hours * hourly)
  return Math.max(
    hours * HOUR + spans(rest, share * 900) * MINUTE,
    spans(points, share * 900) * MINUTE,
    spans(count(CONTENT), share * 80) * MINUTE,
    made * HOUR + spans(count(CONTENT) - made * 500, share * 80) * MINUTE,
  )
}

const sum = (kinds: readonly (readonly [Kind, number])[]): readonly Kind[] =>
  kinds.flatMap(([kind, times]) => Array.from({ length: times }, () => kind))

/** In an order of its own, by a simple generator of numbers. */
function shuffled(kinds: readonly Kind[], seed: number): readonly Kind[] {
  const random = numbers(seed)
  return kinds
    .map((kind) => [random(), kind] as const)
    .sort(([left], [right]) => left - right)
    .map(([, kind]) => kind)
}

/** Clocks differ by seconds, or by a day. */
const AHEAD = fc.oneof(fc.integer({ min: -600_000, max: 600_000 }), fc.integer({ min: -20 * HOUR, max: 20 * HOUR }))

describe('random streams', () => {
  it('meet no limit, and use at least 95 % of what the limits allow', async () => {
    const streams = fc.record({
      reads: fc.integer({ min: 0, max: 4000 }),
      writes: fc.integer({ min: 0, max: 900 }),
      contents: fc.integer({ min: 0, max: 700 }),
      hourly: fc.constantFrom(1000, 5000, 15_000),
      mostMs: fc.constantFrom(5, 50, 600),
      aheadMs: AHEAD,
      seed: fc.nat(),
    })
    const property = fc.asyncProperty(streams, async ({ reads, writes, contents, hourly, mostMs, aheadMs, seed }) => {
      fc.pre(reads + writes + contents > 0)
      const kinds = shuffled(
        sum([
          [READ, reads],
          [WRITE, writes],
          [CONTENT, contents],
        ]),
        seed,
      )
      const { run, server } = limitedWorld({ hourly, aheadMs, ways: randomWays(seed, mostMs) })
      const took = await run(kinds)
      expect(server.seen).toMatchObject({ taken: kinds.length, refused: 0 })
      expect(server.seen.mostAtOnce).toBeLessThanOrEqual(100)
      const ways = 2 * mostMs * (2 + kinds.length / 99)
      const most = Math.max(MINUTE, leastMs(kinds, hourly) / SHARE, leastMs(kinds, hourly, SHARE))
      expect(took - ways).toBeLessThanOrEqual(most)
    })
    const plain = { mostMs: 5, aheadMs: 0, seed: 28 } as const
    const examples = [
      // Points that come free just before a comment may go.
      { reads: 5, writes: 542, contents: 436, hourly: 15_000, ...plain },
      // An hour that reads would use up while comments wait for their minute.
      { reads: 769, writes: 4, contents: 548, hourly: 1000, ...plain },
    ] as const
    await fc.assert(property, { numRuns: atNightElse(200, 20), examples: examples.map((each) => [each] as const) })
  })

  it('send nothing while they are told to wait, where another uses the same account', async () => {
    const streams = fc.record({
      names: fc.constantFrom('retry-after', 'date', 'nothing'),
      used: fc.array(
        fc.record({
          ms: fc.integer({ min: 0, max: 300_000 }),
          points: fc.integer({ min: 1, max: 900 }),
          requests: fc.constantFrom(0, 0, 100, 4000),
        }),
        { maxLength: 8 },
      ),
      aheadMs: AHEAD,
      mostMs: fc.constantFrom(5, 50, 600),
      seed: fc.nat(),
    } as const)
    const property = fc.asyncProperty(streams, async ({ names, used, aheadMs, mostMs, seed }) => {
      const { run, server, clock } = limitedWorld({ hourly: 5000, names, aheadMs, ways: randomWays(seed, mostMs) })
      for (const { ms, points, requests } of used) clock.after(ms, () => server.use(points, requests))
      await run(
        shuffled(
          sum([
            [READ, 1500],
            [WRITE, 200],
            [CONTENT, 50],
          ]),
          seed,
        ),
      )
      expect(server.seen).toMatchObject({ taken: 1750, sentWhileToldToWait: 0 })
    })
    await fc.assert(property, { numRuns: atNightElse(200, 20) })
  })
})

describe('10,000 repositories', () => {
  const ways: ModelRules['ways'] = () => [25, 25]

  it.each<[string, readonly (readonly [Kind, number])[], number]>([
    ['30,000 reads with a token', [[READ, 30_000]], 5000],
    ["30,000 reads with an App's", [[READ, 30_000]], 15_000],
    ['5,000 writes with a token', [[WRITE, 5000]], 5000],
    ["5,000 writes with an App's", [[WRITE, 5000]], 15_000],
    [
      "5,000 reads, then 5,000 writes with the token of a workflow's",
      [
        [READ, 5000],
        [WRITE, 5000],
      ],
      1000,
    ],
  ])('%s: no refusal, and what the limits allow is used', async (name, kinds, hourly) => {
    const { run, server } = limitedWorld({ hourly, ways })
    const all = sum(kinds)
    const took = await run(all)
    expect(server.seen).toMatchObject({ taken: all.length, refused: 0 })
    const used = leastMs(all, hourly) / took
    process.stdout.write(`${name}: ${(took / HOUR).toFixed(2)} h, ${(used * 100).toFixed(1)} % used, 0 refused\n`)
    expect(used).toBeGreaterThanOrEqual(SHARE)
  })
})

describe('the points of GraphQL', () => {
  // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
  it('are others than those of the REST API', () => {
    const account = openAccount()
    const [put, mutation] = [
      { method: 'PUT', route: WRITE.join(' ') },
      { method: 'POST', route: 'POST /graphql' },
    ]
    const headers = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '5000' }
    const spend = (asked: typeof put): void => {
      account.answered(account.begin(asked, 0), { status: 200, headers, text: '', ms: 1 }, 0)
    }
    for (let count = 0; count < 180; count += 1) spend(put)
    expect(account.verdict(put, 1)).toMatchObject({ why: 'points' })
    for (let count = 0; count < 400; count += 1) {
      expect(account.verdict(mutation, 1)).toBe('go')
      spend(mutation)
    }
    expect(account.verdict(mutation, 1)).toMatchObject({ why: 'points' })
  })
})
