import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runCli, startSandboxProcess } from '../support/cli.ts'
import { LEDGER_KEY, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const LOCAL = { permissions: { allowed_actions: 'local_only' } }
const REPOSITORIES = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [
    `service-${index}`,
    index % 3 === 0 ? { ...LOCAL, secrets: { [`KEY_${index}`]: { value: 'planted' } } } : {},
  ]),
)
const SEED = {
  organizations: {
    acme: {
      repositories: { ...REPOSITORIES, admin: { visibility: 'private' } },
      secrets: { NPM_TOKEN: { visibility: 'selected', repositories: ['service-1', 'service-2'], value: 'planted' } },
      runner_groups: { gpu: { visibility: 'selected', repositories: ['service-3'] } },
    },
  },
}

describe('init --import', () => {
  it('takes two commands from an empty folder to a plan of an organization of 40 repositories', async () => {
    const seeds = await workplace({ url: '' }, { 'github.yaml': JSON.stringify(SEED) })
    const sandbox = await startSandboxProcess(['--seed', 'github.yaml'], seeds.folder)
    const cwd = await mkdtemp(join(tmpdir(), 'octoform-empty-'))
    onTestFinished(() => rm(cwd, { recursive: true, force: true }))
    const env = {
      PATH: process.env.PATH ?? '',
      GITHUB_API_URL: sandbox.url,
      OCTOFORM_TOKEN: 'token',
      OCTOFORM_LEDGER_KEY: LEDGER_KEY,
    }
    const started = performance.now()
    const commands = [
      ['init', '--owner', 'acme', '--repository', 'acme/admin', '--import'],
      ['plan', '--detailed-exitcode'],
    ]
    const ran = []
    for (const command of commands) ran.push(await runCli(command, { cwd, env }))
    const seconds = (performance.now() - started) / 1000
    process.stdout.write(`from an empty folder to a plan: ${commands.length} commands, ${seconds.toFixed(1)} s\n`)
    const [init, plan] = ran
    expect(init, init?.stderr).toMatchObject({ code: 0 })
    expect(plan, plan?.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
    expect(seconds).toBeLessThan(42)
  })

  it('ends with a checklist whose links hold the right values, and with what the credential may', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {})
    const { code, stdout, stderr } = await place.run([
      'init',
      '--owner',
      'acme',
      '--repository',
      'acme/admin',
      '--import',
    ])
    expect(code, stderr).toBe(0)
    expect(sandbox.writes()).toEqual([])
    expect(stderr).toContain('Wrote ')
    expect(stdout).not.toContain('kept ')
    expect(stdout).toContain('written .github/workflows/octoform-apply.yml\n')
    expect(stdout).toMatch(/\nacme: .+\n[\s\S]*The credentials are enough, as far as GitHub says\.\n$/)
    const [reads, writes] = [...stderr.matchAll(/: +(http\S+\/organizations\/acme\/settings\/apps\/new\?\S+)/g)].map(
      ([, link = '']) => Object.fromEntries(new URL(link).searchParams),
    )
    const form = { public: 'false', webhook_active: 'false' }
    expect(reads).toMatchObject({ ...form, name: 'octoform plan acme', organization_secrets: 'read', actions: 'read' })
    expect(writes).toMatchObject({ ...form, name: 'octoform apply acme', organization_secrets: 'write' })
    expect(Object.values(reads ?? {})).not.toContain('write')
    for (const line of [
      '/acme/admin/settings/environments/new\n',
      'gh variable set OCTOFORM_PLAN_APP_ID --repo acme/admin --body APP_ID\n',
      'gh secret set OCTOFORM_LEDGER_KEY --repo acme/admin --env octoform\n',
      'Protect the branch main',
    ]) {
      expect(stderr).toContain(line)
    }
  })

  it('writes nothing else where an organization could not be read in full, and goes on there', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {})
    await sandbox.fault({
      method: 'GET',
      route: '/repos/{owner}/{repo}/actions/secrets',
      nth: 3,
      times: 1,
      status: 451,
    })
    const init = ['init', '--owner', 'acme', '--repository', 'acme/admin', '--import']
    const first = await place.run([...init, '--parallelism', '1'])
    expect(first.code).toBe(5)
    expect(first.stdout).toBe('')
    const second = await place.run(init)
    expect(second, second.stderr).toMatchObject({ code: 0 })
    expect(second.stdout).toContain('written octoform.yaml\n')
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
  })

  it('keeps the file of an organization, says so, and goes on with the next', async () => {
    const sandbox = await watchedSandbox({ seed: { organizations: { ...SEED.organizations, beta: {} } } })
    const place = await workplace(sandbox, {})
    const init = ['init', '--owner', 'acme', '--owner', 'beta', '--repository', 'acme/admin', '--import']
    await sandbox.fault({ method: 'GET', route: '/orgs/{org}/actions/secrets', nth: 2, times: 1, status: 451 })
    const first = await place.run([...init, '--parallelism', '1'])
    expect(first).toMatchObject({ code: 5, stdout: '' })
    const file = join(place.folder, 'orgs/acme.yaml')
    const edited = `${await readFile(file, 'utf8')}# by hand\n`
    await writeFile(file, edited)
    const second = await place.run(init)
    expect(second, second.stderr).toMatchObject({ code: 0 })
    expect(second.stderr).toMatch(
      /^orgs\/acme\.yaml is there already, and kept: what GitHub has of acme is imported once/m,
    )
    expect(second.stdout).toMatch(/^written octoform\.yaml\nkept orgs\/acme\.yaml\nwritten \.github/)
    expect(await readFile(file, 'utf8')).toBe(edited)
    const third = await place.run(init)
    expect(third, third.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('kept orgs/beta.yaml\n') })
  })

  it('writes what could be read where a family could not, and ends with 5', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {})
    await sandbox.fault({ method: 'GET', route: '/orgs/{org}/actions/secrets', times: 99, status: 403 })
    const ran = await place.run(['init', '--owner', 'acme', '--repository', 'acme/admin', '--import'])
    expect(ran, ran.stderr).toMatchObject({ code: 5 })
    expect(ran.stdout).toContain('written octoform.yaml\n')
    expect(await place.read('orgs/acme.yaml')).toMatch(/^# .*secrets/m)
  })

  it('takes an enterprise with one of its organizations', async () => {
    const seed = {
      enterprises: { 'acme-inc': { organizations: { acme: {} }, permissions: { allowed_actions: 'local_only' } } },
      organizations: { acme: { repositories: { admin: {} } } },
    }
    const place = await workplace(
      await watchedSandbox({ seed, product: 'ghec' }),
      {},
      { OCTOFORM_ENTERPRISE_TOKEN: 't' },
    )
    const owners = ['--owner', 'enterprises/acme-inc', '--owner', 'acme']
    const ran = await place.run(['init', ...owners, '--repository', 'acme/admin', '--import'])
    expect(ran, ran.stderr).toMatchObject({ code: 0 })
    const planned = await place.run(['plan', ...owners, '--detailed-exitcode'])
    expect(planned, planned.stderr + planned.stdout).toMatchObject({ code: 0 })
    expect(planned.stdout).toMatch(/(^|\n)No changes\.\n$/)
  })

  it('needs a credential before it writes anything', async () => {
    const place = await workplace({ url: 'http://127.0.0.1:9' }, {}, { OCTOFORM_TOKEN: '' })
    const ran = await place.run(['init', '--owner', 'acme', '--repository', 'acme/admin', '--import'])
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('No token') })
    await expect(place.read('octoform.yaml')).rejects.toThrow()
  })
})
