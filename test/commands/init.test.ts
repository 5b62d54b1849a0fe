import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { starterFiles } from '../../src/init/starter.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const NOWHERE = { url: 'http://127.0.0.1:9' }

describe('init', () => {
  it('writes a configuration that plans to no changes, and the three workflows', async () => {
    const sandbox = await watchedSandbox({
      seed: { organizations: { Acme: { repositories: { octoform: {} } }, beta: {} } },
    })
    const place = await workplace(sandbox, {})
    const { code, stdout } = await place.run(['init', '--owner', 'Acme', '--owner', 'beta', '--branch', 'trunk'])
    const names = [...starterFiles({ owners: ['Acme', 'beta'], repository: 'Acme/octoform', branch: 'trunk' }).keys()]
    expect({ code, written: stdout.trim().split('\n') }).toEqual({ code: 0, written: names })
    expect(sandbox.asked).toEqual([])
    expect(await place.read('.github/workflows/octoform-apply.yml')).toContain('branches: ["trunk"]')
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
    const planned = await place.run(['plan', '--detailed-exitcode'])
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/No changes\.\n$/) })
    expect(sandbox.writes()).toEqual([])
    await place.write('orgs/beta.yaml', 'organizations: { beta: { nope: {} } }\n')
    expect((await place.run(['plan'])).stderr).toContain('orgs/beta.yaml:1:26: error: unknown key `nope`')
  })

  it('keeps the ledger in the repository that git calls origin', async () => {
    const place = await workplace(NOWHERE, {})
    await mkdir(join(place.folder, '.git'))
    await place.write(
      '.git/config',
      '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:acme/admin.git\n',
    )
    expect(await place.run(['init', '--owner', 'acme'])).toMatchObject({ code: 0 })
    expect(await place.read('octoform.yaml')).toContain(
      'ledger: { repository: acme/admin, branch: octoform, path: ledger.json }',
    )
  })

  it('touches nothing that is there', async () => {
    const place = await workplace(NOWHERE, { 'octoform.yaml': 'mine' })
    expect(await place.run(['init', '--owner', 'acme'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('octoform.yaml is there already. Nothing was written.'),
    })
    expect(await place.read('octoform.yaml')).toBe('mine')
    expect(existsSync(join(place.folder, 'orgs'))).toBe(false)
  })

  it.each([
    [['--owner', '../x'], 'no name of an organization'],
    [['--owner', 'acme', '--branch', 'a b'], 'no name of a branch'],
    [['--owner', 'acme', '--repository', 'admin'], 'not of the form owner/name'],
    [[], '--owner'],
  ])('refuses %j', async (flags, message) => {
    const place = await workplace(NOWHERE, {})
    expect(await place.run(['init', ...flags])).toMatchObject({ code: 1, stderr: expect.stringContaining(message) })
    expect(existsSync(join(place.folder, 'octoform.yaml'))).toBe(false)
  })
})
