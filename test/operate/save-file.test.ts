import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { directTransport } from '../../src/github/direct.ts'
import { DownloadError, type FileToSave, saveFile } from '../../src/operate/save-file.ts'

const CONTENT = Buffer.from('0123456789'.repeat(100_000))

interface Store {
  readonly url: URL
  readonly asked: IncomingMessage['headers'][]
}

/** A store that answers as the test says. */
async function store(
  answer: (request: IncomingMessage, response: ServerResponse, nth: number) => void,
): Promise<Store> {
  const asked: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    asked.push(request.headers)
    answer(request, response, asked.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/blob?sig=secret`), asked }
}

/** Gives the file, or the part that was asked for. */
function give(request: IncomingMessage, response: ServerResponse, most = CONTENT.length): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const headers = { etag: '"one"', 'content-length': CONTENT.length - from }
  const range = { 'content-range': `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}` }
  response.writeHead(from === 0 ? 200 : 206, from === 0 ? headers : { ...headers, ...range })
  const part = CONTENT.subarray(from, Math.min(CONTENT.length, from + most))
  if (from + part.length === CONTENT.length) response.end(part)
  else response.write(part, () => setTimeout(() => response.destroy(), 20))
}

async function saving({ url }: Store, more: Partial<FileToSave> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const target = join(folder, 'file.zip')
  const located: number[] = []
  const saved = saveFile({
    transport: directTransport(),
    userAgent: 'octoform/test',
    locate: async () => {
      located.push(1)
      return url
    },
    target,
    pausesMs: [1, 1, 1],
    pause: () => Promise.resolve(),
    idleMs: 5000,
    progress: () => undefined,
    ...more,
  })
  return { saved, target, folder, located }
}

describe('a file', () => {
  it('is saved whole, and the store never sees a credential', async () => {
    const from = await store((request, response) => give(request, response))
    const { saved, target, folder } = await saving(from)
    expect(await saved).toBe(CONTENT.length)
    expect((await readFile(target)).equals(CONTENT)).toBe(true)
    expect(await readdir(folder)).toEqual(['file.zip'])
    expect(from.asked.map(({ authorization }) => authorization)).toEqual([undefined])
  })

  it('whose connection breaks off goes on where it was, by a new link', async () => {
    const from = await store((request, response, nth) => give(request, response, nth < 3 ? 300_000 : undefined))
    const { saved, target, located } = await saving(from)
    expect(await saved).toBe(CONTENT.length)
    expect((await readFile(target)).equals(CONTENT)).toBe(true)
    expect(from.asked.map(({ range }) => range?.slice(0, 6))).toEqual([undefined, 'bytes=', 'bytes='])
    expect(from.asked[1]?.['if-range']).toBe('"one"')
    expect(located).toHaveLength(3)
  })

  it('is begun anew where the store gives no parts', async () => {
    const from = await store((_, response, nth) => {
      response.writeHead(200, { 'content-length': CONTENT.length })
      if (nth === 1) response.write(CONTENT.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20))
      else response.end(CONTENT)
    })
    const { saved, target } = await saving(from)
    expect(await saved).toBe(CONTENT.length)
    expect((await readFile(target)).equals(CONTENT)).toBe(true)
  })

  it.each([
    ['that breaks off again and again', (_: IncomingMessage, response: ServerResponse) => void response.destroy()],
    [
      'that the store does not have',
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(404).end(),
    ],
    [
      'of which another part comes than was asked for',
      (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(206, { 'content-range': 'bytes 5-9/10', 'content-length': 5 }).end('56789'),
    ],
  ])('%s leaves nothing behind', async (_, answer) => {
    const { saved, folder } = await saving(await store(answer))
    await expect(saved).rejects.toThrow(DownloadError)
    await expect(saved).rejects.not.toThrow(/secret/)
    expect(await readdir(folder)).toEqual([])
  })

  it('from which no byte comes any more is asked for again', async () => {
    const from = await store((request, response, nth) => {
      if (nth > 1) return give(request, response)
      response.writeHead(200, { 'content-length': CONTENT.length, etag: '"one"' })
      response.write(CONTENT.subarray(0, 10))
    })
    const { saved, target } = await saving(from, { idleMs: 200 })
    expect(await saved).toBe(CONTENT.length)
    expect((await readFile(target)).equals(CONTENT)).toBe(true)
  })
})
