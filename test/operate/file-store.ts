import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { directTransport } from '../../src/github/direct.ts'
import { type FileToSave, saveFile } from '../../src/operate/save-file.ts'

export const CONTENT = Buffer.from('0123456789'.repeat(100_000))

export interface Store {
  readonly url: URL
  readonly asked: IncomingMessage['headers'][]
}

/** A store that answers as the test says. */
export async function store(
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
export function give(
  request: IncomingMessage,
  response: ServerResponse,
  most = Number.POSITIVE_INFINITY,
  content = CONTENT,
): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const headers = { etag: '"one"', 'content-length': content.length - from }
  const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }
  response.writeHead(from === 0 ? 200 : 206, from === 0 ? headers : { ...headers, ...range })
  const part = content.subarray(from, Math.min(content.length, from + most))
  if (from + part.length === content.length) response.end(part)
  else response.write(part, () => setTimeout(() => response.destroy(), 20))
}

export async function saving({ url }: Store, more: Partial<FileToSave> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'octoform-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const target = join(folder, 'file.zip')
  const located: number[] = []
  const file: FileToSave = {
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
  }
  return { saved: saveFile(file), file, target, folder, located }
}
