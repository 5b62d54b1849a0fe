import { describe, expect, it } from 'vitest'
import type { NoReply, Reply } from '../../../src/github/outgoing.ts'
import { openPace } from '../../../src/github/pace.ts'
import { simulation } from './simulation.ts'

const ROUTE = 'GET /repos/{owner}/{repo}/actions/secrets'

interface Outcome {
  readonly tookMs: number
  /** How many were on their way as each request was sent. */
  readonly atOnce: readonly number[]
}

/**
 * Reads from a server that counts nothing.
 * @param answer the time that the server needs for an answer, and its status
 * @param workers so many answers it makes side by side, the others wait
 */
async function reads(
  requests: number,
  atOnce: number,
  answer: (sent: number) => { readonly ms: number; readonly status?: number; readonly route?: string },
  workers = Number.POSITIVE_INFINITY,
): Promise<Outcome> {
  const clock = simulation()
  const pace = openPace({ clock })
  pace.allow({ atOnce, maxWaitMs: 0 })
  const seen: number[] = []
  let onTheirWay = 0
  const busyUntil: number[] = []
  /** When the next free worker is done with it. */
  function doneAt(ms: number): number {
    const last = busyUntil.length < workers ? 0 : Math.min(...busyUntil)
    if (last > 0) busyUntil.splice(busyUntil.indexOf(last), 1)
    const done = Math.max(last, clock.now()) + ms
    if (workers < 1000) busyUntil.push(done)
    return done
  }
  const send = (): Promise<Reply | NoReply> => {
    const turn = { account: 'one', from: 'A_TOKEN', method: 'GET', what: () => ROUTE, kind: 'plain' } as const
    const { route = ROUTE } = answer(seen.length)
    return pace.send({ ...turn, route }, () => {
      onTheirWay += 1
      const { ms, status = 200 } = answer(seen.length)
      seen.push(onTheirWay)
      return new Promise((resolve) =>
        clock.after(doneAt(ms) - clock.now(), () => {
          onTheirWay -= 1
          resolve({ status, headers: {}, text: '', ms })
        }),
      )
    })
  }
  const from = clock.now()
  await clock.finish(Promise.all(Array.from({ length: requests }, send)))
  return { tookMs: clock.now() - from, atOnce: seen }
}

const average = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0) / of.length

describe('a server without limits', () => {
  it.each([
    [3012, 10, 1],
    [3012, 20, 1.05],
    [3012, 99, 1.2],
    [30_102, 99, 1.05],
  ])('whose answers keep their time gets %i requests %i at once', async (requests, atOnce, most) => {
    const { tookMs, atOnce: seen } = await reads(requests, atOnce, () => ({ ms: 50 }))
    expect(Math.max(...seen)).toBe(atOnce)
    expect(tookMs / (Math.ceil(requests / atOnce) * 50)).toBeLessThanOrEqual(most)
  })

  it('may take longer for some routes than for others', async () => {
    const { atOnce } = await reads(3000, 50, (sent) => (sent % 3 === 0 ? { ms: 900, route: 'GET /slow' } : { ms: 40 }))
    expect(Math.max(...atOnce.slice(-200))).toBe(50)
  })

  it.each([
    [8, 400],
    [30, 200],
    [2, 1000],
  ])('that does %i at a time, each in %i ms, is asked for little more, and kept busy', async (capacity, ms) => {
    const requests = 3000
    const { tookMs, atOnce } = await reads(requests, 99, () => ({ ms }), capacity)
    expect(tookMs).toBeLessThan(1.15 * ((requests / capacity) * ms))
    expect(average(atOnce.slice(-1000))).toBeLessThan(3 * capacity)
  })

  it('is asked for half as much when it fails, and for more again once it does not', async () => {
    const { atOnce } = await reads(3000, 40, (sent) => ({ ms: 50, status: sent >= 1000 && sent < 1040 ? 502 : 200 }))
    expect(Math.max(...atOnce.slice(900, 1000))).toBe(40)
    expect(Math.max(...atOnce.slice(1080, 1150))).toBeLessThanOrEqual(24)
    expect(Math.max(...atOnce.slice(-100))).toBe(40)
  })

  it('that fails always is asked for one at a time', async () => {
    const { atOnce } = await reads(300, 40, () => ({ ms: 50, status: 503 }))
    expect(atOnce.slice(-100).every((many) => many === 1)).toBe(true)
  })

  it('that has become slower for good is asked for as much as before after a while', async () => {
    const { atOnce } = await reads(20_000, 20, (sent) => ({ ms: sent < 1000 ? 50 : 700 }))
    expect(Math.max(...atOnce.slice(1060, 1080))).toBeLessThanOrEqual(15)
    expect(Math.max(...atOnce.slice(-100))).toBe(20)
  })
})
