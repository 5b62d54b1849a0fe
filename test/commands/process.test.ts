import { exec } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CLI, runCli } from '../support/cli.ts'
import { serveProxy } from '../support/connect-proxy.ts'
import { workplace } from '../support/octoform.ts'
import { SMALL_SEED, SMALL_VALUE, SMALL_YAML } from '../support/small-world.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const CERTIFICATE = resolve('test/support/tls/cert.pem')
const TLS = { key: readFileSync(resolve('test/support/tls/key.pem')), cert: readFileSync(CERTIFICATE) }
const CREDENTIALS = { OCTOFORM_TOKEN: 'token-of-an-owner', NEW_VALUE: SMALL_VALUE }
const LAST = /\nPlan: 1 to add, 1 to change, 1 to delete\.\n$/

async function small(): Promise<{ sandbox: WatchedSandbox; cwd: string }> {
  const sandbox = await watchedSandbox({ seed: SMALL_SEED })
  const { folder } = await workplace(sandbox, { 'octoform.yaml': SMALL_YAML })
  return { sandbox, cwd: folder }
}

/** Ends TLS in front of a sandbox, which answers only to names of this machine. */
async function tlsFront(sandbox: WatchedSandbox): Promise<number> {
  const server = createServer(TLS, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const to = { host: '127.0.0.1', port: sandbox.port, method, path, headers: { ...headers, host: '127.0.0.1' } }
    const onward = request(to, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

describe('a private authority and a proxy', () => {
  it('HTTPS_PROXY and NODE_EXTRA_CA_CERTS are honoured, by plan and apply', async () => {
    const { sandbox, cwd } = await small()
    const [port, proxy] = [await tlsFront(sandbox), await serveProxy()]
    const env = {
      ...CREDENTIALS,
      GITHUB_API_URL: `https://github.test:${port}`,
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: CERTIFICATE,
    }
    expect(await runCli(['plan'], { cwd, env })).toMatchObject({ code: 0, stdout: expect.stringMatching(LAST) })
    expect(await runCli(['apply', '--auto-approve'], { cwd, env })).toMatchObject({ code: 0 })
    expect(new Set(proxy.tunnels)).toEqual(new Set([`github.test:${port}`]))
    expect(sandbox.writes()).toHaveLength(3)
  })

  it('NO_PROXY is honoured', async () => {
    const { sandbox, cwd } = await small()
    const [port, proxy] = [await tlsFront(sandbox), await serveProxy()]
    const env = {
      ...CREDENTIALS,
      GITHUB_API_URL: `https://127.0.0.1:${port}`,
      HTTPS_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: CERTIFICATE,
    }
    expect(await runCli(['plan'], { cwd, env })).toMatchObject({ code: 0, stdout: expect.stringMatching(LAST) })
    expect(proxy.tunnels).toEqual([])
  })

  it('a certificate that nobody vouches for: exit 5 and what to set; nothing is asked', async () => {
    const { sandbox, cwd } = await small()
    const env = { ...CREDENTIALS, GITHUB_API_URL: `https://127.0.0.1:${await tlsFront(sandbox)}` }
    expect(await runCli(['plan'], { cwd, env })).toMatchObject({
      code: 5,
      stdout: '',
      stderr: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
    expect(sandbox.asked).toEqual([])
  })

  it('a proxy that is none: exit 1; clear text to another machine: exit 1, and --insecure-http', async () => {
    const { cwd } = await small()
    const proxied = { ...CREDENTIALS, HTTPS_PROXY: 'socks5://127.0.0.1:1' }
    expect(await runCli(['plan'], { cwd, env: proxied })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/HTTPS_PROXY is not the URL of an http proxy/),
    })
    const clear = { ...CREDENTIALS, GITHUB_API_URL: 'http://github.test' }
    expect(await runCli(['plan'], { cwd, env: clear })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/clear text.*--insecure-http/),
    })
  })
})

describe('streams', () => {
  function shell(command: string, cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
    return new Promise((done) => {
      exec(command, { cwd, env: { ...env, PATH: process.env.PATH }, timeout: 25_000 }, (_, stdout, stderr) => {
        done(`${stdout}${stderr}`)
      })
    })
  }
  const octoform = `"${process.execPath}" "${CLI}"`

  it('plan --format json can be piped into a program', async () => {
    const { sandbox, cwd } = await small()
    const env = { ...CREDENTIALS, GITHUB_API_URL: sandbox.url }
    const count = `"${process.execPath}" -e 'console.log(JSON.parse(require("fs").readFileSync(0)).changes.length)'`
    expect(await shell(`${octoform} plan --format json --debug 2>/dev/null | ${count}`, cwd, env)).toBe('3\n')
    expect(await shell(`${octoform} plan 2>/dev/null | tail -n 1`, cwd, env)).toBe(
      'Plan: 1 to add, 1 to change, 1 to delete.\n',
    )
  })

  it('a reader that goes away is no bug', async () => {
    const { sandbox, cwd } = await small()
    const env = { ...CREDENTIALS, GITHUB_API_URL: sandbox.url }
    const unread = (args: string): Promise<string> =>
      shell(`(${octoform} ${args}; echo "exit $?" >&2) 2>err.txt | true; cat err.txt`, cwd, env)
    const using = `Using OCTOFORM_TOKEN for ${sandbox.url} (GITHUB_API_URL).\n`
    expect(await unread('drift')).toBe(`${using}exit 2\n`)
    expect(await unread('plan --format json')).toBe(`${using}exit 0\n`)
    expect(sandbox.writes()).toEqual([])
    const applied = await unread('apply --auto-approve')
    expect(applied.match(/^\d\d:\d\d:\d\dZ [~+-] orgs\/acme\/\S+ {2}applied$/gm)).toHaveLength(3)
    expect(applied.replaceAll(/^\d\d:.*\n/gm, '')).toBe(
      `${using}Ledger: .octoform/ledger.json (new): commit it.\nexit 0\n`,
    )
    expect(sandbox.writes()).toHaveLength(3)
    expect(await unread('validate --config err.txt')).toBe('exit 1\n')
    expect(await shell(`${octoform} drift 2>&1 | true; echo done`, cwd, env)).toBe('done\n')
  })

  it.skipIf(process.platform !== 'linux')('what could not be printed is no success', async () => {
    const { cwd } = await small()
    expect(await shell(`${octoform} validate 2>/dev/null >/dev/full; echo $?`, cwd, {})).toBe('1\n')
  })

  it('without a terminal there are no colours and nobody is asked', async () => {
    const { sandbox, cwd } = await small()
    const env = { ...CREDENTIALS, GITHUB_API_URL: sandbox.url }
    const ran = await runCli(['apply'], { cwd, env })
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('--auto-approve') })
    expect(ran.stdout + ran.stderr).not.toContain('\u001b')
    expect(sandbox.writes()).toEqual([])
  })
})
