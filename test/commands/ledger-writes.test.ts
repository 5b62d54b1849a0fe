import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { readEntries, writeLedger } from '../engine/written-ledger.ts'
import { sampledByKind } from '../support/by-night.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type Reaction, serve } from '../support/scripted-server.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const ADDRESS = 'orgs/acme/secrets/A'
const PUT = '/orgs/{org}/actions/secrets/{secret_name}'
const OLD = '2026-01-01T00:00:00Z'
const APPLY = ['apply', '--auto-approve']

const STORES = {
  'a file': 'ledger: { path: .octoform/ledger.json }',
  'a repository': 'ledger: { repository: acme/admin, branch: octoform, path: ledger.json }',
} as const
type Store = keyof typeof STORES

const yaml = (store: Store): string => `
version: 1
${STORES[store]}
organizations:
  acme:
    secrets:
      A: { visibility: all, value: { env: A } }
      B: { visibility: all, value: { env: B } }
`

interface Place {
  readonly sandbox: WatchedSandbox
  readonly work: Workplace
  /** The ledger's entry of A. */
  entry(): Promise<unknown>
}

/** An organization whose secrets the ledger has as they are, or one that has none yet. */
async function place(before: 'written' | 'none', store: Store): Promise<Place> {
  const secrets = { A: { visibility: 'all', value: 'old-a', updated_at: OLD } }
  const sandbox = await watchedSandbox({
    seed: {
      product: 'ghec',
      organizations: {
        acme: {
          secrets: before === 'written' ? secrets : {},
          repositories: { admin: { files: { main: { 'README.md': 'code' } } } },
        },
      },
    },
  })
  const work = await workplace(sandbox, { 'octoform.yaml': yaml(store) }, { A: 'new-a', B: 'new-b' })
  if (before === 'written') {
    if (store === 'a file') await writeLedger(work, sandbox, { [ADDRESS]: { from: 'A', value: 'old-a', at: OLD } })
    else await work.run(['ledger', 'adopt', '**'], { env: { A: 'old-a' } })
  }
  const entry = async (): Promise<unknown> => {
    const entries = store === 'a file' ? await readEntries(work) : await entriesIn(sandbox)
    return Object.entries(entries).find(([key]) => key.endsWith(ADDRESS))?.[1]
  }
  return { sandbox, work, entry }
}

async function entriesIn({ call }: WatchedSandbox): Promise<Record<string, unknown>> {
  const { status, body } = await call('GET', '/repos/acme/admin/contents/ledger.json?ref=octoform')
  const { content = '' } = status === 200 ? (body as { content: string }) : {}
  return content === '' ? {} : JSON.parse(Buffer.from(content, 'base64').toString()).entries
}

const REFUSED = [400, 403, 404, 409, 410, 422].flatMap((status) =>
  (Object.keys(STORES) as Store[]).flatMap((store) =>
    (['written', 'none'] as const).map((before) => ({ status, store, before })),
  ),
)

/** By day each pair of status, store and former state. */
const TRIED = sampledByKind(REFUSED, ({ status, store, before }) => [
  `${status} ${store}`,
  `${status} ${before}`,
  `${store} ${before}`,
])

describe('a value that GitHub refuses', () => {
  it.each(TRIED)('with $status leaves the entry in $store as it was ($before)', async ({ status, store, before }) => {
    const { sandbox, work, entry } = await place(before, store)
    const former = before === 'none' ? undefined : await entry()
    await sandbox.fault({
      method: 'PUT',
      route: '/orgs/acme/actions/secrets/A',
      times: 9,
      status,
      body: { message: 'no' },
    })
    expect((await work.run(APPLY)).code).toBe(1)
    expect(await entry()).toEqual(former)
    await sandbox.call('DELETE', '/_sandbox/faults')
    const { stdout } = await work.run(['plan'])
    expect(stdout).not.toContain('interrupted')
    expect(stdout).toContain(before === 'none' ? `+ ${ADDRESS}` : 'the value changed at its source')
    expect(await work.run(APPLY)).toMatchObject({ code: 0 })
    expect(await work.run(['drift'])).toMatchObject({ code: 0, stdout: expect.stringContaining('No drift.') })
  })

  it.each(Object.keys(STORES) as Store[])('has the other values of the run noted in %s', async (store) => {
    const { sandbox, work } = await place('none', store)
    await sandbox.fault({ method: 'PUT', route: '/orgs/acme/actions/secrets/A', times: 9, status: 403, body: {} })
    expect((await work.run(APPLY)).code).toBe(1)
    const { stdout } = await work.run(['plan'])
    expect(stdout).toContain('Plan: 1 to add, 0 to change, 0 to delete.')
  })
})

describe('a value of which nobody knows whether GitHub took it', () => {
  const UNKNOWN = [{ drop: true }, { drop: true, after: true }, { status: 502 }, { status: 502, after: true }]
  it.each(UNKNOWN.flatMap((fault) => (Object.keys(STORES) as Store[]).map((store) => ({ fault, store }))))(
    'is put again: $fault, ledger in $store',
    async ({ fault, store }) => {
      const { sandbox, work, entry } = await place('written', store)
      await sandbox.fault({ method: 'PUT', route: PUT, times: 99, ...fault })
      await work.run(APPLY)
      await sandbox.call('DELETE', '/_sandbox/faults')
      expect(await entry()).not.toHaveProperty('written_at')
      expect((await work.run(['plan'])).stdout).toContain('an earlier write was interrupted')
      expect(await work.run(APPLY)).toMatchObject({ code: 0 })
      expect(await work.run(['drift'])).toMatchObject({ code: 0 })
    },
  )
})

type Seen = Parameters<Reaction>[0]
const OWN_HEADERS = ['date', 'content-length', 'connection', 'transfer-encoding']

/** Stands before the sandbox, and has its answers dated as a proxy or a wrong clock would. */
async function dated(sandbox: WatchedSandbox, date: (real: number) => string | undefined): Promise<string> {
  const answer = async ({ method, path, headers, body }: Seen, response: ServerResponse): Promise<void> => {
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...sent } = headers
    const real = await fetch(new URL(path, sandbox.url), {
      method,
      headers: sent as Record<string, string>,
      ...(body === '' ? {} : { body }),
    })
    const bytes = Buffer.from(await real.arrayBuffer())
    for (const [name, value] of real.headers) if (!OWN_HEADERS.includes(name)) response.setHeader(name, value)
    const now = method === 'PUT' ? date(Date.now()) : new Date().toUTCString()
    response.sendDate = false
    if (now !== undefined) response.setHeader('date', now)
    response.writeHead(real.status)
    response.end(bytes)
  }
  const { url } = await serve((request, response) => void answer(request, response))
  return url
}

const HOUR = 3_600_000

/** The requests for secret A after its PUT. */
function readsAfterPut({ asked }: WatchedSandbox): readonly string[] {
  const own = asked.filter(({ path }) => path.endsWith('/secrets/A'))
  const put = own.findIndex(({ method }) => method === 'PUT')
  return own.slice(put + 1).map(({ method, path }) => `${method} ${path}`)
}

describe('an answer to a write', () => {
  it.each([
    ['without a date', () => undefined],
    ['whose date is none', () => 'yesterday'],
    ['dated 25 hours ahead', (real: number) => new Date(real + 25 * HOUR).toUTCString()],
    ['dated 25 hours ago', (real: number) => new Date(real - 25 * HOUR).toUTCString()],
    ['dated 2099', () => 'Thu, 01 Jan 2099 00:00:00 GMT'],
  ])('%s has the secret read again, and its updated_at recorded', async (_what, date) => {
    const { sandbox, work, entry } = await place('none', 'a file')
    const env = { GITHUB_API_URL: await dated(sandbox, date) }
    expect(await work.run(APPLY, { env })).toMatchObject({ code: 0 })
    const { body } = await sandbox.call('GET', '/orgs/acme/actions/secrets/A')
    const { updated_at } = body as { updated_at: string }
    expect(await entry()).toMatchObject({ written_at: new Date(updated_at).toISOString() })
    expect(readsAfterPut(sandbox)).toEqual(['GET /orgs/acme/actions/secrets/A'])
    expect(await work.run(['drift'], { env })).toMatchObject({ code: 0, stdout: expect.stringContaining('No drift.') })
    expect(await work.run(APPLY, { env })).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') })
  })

  it.each([
    ['as GitHub dates it', (real: number) => real],
    ['23 hours ago', (real: number) => real - 23 * HOUR],
  ])('dated %s is taken at its word', async (_what, date) => {
    const { sandbox, work, entry } = await place('none', 'a file')
    const env = { GITHUB_API_URL: await dated(sandbox, (real) => new Date(date(real)).toUTCString()) }
    expect(await work.run(APPLY, { env })).toMatchObject({ code: 0 })
    const { written_at } = (await entry()) as { written_at: string }
    expect(Math.abs(Date.parse(written_at) - date(Date.now()))).toBeLessThan(60_000)
    expect(readsAfterPut(sandbox)).toEqual([])
  })

  it('of a secret that cannot be read again either leaves it to be put again', async () => {
    const { sandbox, work, entry } = await place('none', 'a file')
    const url = await dated(sandbox, () => {
      void sandbox.fault({ method: 'GET', route: PUT, times: 99, status: 403, body: {} })
      return undefined
    })
    const env = { GITHUB_API_URL: url }
    await work.run(APPLY, { env })
    await sandbox.call('DELETE', '/_sandbox/faults')
    expect(await entry()).not.toHaveProperty('written_at')
    expect((await work.run(['plan'], { env })).stdout).toContain('an earlier write was interrupted')
  })
})
