import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actionsEnv, pullRequest, REPOSITORY } from '../support/github-actions.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const SEED = {
  organizations: {
    acme: { repositories: { web: {} }, secrets: { KEPT: { visibility: 'private', value: 'of somebody else' } } },
  },
}
const YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    secrets:
      FIRST: { visibility: all, value: { env: FIRST } }
      SECOND: { visibility: all, value: { env: SECOND } }
`

describe('a value that apply needs', () => {
  it.each([
    ['is missing', {}, /orgs\/acme\/secrets\/SECOND needs its value: env:SECOND is not set/],
    ['is an empty variable', { SECOND: '' }, /SECOND needs its value: env:SECOND is empty/],
    ['is nothing but line ends', { SECOND: '\r\n\n' }, /SECOND needs its value: env:SECOND is empty/],
    ['has 49 KB', { SECOND: 'x'.repeat(49 * 1024) }, /SECOND needs its value: env:SECOND has 50176 bytes.*49152/],
  ])('%s: exit 1 before the first write, other changes included', async (_, env, message) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { FIRST: 'planted-first', ...env })
    expect(await place.run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 })
    for (const args of [
      ['apply', '--auto-approve'],
      ['apply', 'plan.json', '--auto-approve'],
    ]) {
      const ran = await place.run(args)
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(message) })
      expect(ran.stderr).toContain('Nothing was written.')
      expect(ran.stderr).not.toContain('FIRST needs')
      expect(ran.stdout + ran.stderr).not.toMatch(/planted-first|xxxxxxxx/)
    }
    expect(sandbox.writes()).toEqual([])
  })

  it('is of a file that leaves its folder: exit 1 before a request', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = `version: 1\norganizations: { acme: { secrets: { S: { visibility: all, value: { file: ../../etc/hostname } } } } }\n`
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    for (const args of [['validate'], ['plan'], ['apply', '--auto-approve']]) {
      const { code, stdout, stderr } = await place.run(args)
      expect(code).toBe(1)
      expect(stdout + stderr).toMatch(/^octoform\.yaml:2:\d+: error: `file` leaves its folder, and must lead down/m)
      expect(stdout + stderr).not.toContain('hostname')
    }
    expect(sandbox.asked).toEqual([])
  })

  describe('is of a file that a link leads to', () => {
    const FILES = 'files: { "*.yaml": { addresses: ["**"], values: ["keys/*"] } }\n'
    it.each([
      [
        'out of its folder',
        '../outside.key',
        '',
        '`file` leaves its folder by a link, and must lead down from the folder',
      ],
      [
        'into a .git folder',
        '../.git/config',
        '',
        '`file` lies by a link in a .git folder, which may hold credentials',
      ],
      ['past `files`', '../private.key', FILES, '`file` leads by a link to private.key, which `files` does not give'],
    ])('%s: exit 1 at its place, before a request, also on a pull request', async (_, target, files, message) => {
      const sandbox = await watchedSandbox({ seed: SEED })
      const value = 'value: { file: keys/a.key }'
      const yaml = `version: 1\n${files}organization_sets: [{ match: {}, secrets: { S: { visibility: all, ${value} } } }]
organizations: { acme: { secrets: { T: { visibility: all, ${value} } } }, beta: {} }\n`
      const place = await workplace(sandbox, {
        'work/octoform.yaml': yaml,
        'work/private.key': 'planted-private',
        'work/.git/config': 'planted-git',
        'outside.key': 'planted-outside',
        'work/keys/b.key': 'planted-good',
      })
      const link = (to: string): Promise<void> => symlink(to, join(place.folder, 'work/keys/a.key'))
      await link(target.replace('outside', '../outside'))
      const pull = await actionsEnv({
        event: 'pull_request',
        payload: { ...REPOSITORY, pull_request: pullRequest('acme/admin') },
      })
      for (const args of [['validate'], ['plan'], ['drift'], ['apply', '--auto-approve']]) {
        for (const env of args[0] === 'apply' ? [{}] : [{}, pull]) {
          const { code, stdout, stderr } = await place.run(args, { cwd: 'work', env })
          const lines = `${stdout}${stderr}`.split('\n').filter((line) => /^octoform\.yaml:.* error: /.test(line))
          const told = lines.map((line) =>
            line.replace(/:\d+: error: /, ': ').slice(0, `octoform.yaml:2: ${message}`.length),
          )
          const at = files === '' ? 2 : 3
          const expected = [at, at + 1].map((line) => `octoform.yaml:${line}: ${message}`)
          expect({ args, code, told }).toEqual({ args, code: 1, told: expected })
          expect(stdout + stderr).not.toContain('planted')
        }
      }
      expect(sandbox.asked).toEqual([])
      // One that stays, or leads nowhere yet, is none.
      for (const good of ['b.key', '../not-here.key']) {
        await rm(join(place.folder, 'work/keys/a.key'))
        await link(good)
        expect(await place.run(['validate'], { cwd: 'work' })).toMatchObject({ code: 0 })
      }
    })
  })

  it('stands nowhere: a visibility that differs is held back, as needing it', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const yaml = 'version: 1\norganizations: { acme: { secrets: { KEPT: { visibility: all } } } }\n'
    const place = await workplace(sandbox, { 'octoform.yaml': yaml })
    expect(await place.run(['plan'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/only with the value/) })
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/secrets\/KEPT visibility: .* only with the value[\s\S]* 1 held back\.\n/),
    })
    expect(sandbox.writes()).toEqual([])
  })

  it('counts for all: every one that is missing is named at once', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML })
    const { code, stderr } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/FIRST needs its value[\s\S]*SECOND needs its value/)
    expect(sandbox.writes()).toEqual([])
  })

  it('is said once of each that is missing, with the addresses counted', async () => {
    const repositories = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`r${index}`, {}]))
    const sandbox = await watchedSandbox({ seed: { organizations: { acme: { repositories } } } })
    const place = await workplace(sandbox, {
      'octoform.yaml': `version: 1
organizations:
  acme:
    repository_sets:
      - match: {}
        secrets: { A: { value: { env: A } }, B: { value: { env: B } }, C: { value: { file: c.txt } } }
    secrets: { ALONE: { visibility: all, value: { env: D } } }
`,
    })
    const { code, stderr } = await place.run(['apply', '--auto-approve'], { env: { B: ' \n' } })
    expect(code).toBe(1)
    const said = (name: string): string =>
      `8 addresses (repos/acme/r0/secrets/${name}, repos/acme/r1/secrets/${name}, repos/acme/r2/secrets/${name}, … 5 more) need their value: `
    expect(stderr.split('\n').filter((line) => line.includes('value:'))).toEqual([
      'orgs/acme/secrets/ALONE needs its value: env:D is not set; set this environment variable. Nothing was written.',
      `${said('A')}env:A is not set; set this environment variable. Nothing was written.`,
      `${said('C')}file:c.txt cannot be read (there is no such file); it was looked for at ${place.folder}/c.txt. Nothing was written.`,
    ])
    expect(sandbox.writes()).toEqual([])
  })
})
