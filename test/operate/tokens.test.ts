import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const MINTS: readonly (readonly string[])[] = [
  ['runners', 'token', 'acme/web'],
  ['runners', 'remove-token', 'acme/web'],
  ['runners', 'jitconfig', 'acme/web', 'one', '--runner-group-id', '1', '--label', 'gpu'],
]
const ROUTE = '/repos/{owner}/{repo}/actions/runners/registration-token'

async function shop(): Promise<{ readonly sandbox: WatchedSandbox; readonly place: Workplace }> {
  const repositories = { web: {} }
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: { repositories } } } })
  return { sandbox, place: await workplace(sandbox, {}) }
}

/** A job of the default branch. */
async function inActions(place: Workplace): Promise<Readonly<Record<string, string>>> {
  await place.write('event.json', JSON.stringify({ repository: { default_branch: 'main', full_name: 'acme/web' } }))
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_REPOSITORY: 'acme/web',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_EVENT_PATH: join(place.folder, 'event.json'),
    GITHUB_STEP_SUMMARY: join(place.folder, 'summary.md'),
  }
}

describe.each(MINTS)('%s %s', (...words) => {
  it('prints the credential alone to stdout, and nowhere else, with --debug too', async () => {
    const { place } = await shop()
    const { code, stdout, stderr } = await place.run([...words, '--yes', '--debug'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\S{10,}\n$/)
    expect(stderr).not.toContain(stdout.trim())
  })

  it('on GitHub Actions is masked first, and stands in no other line, file or summary', async () => {
    const { sandbox, place } = await shop()
    const env = await inActions(place)
    const refused = await place.run([...words, '--yes'], { env })
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--out FILE') })
    expect(sandbox.writes()).toEqual([])
    const ran = await place.run([...words, '--yes', '--debug', '--out', 'secret'], { env })
    const secret = (await place.read('secret')).trim()
    expect(ran).toMatchObject({ code: 0, stdout: '' })
    expect(ran.stderr.split('\n').filter((line) => line.includes(secret))).toEqual([`::add-mask::${secret}`])
    const others = (await readdir(place.folder)).filter((name) => name !== 'secret')
    for (const name of others) expect(await place.read(name)).not.toContain(secret)
  })
})

describe('an answer that is no credential', () => {
  it.each([
    ['with a line end, which would begin a command of its own', 'abc\n::add-path::/tmp/evil'],
    ['with an escape sequence', 'abc\u001b[2Jdef'],
    ['that is empty', ''],
    ['that is no text', 7],
  ])('%s is neither printed nor written', async (_, token) => {
    const { sandbox, place } = await shop()
    const body = { token, expires_at: '2030-01-01T00:00:00Z' }
    await sandbox.fault({ method: 'POST', route: ROUTE, times: 9, status: 201, body })
    const env = await inActions(place)
    for (const more of [{}, env]) {
      const out = 'GITHUB_ACTIONS' in more ? ['--out', 'secret'] : []
      const ran = await place.run(['runners', 'token', 'acme/web', '--yes', ...out], { env: more })
      expect(ran.code).not.toBe(0)
      expect(ran.stdout).toBe('')
      expect(ran.stderr).not.toMatch(/add-path|add-mask|evil|abc/)
    }
    expect(await readdir(place.folder)).not.toContain('secret')
  })
})
