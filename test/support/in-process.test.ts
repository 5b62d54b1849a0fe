import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { directTransport } from '../../src/github/direct.ts'
import { failureOf, NetworkError } from '../../src/github/network-failure.ts'
import type { Departure, Transport } from '../../src/github/transport.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { transportInProcess } from './in-process.ts'
import { type TestSandbox, withSandbox } from './sandbox.ts'

const SEED = { organizations: { acme: { repositories: { web: {}, old: {} } } } }
/** Of the connection alone, or of the one answer. */
const OF_THE_CONNECTION = /^(connection|keep-alive|transfer-encoding|date|x-github-request-id)$/

interface Heard {
  readonly status: number
  readonly headers: object
  readonly text: string
}

type Init = Partial<Pick<Departure, 'method' | 'headers' | 'body' | 'signal'>>

/** Both ways to a sandbox of its own. */
async function sandboxes(): Promise<readonly (readonly [TestSandbox, Transport])[]> {
  const [one, other] = [await withSandbox({ seed: SEED }), await withSandbox({ seed: SEED, reached: 'by the network' })]
  return [
    [one, transportInProcess],
    [other, directTransport()],
  ]
}

function departure(url: string, init: Init = {}): Departure {
  const headers = { 'user-agent': 'comparison/0', authorization: 'Bearer owner', ...init.headers }
  return { method: 'GET', body: undefined, signal: new AbortController().signal, ...init, url: new URL(url), headers }
}

async function heard(sandbox: TestSandbox, way: Transport, path: string, init: Init): Promise<Heard> {
  const arrival = await way(departure(`${sandbox.url}${path}`, init))
  const kept = Object.entries(arrival.headers).filter(([name]) => !OF_THE_CONNECTION.test(name))
  const said = (await text(arrival.body)).replaceAll(sandbox.origin, 'http://sandbox')
  return { status: arrival.status, headers: Object.fromEntries(kept), text: said }
}

it.each<[string, Init]>([
  ['/orgs/acme', {}],
  ['/orgs/acme/repos?per_page=1', { headers: { accept: 'application/vnd.github+json' } }],
  ['/orgs/acme/actions/permissions', { method: 'PUT', body: '{"enabled_repositories":"none"}' }],
  ['/orgs/acme/actions/permissions', { method: 'PUT', body: '{' }],
  ['/orgs/acme/actions/permissions', { method: 'PUT', body: JSON.stringify({ enabled_repositories: 'ä☃' }) }],
  ['/orgs/acme/actions/secrets/%2e', {}],
  ['/orgs/gone', {}],
  ['/orgs/acme', { headers: { authorization: '' } }],
])('%s %j is answered as over the network', async (path, init) => {
  const [one, other] = await Promise.all((await sandboxes()).map(([sandbox, way]) => heard(sandbox, way, path, init)))
  const forget = ({ headers, ...rest }: Heard = { status: 0, headers: {}, text: '' }): object => ({
    ...rest,
    headers: JSON.parse(JSON.stringify(headers).replaceAll(/127\.0\.0\.1:\d+/g, 'sandbox')),
  })
  expect(forget(one)).toEqual(forget(other))
  expect(one?.status).toBeGreaterThan(199)
})

it.each<[string, object]>([
  ['a connection that is closed', { drop: true }],
  ['an answer that takes too long', { delay_ms: 5000 }],
])('%s fails as over the network', async (_, fault) => {
  const failures = await Promise.all(
    (await sandboxes()).map(async ([sandbox, way]) => {
      await sandbox.call('POST', '/_sandbox/faults', fault)
      const signal = AbortSignal.timeout(200)
      const error = await heard(sandbox, way, '/orgs/acme', { signal }).catch((thrown: unknown) => thrown)
      const failure = failureOf(error, 200)
      return { ...failure, words: failure?.words(new URL('http://sandbox/')) }
    }),
  )
  expect(failures[0]).toEqual(failures[1])
  expect(failures[0]?.words).toBeDefined()
})

it('refuses an aborted signal, and what is no sandbox of this process is asked over the network', async () => {
  const [[sandbox] = []] = await sandboxes()
  const url = `${sandbox?.url}/orgs/acme`
  await expect(transportInProcess(departure(url, { signal: AbortSignal.abort() }))).rejects.toThrow('abort')
  const closed = await startSandbox()
  await closed.close()
  await expect(transportInProcess(departure(closed.url))).rejects.toThrow(NetworkError)
})
