import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { DownloadError } from '../../src/operate/save-file.ts'
import { CONTENT, give, saving, store } from './file-store.ts'

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
