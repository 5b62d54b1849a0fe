import { type ExecFileException, execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SetupError } from '../../src/core/setup-error.ts'
import { directTransport } from '../../src/github/direct.ts'
import { openTransport } from '../../src/github/open-transport.ts'
import { clientFor, rejection } from '../support/client-for.ts'
import { compile } from '../support/compile.ts'
import { serveProxy } from '../support/connect-proxy.ts'
import { answerJson, serve } from '../support/scripted-server.ts'

/** No resolver knows it: a request that arrives has gone through the proxy. */
const NAME = 'github.test'

async function serveMeta(tls?: { readonly key: string; readonly cert: string }) {
  return serve((_, response) => answerJson(response, 200, { verifiable: true }), tls)
}

describe('openTransport', () => {
  it.each([{}, { HTTPS_PROXY: '', http_proxy: '', NO_PROXY: '*' }])(
    'goes the direct way without a proxy: %j',
    async (env) => {
      const direct = directTransport()
      expect(await openTransport(env, direct)).toBe(direct)
    },
  )

  it.each(['HTTP_PROXY', 'http_proxy'])('goes through the proxy that %s names', async (name) => {
    const [server, proxy] = [await serveMeta(), await serveProxy()]
    const client = clientFor(`http://${NAME}:${server.port}/api/v3`, {
      transport: await openTransport({ [name]: proxy.url }),
    })
    expect((await client.request('GET /user', {})).body).toEqual({ verifiable: true })
    expect(proxy.tunnels).toEqual([`${NAME}:${server.port}`])
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/v3/user'])
  })

  it.each([
    [(host: string) => host.replace('http://', '')],
    [(host: string) => host.replace('http://', 'http://me:planted@')],
  ])('takes a proxy without a scheme, and one with a password (%#)', async (written) => {
    const [server, proxy] = [await serveMeta(), await serveProxy()]
    const env = { HTTP_PROXY: written(proxy.url) }
    await clientFor(`http://${NAME}:${server.port}`, { transport: await openTransport(env) }).request('GET /user', {})
    const sent = env.HTTP_PROXY.includes('@') ? `Basic ${Buffer.from('me:planted').toString('base64')}` : undefined
    expect(proxy.authorizations).toEqual([sent])
  })

  it.each([NAME, `.${NAME}`, '*', `other.test, ${NAME}`])('goes past it for NO_PROXY=%s', async (noProxy) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      const [server, proxy] = [await serveMeta(), await serveProxy()]
      const send = await openTransport({ HTTP_PROXY: proxy.url, [name]: noProxy })
      await rejection(clientFor(`http://${NAME}:${server.port}`, { transport: send }).request('GET /user', {}))
      expect(proxy.tunnels).toEqual([])
      expect(server.seen).toEqual([])
    }
  })

  it('is a matter of the environment it is given, not of the process', async () => {
    const server = await serveMeta()
    const proxy = await serveProxy()
    const send = await openTransport({ HTTPS_PROXY: proxy.url })
    await clientFor(server.url, { transport: send }).request('GET /user', {})
    expect(proxy.tunnels).toEqual([])
  })

  it('does not take clear text off this machine to get back to it', async () => {
    const server = await serveMeta()
    const send = await openTransport({ HTTP_PROXY: `http://proxy.test:3128` })
    expect((await clientFor(server.url, { transport: send }).request('GET /user', {})).status).toBe(200)
    const proxy = await serveProxy()
    await clientFor(server.url, { transport: await openTransport({ HTTP_PROXY: proxy.url }) }).request('GET /user', {})
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`])
  })

  it.each([403, 407, 502])('a proxy that answers %i is unavailable', async (status) => {
    const [server, proxy] = [await serveMeta(), await serveProxy(status)]
    const send = await openTransport({ HTTP_PROXY: proxy.url })
    const error = await rejection(
      clientFor(`http://${NAME}:${server.port}`, { transport: send }).request('GET /user', {}),
    )
    expect(error.kind).toBe('unavailable')
    expect(error.message).toContain(`Proxy response (${status})`)
    expect(server.seen).toEqual([])
  })

  it.each(['http://', 'socks5://me:planted@127.0.0.1:1', 'http://me:planted@:80', 'a b'])(
    'refuses a proxy that is none, without printing it: %j',
    async (value) => {
      const opened = openTransport({ HTTPS_PROXY: value })
      await expect(opened).rejects.toThrow(SetupError)
      await expect(opened).rejects.toThrow(/^HTTPS_PROXY (?!.*planted)/)
    },
  )
})

describe('a private authority', () => {
  const certificate = resolve('test/support/tls/cert.pem')
  const tls = {
    key: readFileSync(resolve('test/support/tls/key.pem'), 'utf8'),
    cert: readFileSync(certificate, 'utf8'),
  }
  const program = `
    import { createClient } from './github/client.js'
    import { openTransport } from './github/open-transport.js'
    const client = createClient({
      baseUrl: process.argv[2], credential: async () => 'planted', mode: 'read-only', userAgent: 'octoform/0',
      transport: await openTransport(process.env),
    })
    try {
      console.log(JSON.stringify((await client.request('GET /user', {})).body))
    } catch (error) {
      console.log(error.kind, error.message)
    }`
  let folder = ''

  beforeAll(async () => {
    folder = await compile(['github/client.ts', 'github/open-transport.ts'])
    await writeFile(join(folder, 'ask.js'), program)
  }, 120_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  function ask(url: string, env: Readonly<Record<string, string>>): Promise<string> {
    return new Promise((done, failed) => {
      const report = (error: ExecFileException | null, stdout: string): void => {
        if (error === null) done(stdout.trim())
        else failed(error)
      }
      execFile(process.execPath, [join(folder, 'ask.js'), url], { env, timeout: 20_000 }, report)
    })
  }

  it('is trusted when NODE_EXTRA_CA_CERTS names it', async () => {
    const server = await serveMeta(tls)
    expect(await ask(`${server.url}/api/v3`, { NODE_EXTRA_CA_CERTS: certificate })).toBe('{"verifiable":true}')
  })

  it('is trusted behind a proxy, too', async () => {
    const [server, proxy] = [await serveMeta(tls), await serveProxy()]
    const env = { NODE_EXTRA_CA_CERTS: certificate, HTTPS_PROXY: proxy.url }
    expect(await ask(`https://${NAME}:${server.port}`, env)).toBe('{"verifiable":true}')
    expect(proxy.tunnels).toEqual([`${NAME}:${server.port}`])
  })

  it.each([
    ['directly', '127.0.0.1'],
    ['behind a proxy', NAME],
  ])('is not trusted without: %s', async (_, host) => {
    const [server, proxy] = [await serveMeta(tls), await serveProxy()]
    const env: Record<string, string> = host === NAME ? { HTTPS_PROXY: proxy.url } : {}
    const said = await ask(`https://${host}:${server.port}`, env)
    expect(said).toMatch(/^unavailable GET \/user: .*CERT/)
    expect(said).toContain('name its file in NODE_EXTRA_CA_CERTS')
    expect(server.seen).toEqual([])
  })
})
