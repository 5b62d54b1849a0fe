import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  product: 'ghec',
  organizations: {
    acme: {
      repositories: { web: {}, api: {}, 'pay-1': {}, 'pay-2': {} },
      runners: {
        'gpu-01': { os: 'linux', status: 'online', busy: true, labels: ['gpu'] },
        'gpu-02': { os: 'linux', status: 'offline', busy: false, labels: ['gpu', 'old'] },
      },
    },
  },
}

const YAML = `
version: 1
guards: { protect: ["orgs/acme/runners/gpu-02"] }
organizations:
  acme:
    runners:
      gpu-01: { labels: [gpu] }
`

async function shop(files: Readonly<Record<string, string>> = {}, product = 'ghec') {
  const sandbox = await watchedSandbox({ seed: { ...SEED, product } })
  const place = await workplace(sandbox, files)
  return { sandbox, place }
}

describe('runners', () => {
  it('are listed as a table, and with --json as GitHub has them', async () => {
    const { place } = await shop()
    const table = await place.run(['runners', 'list', 'orgs/acme'])
    expect(table.code).toBe(0)
    expect(table.stdout.split('\n')[0]).toMatch(/^ *ID {2}NAME +STATUS +BUSY +OS +LABELS$/)
    expect(table.stdout).toMatch(/gpu-01 +online +yes +linux +.*gpu/)
    const json = await place.run(['runners', 'list', 'orgs/acme', '--json'])
    const runners = JSON.parse(json.stdout) as { name: string; labels: { name: string; type: string }[] }[]
    expect(runners.map(({ name }) => name)).toEqual(['gpu-01', 'gpu-02'])
    expect(runners[0]?.labels.at(-1)).toMatchObject({ name: 'gpu', type: 'custom' })
  })

  it('are listed by a name, where the product knows that filter', async () => {
    const { place } = await shop()
    const named = await place.run(['runners', 'list', 'orgs/acme', '--name', 'gpu-02', '--json'])
    expect((JSON.parse(named.stdout) as { name: string }[]).map(({ name }) => name)).toEqual(['gpu-02'])
    const older = await shop({}, 'ghes-3.10')
    const refused = await older.place.run(['runners', 'list', 'orgs/acme', '--name', 'gpu-02'])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('ghes-3.10 does not know --name here') })
  })

  it('are shown and removed by name or id', async () => {
    const { place, sandbox } = await shop()
    const shown = await place.run(['runners', 'show', 'orgs/acme', 'gpu-02'])
    expect(shown.stdout).toMatch(/name +gpu-02\n/)
    const refused = await place.run(['runners', 'remove', 'orgs/acme', 'gpu-02'], { answer: 'no' })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was sent.') })
    const removed = await place.run(['runners', 'remove', 'orgs/acme', 'gpu-02'], { answer: 'yes' })
    expect(removed).toMatchObject({ code: 0, stderr: expect.stringContaining('Removed runner gpu-02 of orgs/acme.') })
    expect(sandbox.writes()).toEqual(['DELETE /orgs/acme/actions/runners/2'])
  })

  it('that are busy, or not there, are told, and the others removed', async () => {
    const { place } = await shop()
    const removed = await place.run(['runners', 'remove', 'orgs/acme', 'gpu-01', 'gpu-02', '--yes', '--json'])
    expect(removed.code).toBe(1)
    expect(JSON.parse(removed.stdout)).toMatchObject([
      { scope: 'orgs/acme', subject: 'gpu-01', status: 422, message: expect.any(String) },
      { scope: 'orgs/acme', subject: 'gpu-02', status: 204 },
    ])
    const unknown = await place.run(['runners', 'remove', 'orgs/acme', 'gpu-09', '--yes'])
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no gpu-09 here') })
  })

  it('are removed without a terminal only with --yes, and not more than --max', async () => {
    const { place, sandbox } = await shop()
    const asked = await place.run(['runners', 'remove', 'orgs/acme', '2'])
    expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') })
    const many = await place.run(['runners', 'remove', 'orgs/acme', '1', '2', '--yes', '--max', '1'])
    expect(many).toMatchObject({ code: 1, stderr: expect.stringContaining('--max 2') })
    expect(sandbox.asked.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('that a configuration manages or protects are named with their line', async () => {
    const { place, sandbox } = await shop({ 'octoform.yaml': YAML })
    const managed = await place.run(['runners', 'remove', 'orgs/acme', '1', '--yes'])
    expect(managed.stderr).toContain('orgs/acme/runners/gpu-01 is managed at octoform.yaml:7:7')
    const kept = await place.run(['runners', 'remove', 'orgs/acme', '2', '--yes'])
    expect(kept).toMatchObject({ code: 3, stderr: expect.stringContaining('orgs/acme/runners/gpu-02 is protected') })
    const allowed = await place.run(['runners', 'remove', 'orgs/acme', '2', '--yes', '--allow', 'protected'])
    expect(allowed.code).toBe(0)
    expect(sandbox.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(2)
  })

  it('are nothing for an event that carries a pull request', async () => {
    const { place, sandbox } = await shop()
    await place.write(
      'event.json',
      JSON.stringify({ pull_request: { number: 1, head: { repo: { full_name: 'acme/web' } } } }),
    )
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REPOSITORY: 'acme/web',
      GITHUB_REF: 'refs/pull/1/merge',
      GITHUB_EVENT_PATH: join(place.folder, 'event.json'),
    }
    const ran = await place.run(['runners', 'list', 'orgs/acme'], { env })
    expect(ran).toMatchObject({ code: 3, stdout: '' })
    expect(sandbox.asked).toEqual([])
  })

  it('need a scope that has them', async () => {
    const { place, sandbox } = await shop()
    const none = await place.run(['runners', 'list', 'orgs/acme/web'])
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('orgs/acme/web is no scope') })
    expect(sandbox.asked).toEqual([])
  })
})

describe('repositories by a glob', () => {
  it('are all asked, and each thing says its own', async () => {
    const { place } = await shop()
    const listed = await place.run(['runners', 'list', 'acme/pay-*', '--json'])
    expect(listed).toMatchObject({ code: 0, stdout: '[]\n' })
    const none = await place.run(['runners', 'list', 'acme/pya-*'])
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('matches no repository') })
  })
})
