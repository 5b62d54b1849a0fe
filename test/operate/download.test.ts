import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { safeName } from '../../src/operate/safe-name.ts'
import { CLI, startCli } from '../support/cli.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const made = { created_at: '2026-11-01T00:00:00Z', expires_at: '2099-01-01T00:00:00Z' }
const ARTIFACTS = {
  large: { id: 13, size: 3_000_000, ...made },
  'a/../../etc/passwd': { id: 14, text: 'zipped', ...made },
  ['long-'.repeat(60)]: { id: 15, text: 'zipped', ...made },
  'דוח\u202e.exe': { id: 16, text: 'zipped', ...made },
}

async function shop(): Promise<{ readonly sandbox: WatchedSandbox; readonly place: Workplace }> {
  const web = { runs: { 1: { status: 'completed', logs: 'one\n', artifacts: ARTIFACTS } } }
  const sandbox = await watchedSandbox({
    seed: { product: 'ghec', organizations: { acme: { repositories: { web } } } },
    reached: 'by the network',
  })
  return { sandbox, place: await workplace(sandbox, {}) }
}

const DOWNLOAD = ['artifacts', 'download', 'acme/web']

describe('the target of a download', () => {
  it.each([
    ['a file', 'there', 'there is there already'],
    ['a folder', 'folder', 'is no name of a file'],
    ['a folder that is not there', 'no/file.zip', 'cannot be written (there is no such file)'],
    ['a name that ends as a folder', 'new/', 'is no name of a file'],
    ['standard output', '-', 'is no name of a file'],
    ['a link that leads nowhere', 'link', 'link is there already'],
    ['too long a name', 'n'.repeat(300), 'its name is too long'],
  ])('that is %s is refused, and nothing is made', async (_, out, message) => {
    const { place } = await shop()
    await place.write('there', 'kept')
    mkdirSync(join(place.folder, 'folder'))
    await symlink(join(place.folder, 'elsewhere'), join(place.folder, 'link'))
    const before = (await readdir(place.folder, { recursive: true })).sort()
    const ran = await place.run([...DOWNLOAD, '13', '--out', out])
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) })
    expect(ran.stderr).not.toContain('bug')
    expect((await readdir(place.folder, { recursive: true })).sort()).toEqual(before)
    expect(await place.read('there')).toBe('kept')
  })

  it.each([
    ['14', 'a_.._.._etc_passwd.zip'],
    ['15', `${'long-'.repeat(60).slice(0, 196)}.zip`],
    ['16', 'דוח_.exe.zip'],
  ])('without --out is a name in this folder: artifact %s', async (id, name) => {
    const { place } = await shop()
    expect((await place.run([...DOWNLOAD, id])).code).toBe(0)
    expect(await readdir(place.folder)).toEqual([name])
  })

  it.each([
    ['../../x.zip', '__.._x.zip'],
    ['.ssh', '_ssh'],
    ['..', '_'],
    ['', '_'],
    ['.zip', '_zip'],
    ['-rf.zip', '_rf.zip'],
    ['a\nb\u0000c.zip', 'a_b_c.zip'],
    ['%2e%2e%2fx', '_2e_2e_2fx'],
    ['con:x|y.zip', 'con_x_y.zip'],
  ])('of the name %j is %s', (name, safe) => expect(safeName(name)).toBe(safe))

  it('takes less than a file system does, of letters of several bytes too', () => {
    const name = safeName(`${'語'.repeat(300)}.zip`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(name).toMatch(/^語+\.zip$/)
  })
})

it('a download goes on where its connection broke off', async () => {
  const { sandbox, place } = await shop()
  const { headers } = await sandbox.call('GET', '/repos/acme/web/actions/artifacts/13/zip')
  await sandbox.fault({ route: new URL(headers.location ?? '').pathname, drop_after: 1_000_000 })
  expect(await place.run([...DOWNLOAD, '13'])).toMatchObject({ code: 0 })
  expect((await readFile(join(place.folder, 'large.zip'))).length).toBe(3_000_000)
  const links = sandbox.asked.filter(({ path }) => path.endsWith('/13/zip'))
  expect(links).toHaveLength(2)
})

it('a download that has not the hash of the artifact is not kept', async () => {
  const { sandbox, place } = await shop()
  const known = (await sandbox.call('GET', '/repos/acme/web/actions/artifacts/14')).body as object
  const route = '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}'
  await sandbox.fault({ method: 'GET', route, status: 200, body: { ...known, digest: `sha256:${'0'.repeat(64)}` } })
  const ran = await place.run([...DOWNLOAD, '14'])
  expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining("not those of GitHub's hash") })
  expect(await readdir(place.folder)).toEqual([])
})

describe('a process that downloads', () => {
  const env = ({ url }: WatchedSandbox) => ({ GITHUB_API_URL: url, OCTOFORM_TOKEN: 'token-of-an-owner' })

  it('and may write no more says so, and leaves nothing', async () => {
    const { sandbox, place } = await shop()
    const command = `ulimit -f 1000; exec "${process.execPath}" "${CLI}" ${DOWNLOAD.join(' ')} 13`
    const ran = await new Promise<{ code: number | null; stderr: string }>((done) => {
      const options = { cwd: place.folder, env: { PATH: process.env.PATH ?? '', ...env(sandbox) } }
      const child = execFile('sh', ['-c', command], options, (_, _stdout, stderr) => {
        done({ code: child.exitCode, stderr })
      })
    })
    expect(ran).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('large.zip cannot be written (it would be larger than is allowed here)'),
    })
    expect(ran.stderr).toContain('Nothing was kept.')
    expect(await readdir(place.folder)).toEqual([])
  })

  it('leaves nothing when it is interrupted', async () => {
    const { sandbox, place } = await shop()
    const { headers } = await sandbox.call('GET', '/repos/acme/web/actions/artifacts/13/zip')
    await sandbox.fault({ route: new URL(headers.location ?? '').pathname, drop_after: 1_000_000, times: 100 })
    const running = startCli([...DOWNLOAD, '13'], { cwd: place.folder, env: env(sandbox) })
    await expect.poll(() => readdir(place.folder), { timeout: 10_000 }).toHaveLength(1)
    running.kill('SIGINT')
    const { code, signal, stderr } = await running.ended
    expect({ code, signal }).toEqual({ code: 1, signal: null })
    expect(stderr).toContain('It was stopped. Nothing was kept.')
    expect(await readdir(place.folder)).toEqual([])
  })
})
