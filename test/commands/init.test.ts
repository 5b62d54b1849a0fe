import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
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
    const names = [
      'octoform.yaml',
      'orgs/acme.yaml',
      'orgs/beta.yaml',
      '.octoform/schema.json',
      ...['plan', 'apply', 'drift'].map((name) => `.github/workflows/octoform-${name}.yml`),
    ]
    expect({ code, stdout }).toEqual({ code: 0, stdout: names.map((name) => `written ${name}\n`).join('') })
    expect(sandbox.asked).toEqual([])
    expect(await place.read('.github/workflows/octoform-apply.yml')).toContain('branches: ["trunk"]')
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
    const planned = await place.run(['plan', '--detailed-exitcode'])
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/No changes\.\n$/) })
    expect(sandbox.writes()).toEqual([])
    await place.write('orgs/beta.yaml', 'organizations: { beta: { nope: {} } }\n')
    expect((await place.run(['plan'])).stderr).toContain('orgs/beta.yaml:1:26: error: unknown key `nope`')
  })

  const LEDGER = 'ledger: { repository: acme/admin, branch: octoform, path: ledger.json }'
  const ORIGIN = '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:acme/admin.git\n'

  it.each<[string, Record<string, string>, string]>([
    ['calls origin', { '.git/config': ORIGIN }, '.'],
    ['knows alone', { '.git/config': '[remote "up"]\n\turl = https://github.example.com/acme/admin\n' }, '.'],
    ['calls origin, from a folder of the checkout', { '.git/config': ORIGIN, 'deep/er/x': '' }, 'deep/er'],
    [
      'calls origin, from a worktree',
      {
        'main/.git/config': ORIGIN,
        'main/.git/worktrees/w/commondir': '../..\n',
        'w/.git': 'gitdir: ../main/.git/worktrees/w\n',
      },
      'w',
    ],
  ])('keeps the ledger in the repository that git %s', async (_, files, folder) => {
    const place = await workplace(NOWHERE, files)
    expect(await place.run(['init', '--owner', 'acme'], { cwd: folder })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('What is left to do in acme/admin:'),
    })
    expect(await place.read(join(folder, 'octoform.yaml'))).toContain(`\n${LEDGER}\n`)
  })

  it.each<[string, Record<string, string>]>([
    ['outside a checkout', {}],
    ['in one without a remote', { '.git/config': '[core]\n\tbare = false\n' }],
    [
      'in one of several remotes, none of them origin',
      { '.git/config': '[remote "a"]\n\turl = x:a/b\n[remote "b"]\n\turl = x:c/d\n' },
    ],
  ])('makes no repository up, %s: it says so, and the ledger waits', async (_, files) => {
    const place = await workplace(NOWHERE, files)
    const { code, stderr } = await place.run(['init', '--owner', 'acme'])
    expect(code).toBe(0)
    expect(stderr).toContain(
      'This repository is not known, because it has no git remote, so the ledger is left out: write its line in octoform.yaml.\n' +
        'What is left to do in the repository that this will lie in:\n',
    )
    expect(await place.read('octoform.yaml')).toContain('\n# ledger: { repository: OWNER/NAME, branch: octoform')
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
  })

  it('asks for it at a terminal', async () => {
    const place = await workplace(NOWHERE, {})
    await place.run(['init', '--owner', 'acme'], { answer: 'acme/admin' })
    expect(await place.read('octoform.yaml')).toContain(`\n${LEDGER}\n`)
    const other = await workplace(NOWHERE, {})
    await other.run(['init', '--owner', 'acme'], { answer: '' })
    expect(await other.read('octoform.yaml')).toContain('\n# ledger: ')
  })

  it('writes what is missing, and leaves what is there, and says what that lacks', async () => {
    const mine = 'version: 1\n# mine\n'
    const place = await workplace(NOWHERE, { 'octoform.yaml': mine })
    const init = ['init', '--owner', 'acme', '--repository', 'acme/admin']
    const first = await place.run(init)
    expect(first.code).toBe(0)
    expect(first.stdout.split('\n').slice(0, 3)).toEqual([
      'kept octoform.yaml',
      'written orgs/acme.yaml',
      'written .octoform/schema.json',
    ])
    expect(first.stderr).toContain(
      `octoform.yaml was there already. The workflows go by it, and it lacks:\n  ${LEDGER}\n  include: [orgs]\n`,
    )
    expect(await place.read('octoform.yaml')).toBe(mine)
    await place.write('.octoform/schema.json', '{}')
    const again = await place.run([...init, '--owner', 'beta'])
    expect(again.stdout).toMatch(
      /^kept octoform\.yaml\nkept orgs\/acme\.yaml\nwritten orgs\/beta\.yaml\nwritten \.octoform\/schema\.json\nkept /,
    )
    await place.write('octoform.yaml', `${mine}include: [orgs]\n${LEDGER}\n`)
    expect((await place.run(init)).stderr).not.toContain('it lacks')
  })

  it.each([
    [['--owner', '../x'], 'cannot be the name of an organization'],
    [['--owner', 'acme', '--branch', 'a b'], 'cannot be the name of a branch'],
    [['--owner', 'acme', '--repository', 'admin'], 'not of the form owner/name'],
    [[], '--owner'],
  ])('refuses %j', async (flags, message) => {
    const place = await workplace(NOWHERE, {})
    expect(await place.run(['init', ...flags])).toMatchObject({ code: 1, stderr: expect.stringContaining(message) })
    expect(existsSync(join(place.folder, 'octoform.yaml'))).toBe(false)
  })
})

describe('init of an enterprise', () => {
  const files = [
    'enterprises/acme-inc.yaml',
    '.github/workflows/octoform-apply.yml',
    '.github/workflows/octoform-drift.yml',
  ]

  it('writes its file and the jobs for it, which plan to no changes', async () => {
    const seed = { enterprises: { 'acme-inc': { organizations: { acme: {} } } }, organizations: { acme: {} } }
    const sandbox = await watchedSandbox({ seed, product: 'ghec' })
    const place = await workplace(sandbox, {}, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
    const ran = await place.run(['init', '--owner', 'enterprises/acme-inc', '--owner', 'acme'])
    expect(ran).toMatchObject({ code: 0 })
    for (const file of files) expect(ran.stdout).toContain(`written ${file}\n`)
    expect(ran.stderr).toContain('the secret OCTOFORM_ENTERPRISE_TOKEN')
    expect(await place.read('octoform.yaml')).toContain('\ninclude: [orgs, enterprises]\n')
    expect(await place.read(files[0] ?? '')).toContain('organizations: { acme: {} }')
    for (const file of files.slice(1)) expect(await place.read(file)).toContain('owner: enterprises/acme-inc\n')
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
    for (const owner of [[], ['--owner', 'enterprises/acme-inc']]) {
      const { stdout } = await place.run(['plan', ...owner])
      expect(stdout).toMatch(/(^|\n)No changes\.\n$/)
    }
  })

  it('adds the jobs where the configuration has one, and says which workflows lack them', async () => {
    const yaml = 'version: 1\ninclude: [orgs]\nenterprises: { acme-inc: { organizations: { acme: {} } } }\n'
    const place = await workplace(NOWHERE, { 'octoform.yaml': yaml, 'orgs/acme.yaml': 'organizations: { acme: {} }\n' })
    expect(await place.run(['init', '--owner', 'acme'])).toMatchObject({ code: 0 })
    for (const file of files.slice(1)) expect(await place.read(file)).toContain('owner: enterprises/acme-inc\n')
    const other = await workplace(NOWHERE, {})
    await other.run(['init', '--owner', 'acme'])
    for (const file of files.slice(1)) expect(await other.read(file)).not.toContain('enterprise')
    const again = await other.run(['init', '--owner', 'acme', '--owner', 'enterprises/acme-inc'])
    expect(again.stderr).toContain(
      '.github/workflows/octoform-apply.yml and .github/workflows/octoform-drift.yml were there already, without a job for the enterprise',
    )
    expect(again.stderr).toContain('it lacks:\n')
    expect(again.stderr).toContain('include: [orgs, enterprises]')
  })

  it('alone has its jobs alone', async () => {
    const place = await workplace(NOWHERE, {})
    expect(await place.run(['init', '--owner', 'enterprises/acme-inc'])).toMatchObject({ code: 0 })
    expect(await place.read('.github/workflows/octoform-apply.yml')).not.toMatch(/^ {2}(plan|apply):$/m)
    expect(await place.run(['validate'])).toMatchObject({ code: 0 })
  })

  it.each(['enterprises/', 'enterprises/a b', 'enterprises/a/b', 'acme/inc'])('refuses %j', async (name) => {
    const place = await workplace(NOWHERE, {})
    expect(await place.run(['init', '--owner', name])).toMatchObject({ code: 1 })
  })
})
