import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { DownloadError, saveFile } from '../../src/operate/save-file.ts'
import { CONTENT, give, saving, store } from './file-store.ts'

const LARGE = Buffer.from('0123456789'.repeat(800_000))

describe('a file', () => {
  it('is asked for again as long as more of it comes, however often it breaks off', async () => {
    const from = await store((request, response) => give(request, response, 1_050_000, LARGE))
    const { saved, target, located } = await saving(from)
    expect(await saved).toBe(LARGE.length)
    expect((await readFile(target)).equals(LARGE)).toBe(true)
    expect(located.length).toBeGreaterThan(5)
  })

  it.each([
    ['says so by another mark', '"two"', 0],
    ['is of another size', '"one"', 1],
  ])('that changed meanwhile, where the store passes over If-Range and %s, is begun anew', async (_, mark, more) => {
    const other = Buffer.alloc(CONTENT.length + more, 'x')
    const from = await store((request, response, nth) => {
      if (nth === 1) return give(request, response, 300_000)
      const at = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      response.writeHead(at === 0 ? 200 : 206, {
        etag: mark,
        'content-length': other.length - at,
        ...(at === 0 ? {} : { 'content-range': `bytes ${at}-${other.length - 1}/${other.length}` }),
      })
      response.end(other.subarray(at))
    })
    const { saved, target } = await saving(from)
    expect(await saved).toBe(other.length)
    expect((await readFile(target)).equals(other)).toBe(true)
    expect(from.asked.map(({ range }) => range !== undefined)).toEqual([false, true, false])
  })

  it.each([[undefined], ['W/"one"']])('whose version has the mark %s is begun anew, not gone on with', async (etag) => {
    const from = await store((_, response, nth) => {
      response.writeHead(200, { 'content-length': CONTENT.length, ...(etag && { etag }) })
      if (nth === 1) response.write(CONTENT.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20))
      else response.end(CONTENT)
    })
    const { saved, target } = await saving(from)
    expect(await saved).toBe(CONTENT.length)
    expect((await readFile(target)).equals(CONTENT)).toBe(true)
    expect(from.asked.map(({ range }) => range)).toEqual([undefined, undefined])
  })

  it('of which the store gives no part any more is begun anew', async () => {
    const from = await store((request, response, nth) => {
      if (nth === 2) response.writeHead(416, { 'content-range': 'bytes */10' }).end()
      else give(request, response, nth === 1 ? 300_000 : undefined)
    })
    const { saved, target } = await saving(from)
    expect(await saved).toBe(CONTENT.length)
    expect((await readFile(target)).equals(CONTENT)).toBe(true)
    expect(from.asked.map(({ range }) => range?.slice(0, 6))).toEqual([undefined, 'bytes=', undefined])
  })

  it('that comes packed, which was not asked for, is unpacked and whole', async () => {
    const packed = gzipSync(CONTENT)
    const from = await store((request, response, nth) => {
      expect(request.headers['accept-encoding']).toBe('identity')
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length, etag: '"one"' })
      if (nth === 1) response.write(packed.subarray(0, 500), () => setTimeout(() => response.destroy(), 20))
      else response.end(packed)
    })
    const { saved, target } = await saving(from)
    expect(await saved).toBe(CONTENT.length)
    expect((await readFile(target)).equals(CONTENT)).toBe(true)
    expect(from.asked.map(({ range }) => range)).toEqual([undefined, undefined])
  })

  it('that ends before its length is not kept', async () => {
    const from = await store((_, response) => {
      // Node itself refuses to write less than it said.
      response.socket?.write(`HTTP/1.1 200 OK\r\ncontent-length: ${CONTENT.length + 10}\r\n\r\n`)
      response.socket?.end(CONTENT)
    })
    const { saved, folder } = await saving(from)
    await expect(saved).rejects.toThrow(DownloadError)
    expect(await readdir(folder)).toEqual([])
  })

  it('that has not the hash of GitHub is not kept', async () => {
    const from = await store((request, response, nth) => give(request, response, nth === 1 ? 300_000 : undefined))
    const digest = `sha256:${createHash('sha256').update(CONTENT).digest('hex')}`
    expect(await (await saving(from, { digest })).saved).toBe(CONTENT.length)
    const { saved, folder } = await saving(from, { digest: `sha256:${'0'.repeat(64)}` })
    await expect(saved).rejects.toThrow("are not those of GitHub's hash")
    expect(await readdir(folder)).toEqual([])
  })

  it('never takes the name of one that came to be meanwhile', async () => {
    const from = await store((request, response) => give(request, response))
    const late: { target?: string } = {}
    const { saved, target, folder } = await saving(from, {
      progress: () => {
        if (late.target !== undefined) writeFileSync(late.target, 'another')
      },
    })
    late.target = target
    await expect(saved).rejects.toThrow('Meanwhile there is a file of that name.')
    expect(await readFile(target, 'utf8')).toBe('another')
    expect(await readdir(folder)).toEqual(['file.zip'])
  })

  it('that two ask for at once is whole, of one of them', async () => {
    const from = await store((request, response, nth) => give(request, response, nth < 3 ? 300_000 : undefined))
    const first = await saving(from)
    const second = saveFile({ ...first.file })
    const ends = await Promise.allSettled([first.saved, second])
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await readFile(first.target)).equals(CONTENT)).toBe(true)
    expect(await readdir(first.folder)).toEqual(['file.zip'])
  })

  it('that is stopped leaves nothing', async () => {
    const stop = new AbortController()
    const from = await store((_, response) => {
      response.writeHead(200, { 'content-length': CONTENT.length })
      response.write(CONTENT.subarray(0, 1000))
    })
    const { saved, folder } = await saving(from, {
      signal: stop.signal,
      progress: () => stop.abort(new DownloadError('It was stopped.')),
    })
    await expect(saved).rejects.toThrow('It was stopped.')
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a redirect of the store', () => {
  const to = (location: string) => (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/there')) give(request, response)
    else response.writeHead(302, { location }).end('moved')
  }

  it('within it is followed, without a credential', async () => {
    const from = await store(to('/there'))
    expect(await (await saving(from)).saved).toBe(CONTENT.length)
    expect(from.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined])
  })

  it.each([['ftp://127.0.0.1/there'], ['http://mona:secret@127.0.0.1/there'], ['//['], ['file:///etc/passwd']])(
    'to %s is not followed',
    async (location) => {
      const { saved, folder } = await saving(await store(to(location)))
      await expect(saved).rejects.toThrow('The store points elsewhere.')
      expect(await readdir(folder)).toEqual([])
    },
  )

  it('in a circle ends', async () => {
    const { saved } = await saving(await store(to('/again')))
    await expect(saved).rejects.toThrow('The store points elsewhere.')
  })
})

it('a refusal with a body without an end holds up neither the next attempt nor the end', async () => {
  const from = await store((_, response) => {
    response.writeHead(404)
    const more = (): void => {
      if (!response.destroyed) response.write('x'.repeat(1000), () => setTimeout(more, 5))
    }
    more()
  })
  const { saved } = await saving(from)
  await expect(saved).rejects.toThrow('The store answered 404.')
})
