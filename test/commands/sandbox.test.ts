import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runCli, startSandboxProcess } from '../support/cli.ts'

const SEED = 'organizations: { acme: { repositories: { web: { id: 101 } } } }\n'
const HEADERS = { authorization: 'Bearer anybody', 'user-agent': 'test' }

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'octoform-sandbox-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  writeFileSync(join(made, 'seed.yaml'), SEED)
  return made
}

describe('octoform sandbox', () => {
  it('prints one JSON line, serves the seed, logs each request, and ends with 0', async () => {
    const cwd = folder()
    const sandbox = await startSandboxProcess(['--seed', 'seed.yaml', '--log', 'log.jsonl'], cwd)
    expect(sandbox.line).toMatch(/^\{"url":"http:\/\/127\.0\.0\.1:\d+"\}$/)
    const repository = await fetch(`${sandbox.url}/repos/acme/web?x=y`, { headers: HEADERS })
    expect(await repository.json()).toMatchObject({ id: 101, full_name: 'acme/web' })
    await fetch(`${sandbox.url}/nothing/here`, { headers: HEADERS })
    await fetch(`${sandbox.url}/_sandbox/state`)
    const lines = readFileSync(join(cwd, 'log.jsonl'), 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { method: 'GET', path: '/repos/acme/web', route: '/repos/{owner}/{repo}', status: 200, ms: expect.any(Number) },
      { method: 'GET', path: '/nothing/here', route: null, status: 404, ms: expect.any(Number) },
    ])
    expect(await sandbox.end('SIGTERM')).toEqual({ code: 0, stdout: `${sandbox.line}\n`, stderr: '' })
    await expect(fetch(sandbox.url)).rejects.toThrow()
  })

  it('takes --port, --product and --latency, and ends on SIGINT too', async () => {
    const cwd = folder()
    const first = await startSandboxProcess(['--product', 'ghes-3.19'], cwd)
    expect(first.url).toMatch(/:\d+\/api\/v3$/)
    const { port } = new URL(first.url)
    expect(await first.end('SIGINT')).toMatchObject({ code: 0 })

    const second = await startSandboxProcess(['--port', port, '--product', 'ghes-3.19', '--latency', '80'], cwd)
    expect(second.url).toBe(first.url)
    const started = performance.now()
    const meta = await fetch(`${second.url}/meta`, { headers: HEADERS })
    expect(performance.now() - started).toBeGreaterThanOrEqual(79)
    expect(meta.headers.get('x-github-enterprise-version')).toMatch(/^3\.19\./)

    const taken = await runCli(['sandbox', '--port', port], { cwd, env: {} })
    expect(taken).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('EADDRINUSE') })
  })

  it.each([
    [['--product', 'ghes3'], /There is no product "ghes3"/],
    [['--product', 'ghae-2022'], /There is no product "ghae-2022"/],
    [['--seed', 'missing.yaml'], /missing\.yaml/],
    [['--seed', 'broken.yaml'], /Seed/],
    [['--port', 'many'], /--port/],
    [['--port', '65536'], /--port/],
    [['--latency', '-1'], /--latency/],
    [['--log', 'no/such/folder/log'], /no\/such\/folder\/log/],
  ])('%j: exit 1 and why, on stderr', async (args, message) => {
    const cwd = folder()
    writeFileSync(join(cwd, 'broken.yaml'), 'organizations: [')
    const ran = await runCli(['sandbox', ...args], { cwd, env: {} })
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) })
    expect(ran.stderr).not.toContain('bug in octoform')
  })
})
