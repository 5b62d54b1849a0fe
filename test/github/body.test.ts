import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bodyRoom } from '../../src/github/body-room.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { answerJson, type Reaction, serve } from '../support/scripted-server.ts'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const SMALL = { answerBytes: 10_000, errorBytes: 1000, values: 1000 }

/** Sends a body in pieces for as long as the client reads it, and notes how much of it went out. */
function endless(status: number, sent: { bytes: number }): Reaction {
  return (_, response) => {
    response.writeHead(status, JSON_TYPE).write('{"message":"')
    const chunk = 'x'.repeat(65_536)
    const pump = (): void => {
      while (!response.destroyed) {
        sent.bytes += chunk.length
        if (response.write(chunk)) continue
        response.once('drain', pump)
        return
      }
    }
    pump()
  }
}

describe('an answer that is too much', () => {
  it.each([
    ['GET /user', undefined],
    ['PUT /user', 'GitHub may still have done it'],
  ] as const)('is not read on: %s', async (route, hint) => {
    const sent = { bytes: 0 }
    const server = await serve(endless(200, sent))
    const error = await rejection(clientFor(server.url, { limits: SMALL }).request(route, {}))
    expect(error).toMatchObject({ kind: 'unavailable', status: 200 })
    expect(error.message).toContain('/user: the answer is larger than 10000 bytes, which no answer of GitHub')
    if (hint !== undefined) expect(error.message).toContain(hint)
    expect(sent.bytes).toBeLessThan(20_000_000)
    expect(server.seen).toHaveLength(1)
  })

  it('with an error status is that error, without its words', async () => {
    const server = await serve(endless(403, { bytes: 0 }))
    const error = await rejection(clientFor(server.url, { limits: SMALL }).request('GET /user', {}))
    expect(error).toMatchObject({ kind: 'forbidden', status: 403 })
    expect(error.message.length).toBeLessThan(1000)
  })

  it.each([1, 2])('counts what is unpacked, %i times', async (times) => {
    let body = Buffer.from(JSON.stringify({ a: ' '.repeat(5_000_000) }))
    for (let time = 0; time < times; time += 1) body = gzipSync(body)
    expect(body.length).toBeLessThan(10_000)
    const server = await serve((_, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': Array(times).fill('gzip').join(', ') }).end(body)
    })
    const error = await rejection(clientFor(server.url, { limits: SMALL }).request('GET /user', {}))
    expect(error.message).toContain('larger than 10000 bytes')
  })

  it('is also one of too many values, which take more memory than their text', async () => {
    const server = await serve((_, response) => answerJson(response, 200, Array(1_000_000).fill({})))
    const error = await rejection(clientFor(server.url, { limits: { values: 1000 } }).request('GET /user', {}))
    expect(error.message).toContain('the answer holds more than 1000 values')
  })

  it('is none below the limit, packed or not', async () => {
    const body = JSON.stringify({ a: 'ü'.repeat(4000) })
    const server = await serve(({ path }, response) => {
      const packed = path === '/packed'
      const headers = packed ? { ...JSON_TYPE, 'content-encoding': 'gzip' } : JSON_TYPE
      response.writeHead(200, headers).end(packed ? gzipSync(body) : body)
    })
    const client = clientFor(server.url, { limits: SMALL })
    for (const route of ['GET /packed', 'GET /plain'] as const) {
      expect((await client.request(route, {})).body).toEqual(JSON.parse(body))
    }
  })
})

it('an answer that drips is given up when its time is over', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, JSON_TYPE).write('{')
    const timer = setInterval(() => response.write(' '), 20)
    response.once('close', () => clearInterval(timer))
  })
  const started = performance.now()
  const error = await rejection(clientFor(server.url, { timeoutMs: 300 }).request('GET /user', {}))
  expect(error.message).toContain('gave no whole answer within 0.3 s')
  expect(performance.now() - started).toBeLessThan(5000)
})

describe('the room for bodies', () => {
  it('is never exceeded, and all are read', async () => {
    let held = 0
    let most = 0
    const inner = bodyRoom(300_000, 200_000)
    const room = {
      enter() {
        const share = inner.enter()
        let own = 0
        const note = (bytes: number): void => {
          own += bytes
          held += bytes
          most = Math.max(most, held)
        }
        return {
          take: (bytes: number) => {
            const taken = share.take(bytes)
            if (taken) note(bytes)
            return taken
          },
          wait: async (bytes: number) => {
            await share.wait(bytes)
            note(bytes)
          },
          leave: () => {
            held -= own
            own = 0
            share.leave()
          },
        }
      },
    }
    const body = JSON.stringify({ a: 'x'.repeat(180_000) })
    const server = await serve((_, response) => void response.writeHead(200, JSON_TYPE).end(body))
    const client = clientFor(server.url, { room, limits: { answerBytes: 200_000 } })
    await Promise.all(Array.from({ length: 20 }, () => client.request('GET /user', {})))
    expect(most).toBeGreaterThan(180_000)
    expect(most).toBeLessThanOrEqual(300_000)
    expect(held).toBe(0)
  })

  it('is kept for the oldest, so that not all wait for one another', async () => {
    const room = bodyRoom(100, 60)
    const [first, second, third] = [room.enter(), room.enter(), room.enter()]
    expect(first.take(10)).toBe(true)
    expect(second.take(30)).toBe(true)
    // 60 are left, of which the oldest may still want 50.
    expect(third.take(20)).toBe(false)
    let came = false
    const waits = third.wait(20).then(() => {
      came = true
    })
    expect(first.take(50)).toBe(true)
    await sleep(1)
    expect(came).toBe(false)
    first.leave()
    await waits
    // The second is the oldest now, and has room to its end.
    expect(second.take(30)).toBe(true)
  })

  it('does not count what waiting for it takes', async () => {
    const room = bodyRoom(100_000, 100_000)
    const before = room.enter()
    expect(before.take(90_000)).toBe(true)
    const server = await serve((_, response) => answerJson(response, 200, { a: 'x'.repeat(20_000) }))
    const client = clientFor(server.url, { room, timeoutMs: 500, limits: { answerBytes: 100_000 } })
    const asked = client.request('GET /user', {})
    await sleep(900)
    before.leave()
    expect(await asked).toMatchObject({ status: 200 })
  })
})
