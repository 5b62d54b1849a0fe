import { expect, it } from 'vitest'
import { BODY_LIMITS } from '../../src/github/body.ts'
import { bodyRoom, ROOM_BYTES } from '../../src/github/body-room.ts'
import { directTransport } from '../../src/github/direct.ts'
import { exchange, type Wire } from '../../src/github/exchange.ts'
import type { Outgoing } from '../../src/github/outgoing.ts'
import { openPace } from '../../src/github/pace.ts'
import { openWatch } from '../../src/github/watch.ts'
import { answerJson, serve } from '../support/scripted-server.ts'

function wireTo(base: string, mode: Wire['mode']): Wire {
  return {
    base: new URL(base),
    mode,
    transport: directTransport(),
    pace: openPace(),
    payer: { account: 'one', from: 'OCTOFORM_TOKEN' },
    sign: async (headers) => headers,
    watch: openWatch(5000),
    limits: BODY_LIMITS,
    room: bodyRoom(ROOM_BYTES, BODY_LIMITS.answerBytes),
    scrub: (text) => text,
  }
}

function outgoing(method: Outgoing['method'], url: string): Outgoing {
  return {
    route: `${method} /user`,
    method,
    url: new URL(url),
    headers: { authorization: 'Bearer planted' },
    body: undefined,
  }
}

it.each(['PUT', 'POST', 'PATCH', 'DELETE'] as const)(
  'right before the network, a reader refuses %s',
  async (method) => {
    const server = await serve((_, response) => answerJson(response, 200, {}))
    const sent = exchange(wireTo(server.url, 'read-only'), outgoing(method, `${server.url}/user`))
    await expect(sent).rejects.toThrow('Nothing was sent.')
    expect(server.seen).toEqual([])
  },
)

it('right before the network, everybody refuses another origin', async () => {
  const server = await serve((_, response) => answerJson(response, 200, {}))
  const sent = exchange(wireTo('http://127.0.0.1:9', 'read-write'), outgoing('GET', `${server.url}/user`))
  await expect(sent).rejects.toThrow(`would take the token to ${server.url}. Nothing was sent.`)
  expect(server.seen).toEqual([])
})

it('an error that is not the network’s stays what it is', async () => {
  const wire = { ...wireTo('http://127.0.0.1:9', 'read-only'), transport: () => Promise.reject(new TypeError('mine')) }
  await expect(exchange(wire, outgoing('GET', 'http://127.0.0.1:9/user'))).rejects.toThrow(TypeError)
})
