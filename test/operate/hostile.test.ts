import { readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const RUNS = { 1: { status: 'completed', logs: 'one\n', jobs: { build: { id: 3 } } } }

async function shop() {
  const repositories = { web: { id: 7, runs: RUNS }, api: {} }
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
  return { sandbox, place: await workplace(sandbox, {}) }
}

describe('a repository that was renamed', () => {
  it.each([
    [['runs', 'list', 'acme/web', '--json'], 5],
    [['runs', 'show', 'acme/web', '1'], 5],
    [['runs', 'logs', 'acme/web', '1'], 5],
    [['runs', 'delete', 'acme/web', '1', '--yes'], 1],
    [['runners', 'token', 'acme/web', '--yes', '--out', 'token'], 1],
  ])('is told with its new name: %j', async (words, code) => {
    const { sandbox, place } = await shop()
    await sandbox.call('PATCH', '/repos/acme/web', { name: 'shop' })
    const ran = await place.run(words)
    expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining('it is acme/shop now.') })
    expect(ran.stderr).not.toMatch(/bug|store/i)
    await expect(readFile(join(place.folder, 'token'))).rejects.toThrow('ENOENT')
  })
})

describe('--json of a glob', () => {
  it.each([[['caches', 'usage', 'acme/*', '--json']], [['workflows', 'list', 'acme/*', '--json']]])(
    'is one list: %j',
    async (words) => {
      const { place } = await shop()
      const { code, stdout } = await place.run(words)
      expect(code).toBe(0)
      expect(Array.isArray(JSON.parse(stdout))).toBe(true)
    },
  )

  it('says the scope of each, and so does its text', async () => {
    const { place } = await shop()
    const { stdout } = await place.run(['caches', 'usage', 'acme/*', '--json'])
    expect((JSON.parse(stdout) as { scope: string }[]).map(({ scope }) => scope)).toEqual([
      'repos/acme/api',
      'repos/acme/web',
    ])
    expect((await place.run(['caches', 'usage', 'acme/*'])).stdout).toContain('repos/acme/web\n')
  })
})

describe('--out', () => {
  it.each([
    ['a link', 'link', 'link is there already'],
    ['a folder that is not there', 'no/token', 'no/token cannot be made (ENOENT)'],
  ])('of a token is made before it, and refuses %s', async (_, out, message) => {
    const { sandbox, place } = await shop()
    await symlink(join(place.folder, 'elsewhere'), join(place.folder, 'link'))
    const ran = await place.run(['runners', 'token', 'acme/web', '--yes', '--out', out])
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    expect(sandbox.writes()).toEqual([])
  })

  it('on GitHub Actions hides a token on stderr, prints none on stdout, and lets no other user read it', async () => {
    const { place } = await shop()
    await place.write('event.json', JSON.stringify({ repository: { default_branch: 'main', full_name: 'acme/web' } }))
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_REPOSITORY: 'acme/web',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_EVENT_PATH: join(place.folder, 'event.json'),
    }
    const ran = await place.run(['runners', 'token', 'acme/web', '--yes', '--out', 'token'], { env })
    const token = (await place.read('token')).trim()
    expect(ran).toMatchObject({ code: 0, stdout: '' })
    expect(ran.stderr.split('\n').filter((line) => line.includes(token))).toEqual([`::add-mask::${token}`])
    expect((await stat(join(place.folder, 'token'))).mode & 0o777).toBe(0o600)
  })

  it('of a download refuses a link, and leaves alone what one beside it leads to', async () => {
    const sandbox = await watchedSandbox({
      seed: { product: 'ghec', organizations: { acme: { repositories: { web: { runs: RUNS } } } } },
      reached: 'by the network',
    })
    const place = await workplace(sandbox, { victim: 'kept' })
    await symlink(join(place.folder, 'gone'), join(place.folder, 'link'))
    const refused = await place.run(['runs', 'logs', 'acme/web', '1', '--out', 'link'])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('link is there already') })
    await symlink(join(place.folder, 'victim'), join(place.folder, 'logs.zip.part'))
    expect((await place.run(['runs', 'logs', 'acme/web', '1', '--out', 'logs.zip'])).code).toBe(0)
    expect(await place.read('victim')).toBe('kept')
    await writeFile(join(place.folder, 'open.zip.part'), '', { mode: 0o644 })
    await place.run(['runs', 'logs', 'acme/web', '1', '--out', 'open.zip'])
    expect((await stat(join(place.folder, 'open.zip'))).mode & 0o777).toBe(0o600)
  })
})
