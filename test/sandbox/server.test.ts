import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Exchange, startSandbox } from '../../src/sandbox/server.ts'
import { withSandbox } from '../support/sandbox.ts'

const SEED = { organizations: { acme: { repositories: { web: {} } } } }

function temporaryFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'octoform-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, name)
}

/** The status of a request whose headers fetch would not send. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { 'user-agent': 'test', authorization: 'token x', ...headers } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('the server', () => {
  it('listens on this machine only, at a free port or the one it is given', async () => {
    const first = await withSandbox()
    expect(first.origin).toBe(`http://127.0.0.1:${first.port}`)
    await expect(startSandbox({ port: first.port })).rejects.toThrow('EADDRINUSE')
  })

  it.each([
    [{ host: '127.0.0.1:1' }, 200],
    [{ host: 'localhost' }, 200],
    [{ host: 'LOCALHOST:99' }, 200],
    [{ host: '[::1]:99' }, 200],
    [{ host: 'github.example.com' }, 403],
    [{ host: '127.0.0.1.example.com' }, 403],
    [{ origin: 'http://localhost:3000' }, 403],
  ])('answers a request with %j with %i', async (headers, status) => {
    const { url, origin } = await withSandbox({ seed: SEED })
    expect(await statusOf(`${url}/orgs/acme`, headers)).toBe(status)
    expect(await statusOf(`${origin}/_sandbox/state`, headers)).toBe(status)
  })

  it('links to the host that was asked', async () => {
    const { port } = await withSandbox({ seed: SEED, product: 'ghes-3.19' })
    const response = await fetch(`http://localhost:${port}/api/v3/orgs/acme`, {
      headers: { authorization: 'token x', 'user-agent': 'test' },
    })
    expect(await response.json()).toMatchObject({ url: `http://localhost:${port}/api/v3/orgs/acme` })
  })

  it('logs each request as one line, but none that is asked of the sandbox itself', async () => {
    const log = temporaryFile('requests.jsonl')
    const { call } = await withSandbox({ seed: SEED, product: 'ghes-3.19', log })
    await call('GET', '/orgs/ACME/repos?per_page=1')
    await call('GET', '/repos/acme/w%65b')
    await call('PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'none' })
    await call('GET', '/_sandbox/state')
    await call('GET', '/nothing')
    const lines = readFileSync(log, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    const ms = expect.any(Number)
    expect(lines).toEqual([
      { method: 'GET', path: '/orgs/ACME/repos', route: '/orgs/{org}/repos', status: 200, ms },
      { method: 'GET', path: '/repos/acme/w%65b', route: '/repos/{owner}/{repo}', status: 200, ms },
      {
        method: 'PUT',
        path: '/orgs/acme/actions/permissions',
        route: '/orgs/{org}/actions/permissions',
        status: 204,
        ms,
      },
      { method: 'GET', path: '/nothing', route: null, status: 404, ms },
    ])
  })

  it('has the line in the log before the answer is there', async () => {
    const log = temporaryFile('requests.jsonl')
    const { call } = await withSandbox({ seed: SEED, log })
    for (let count = 1; count <= 20; count += 1) {
      await call('GET', '/meta')
      expect(readFileSync(log, 'utf8').split('\n')).toHaveLength(count + 1)
    }
  })

  it('tells what went over the wire', async () => {
    const exchanges: Exchange[] = []
    const { call } = await withSandbox({ seed: SEED, onExchange: (exchange) => exchanges.push(exchange) })
    await call('PUT', '/orgs/acme/actions/permissions?x=1', { enabled_repositories: 'all' })
    await call('GET', '/orgs/acme/actions/permissions')
    expect(exchanges).toMatchObject([
      {
        product: 'ghec',
        method: 'PUT',
        path: '/orgs/acme/actions/permissions',
        route: '/orgs/{org}/actions/permissions',
        query: { x: '1' },
        requestHeaders: { 'user-agent': 'sandbox-test' },
        requestBody: { enabled_repositories: 'all' },
        status: 204,
        responseBody: undefined,
      },
      { method: 'GET', requestBody: undefined, responseBody: { enabled_repositories: 'all' } },
    ])
    expect(exchanges[1]?.responseHeaders['x-github-media-type']).toBe('github.v3; format=json')
  })

  it('waits before each answer when it is told to', async () => {
    const { call } = await withSandbox({ seed: SEED, latency: 80 })
    const started = performance.now()
    await Promise.all([call('GET', '/meta'), call('GET', '/orgs/acme')])
    const passed = performance.now() - started
    expect(passed).toBeGreaterThan(75)
  })

  it('says when it answered, in the second that its timestamps have', async () => {
    const { call } = await withSandbox({ seed: SEED })
    const { headers, body } = await call('POST', '/orgs/acme/repos', { name: 'new' })
    expect(Date.parse(headers.date ?? '')).toBe(Date.parse((body as { created_at: string }).created_at))
  })
})
