import { text } from 'node:stream/consumers'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { directTransport } from '../../src/github/direct.ts'
import { NetworkError } from '../../src/github/network-failure.ts'
import type { Departure } from '../../src/github/transport.ts'
import { answerJson, type Reaction, serve } from '../support/scripted-server.ts'

function departure(url: string, more: Partial<Departure> = {}): Departure {
  const signal = new AbortController().signal
  return { method: 'GET', url: new URL(url), headers: { accept: 'application/json' }, body: undefined, signal, ...more }
}

async function thrown(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It was expected to fail, and did not.')
}

it('asks one after the other over one connection, and side by side over as many', async () => {
  const ports = new Set<number | undefined>()
  const server = await serve((_, response) => {
    ports.add(response.socket?.remotePort)
    setTimeout(() => answerJson(response, 200, {}), 20)
  })
  const transport = directTransport()
  const ask = async (): Promise<string> => text((await transport(departure(server.url))).body)
  for (const _ of [1, 2, 3]) expect(await ask()).toBe('{}')
  expect(ports.size).toBe(1)
  await Promise.all([ask(), ask(), ask(), ask()])
  expect(ports.size).toBe(4)
})

it.each(['PUT', 'POST', 'PATCH', 'DELETE'] as const)(
  '%s takes its body along, as it is, and nothing else',
  async (method) => {
    const server = await serve((_, response) => void response.writeHead(204).end())
    const body = '{"name":"ä☃"}'
    const { status, body: came } = await directTransport()(departure(server.url, { method, body }))
    expect([status, await text(came)]).toEqual([204, ''])
    const own = { accept: 'application/json', 'accept-encoding': 'gzip, deflate, br', 'content-length': '16' }
    expect(server.seen).toEqual([
      { method, path: '/', headers: { ...own, host: `127.0.0.1:${server.port}`, connection: 'keep-alive' }, body },
    ])
  },
)

it.each([
  ['GET', undefined],
  ['DELETE', undefined],
  ['PUT', '0'],
  ['POST', '0'],
] as const)('%s without a body says so by the length %s, and is sent in no chunks', async (method, length) => {
  const server = await serve((_, response) => void response.writeHead(204).end())
  await text((await directTransport()(departure(server.url, { method }))).body)
  const headers = server.seen[0]?.headers
  expect([headers?.['content-length'], headers?.['transfer-encoding']]).toEqual([length, undefined])
})

it('reads a body that comes in pieces while the reader waits', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200).write('one')
    setTimeout(() => response.write('two'), 20)
    setTimeout(() => response.end('three'), 40)
  })
  const { body } = await directTransport()(departure(server.url))
  const pieces: string[] = []
  for await (const piece of body) {
    pieces.push(Buffer.from(piece).toString())
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  expect(pieces.join('')).toBe('onetwothree')
})

const TEXT = JSON.stringify({ names: Array.from({ length: 500 }, (_, index) => `repository-${index}`) })

it.each<[string, Buffer]>([
  ['identity', Buffer.from(TEXT)],
  ['gzip', gzipSync(TEXT)],
  ['X-GZIP', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['br, gzip', gzipSync(brotliCompressSync(TEXT))],
])('unpacks %s', async (coding, packed) => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': coding, link: ['one', 'two'] })
    for (let at = 0; at < packed.length; at += 100) response.write(packed.subarray(at, at + 100))
    response.end()
  })
  const { headers, body } = await directTransport()(departure(server.url))
  expect(headers.link).toBe('one, two')
  expect(await text(body)).toBe(TEXT)
})

it.each<[string, Reaction, RegExp]>([
  ['a closed connection', (_, response) => void response.destroy(), /other side closed/],
  [
    'a body that breaks off',
    (_, response) => void response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()),
    /other side closed/,
  ],
  [
    'a packed body that breaks off',
    (_, response) =>
      void response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .write(gzipSync(TEXT).subarray(0, 60), () => response.destroy()),
    /other side closed/,
  ],
  [
    'a body that is not what its coding says',
    (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"names":[]}'),
    /incorrect header check/,
  ],
  [
    'a coding that nobody asked for',
    (_, response) => void response.writeHead(200, { 'content-encoding': 'zstd' }).end('{"names":[]}'),
    /coding "zstd"/,
  ],
  [
    'a body that is packed many times',
    (_, response) => void response.writeHead(200, { 'content-encoding': Array(9).fill('gzip').join(',') }).end('x'),
    /packed 9 times/,
  ],
])('%s is a failure of the network', async (_, reaction, words) => {
  const server = await serve(reaction)
  const error = await thrown(directTransport()(departure(server.url)).then(({ body }) => text(body)))
  expect(error).toBeInstanceOf(NetworkError)
  expect(String((error as NetworkError).cause)).toMatch(words)
})

it.each(['before it is sent', 'before it is answered', 'while it is read'])(
  'ends %s, with the reason',
  async (when) => {
    const ending = new AbortController()
    const reason = new DOMException('The time is over.', 'TimeoutError')
    const end = (): void => ending.abort(reason)
    const server = await serve((_, response) => {
      if (when === 'while it is read') response.writeHead(200).write('{')
      setTimeout(end, 20)
    })
    if (when === 'before it is sent') end()
    const asked = directTransport()(departure(server.url, { signal: ending.signal }))
    expect(await thrown(asked.then(({ body }) => text(body)))).toBe(reason)
  },
)

it('breaks the connection of an answer that is not read to its end', async () => {
  let isClosed = (): void => undefined
  const closing = new Promise<void>((resolve) => {
    isClosed = resolve
  })
  const server = await serve((_, response) => {
    response.once('close', isClosed)
    response.writeHead(200).write('x'.repeat(100_000))
  })
  const { body } = await directTransport()(departure(server.url))
  for await (const chunk of body) if (chunk.length > 0) break
  await expect(closing).resolves.toBeUndefined()
})

it.each<[string, Buffer, object]>([
  ['as they are', Buffer.from(TEXT), {}],
  ['packed', gzipSync(TEXT), { 'content-encoding': 'gzip' }],
  ['with another coding', brotliCompressSync(TEXT), { 'content-encoding': 'br' }],
  ['that unfold to more than a MiB', gzipSync(Buffer.alloc(2 ** 21)), { 'content-encoding': 'gzip' }],
])('gives short JSON whole: bytes %s', async (what, packed, coding) => {
  const server = await serve((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...coding })
      .write(packed.subarray(0, 9))
    setTimeout(() => response.end(packed.subarray(9)), 20)
  })
  const { body, whole } = await directTransport()(departure(server.url))
  const unpacked = await text(body)
  expect(unpacked.length).toBe(what.includes('MiB') ? 2 ** 21 : TEXT.length)
  expect(whole === undefined ? undefined : Buffer.from(whole).toString()).toBe(
    what === 'as they are' || what === 'packed' ? unpacked : undefined,
  )
})

it('gives long JSON as it comes', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write(`"${'x'.repeat(70_000)}`)
    setTimeout(() => response.end('"'), 20)
  })
  const { body, whole } = await directTransport()(departure(server.url))
  expect([(await text(body)).length, whole]).toEqual([70_002, undefined])
})
