import fc from 'fast-check'
import { expect, it } from 'vitest'
import { atNightElse } from '../../support/by-night.ts'
import { CONTENT, type Kind, limitedWorld, MUTATION, numbers, READ, randomWays, WRITE } from './limited-world.ts'

const MINUTE = 60_000
const SHARE = 0.95

const routeOf = (kind: Kind): string => kind.join(' ')

interface Limit {
  /** In a minute. */
  readonly most: number
  readonly costs: ReadonlyMap<string, number>
  /** The kinds that no other limit holds for. */
  readonly kinds: readonly Kind[]
}

const POINTS = new Map([
  [routeOf(READ), 1],
  [routeOf(WRITE), 5],
  [routeOf(CONTENT), 5],
])
const LIMITS: readonly Limit[] = [
  { most: 80, costs: new Map([[routeOf(CONTENT), 1]]), kinds: [CONTENT] },
  { most: 900, costs: POINTS, kinds: [READ, WRITE] },
  { most: 2000, costs: new Map([[routeOf(MUTATION), 5]]), kinds: [MUTATION] },
]

const batch = fc.record({
  kind: fc.constantFrom(READ, WRITE, CONTENT, MUTATION),
  account: fc.constantFrom('one', 'two'),
  many: fc.integer({ min: 1, max: 700 }),
  atMs: fc.integer({ min: 0, max: 5 * MINUTE }),
})

const streams = fc.record({
  batches: fc.array(batch, { minLength: 1, maxLength: 12 }),
  atOnce: fc.constantFrom(40, 99),
  mostMs: fc.constantFrom(5, 50, 300),
  seed: fc.nat(),
})

type Streams = typeof streams extends fc.Arbitrary<infer Value> ? Value : never

/** What comes first has the points of the first minute; from then on the scarcer limit has its share. */
const COMMENTS_AFTER_WRITES: Streams = {
  batches: [
    { kind: WRITE, account: 'one', many: 506, atMs: 2 },
    { kind: READ, account: 'one', many: 80, atMs: 4 },
    { kind: CONTENT, account: 'one', many: 300, atMs: 1122 },
  ],
  atOnce: 40,
  mostMs: 300,
  seed: 980_295_889,
}

/** The spans in which something of these kinds waited all along, by the times at which each began to and was taken. */
function spansOf(waits: readonly (readonly [from: number, to: number])[]): readonly (readonly [number, number])[] {
  const spans: [number, number][] = []
  for (const [from, to] of [...waits].sort(([left], [right]) => left - right)) {
    const last = spans.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else spans.push([from, to])
  }
  return spans
}

it('whatever comes when, by two accounts, meets no limit and leaves none of them unused that it waits for', async () => {
  const property = fc.asyncProperty(streams, async ({ batches, atOnce, mostMs, seed }) => {
    for (const account of ['one', 'two']) {
      const contents = batches.filter((each) => each.account === account && each.kind === CONTENT)
      fc.pre(contents.reduce((sum, { many }) => sum + many, 0) <= 500)
    }
    const world = limitedWorld({ hourly: 15_000, ways: randomWays(seed, mostMs) }, atOnce)
    const { clock } = world
    // A request frees its room a minute after its answer came.
    const cycle = MINUTE + 4 * mostMs + 200
    const random = numbers(seed)
    const waits: { kind: Kind; account: string; from: number; to: number }[] = []
    const sent = batches.flatMap(({ kind, account, many, atMs }) =>
      Array.from({ length: many }, async () => {
        await new Promise<void>((resolve) => clock.after(atMs + random() * 100, resolve))
        const from = clock.now()
        await world.send(kind, account)
        waits.push({ kind, account, from, to: clock.now() })
      }),
    )
    await clock.finish(Promise.all(sent))
    for (const account of ['one', 'two']) {
      const { seen, log } = world.serverOf(account)
      expect(seen.refused).toBe(0)
      for (const { most, costs, kinds } of LIMITS) {
        const theirs = waits.filter((wait) => wait.account === account && kinds.includes(wait.kind))
        // The first minute may have been given away before they came.
        for (const [from, to] of spansOf(theirs.map((wait) => [wait.from + MINUTE, wait.to - 2 * mostMs])))
          for (let at = from; at + cycle <= to; at += MINUTE / 4) {
            const taken = log.filter((one) => one.at > at && one.at <= at + cycle)
            const used = taken.reduce((sum, { route }) => sum + (costs.get(route) ?? 0), 0)
            expect(used, `of ${most} from ${at - from}`).toBeGreaterThanOrEqual(SHARE * most)
          }
      }
    }
  })
  await fc.assert(property, { numRuns: atNightElse(200, 30), examples: [[COMMENTS_AFTER_WRITES]] })
})
