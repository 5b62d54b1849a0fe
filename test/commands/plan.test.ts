import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan.ts'
import { workplace } from '../support/octoform.ts'
import { SMALL_SEED, SMALL_VALUE, SMALL_YAML } from '../support/small-world.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const ENV = { NEW_VALUE: SMALL_VALUE }

async function small(
  yaml = SMALL_YAML,
): Promise<{ sandbox: WatchedSandbox; place: Awaited<ReturnType<typeof workplace>> }> {
  const sandbox = await watchedSandbox({ seed: SMALL_SEED })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }, ENV) }
}

describe('plan', () => {
  it('prints the plan on stdout, everything else on stderr, and writes nothing', async () => {
    const { sandbox, place } = await small()
    const { code, stdout, stderr } = await place.run(['plan'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {2}\+ orgs\/acme\/secrets\/NEW\b/m)
    expect(stdout).toMatch(/^ {2}~ orgs\/acme\/permissions {2}allowed_actions: all → local_only/m)
    expect(stdout).toMatch(/^ {2}- orgs\/acme\/secrets\/OLD\b/m)
    expect(stdout).toMatch(/\nPlan: 1 to add, 1 to change, 1 to delete\.\n$/)
    expect(stdout).toMatch(/Values that apply needs\n\s+env:NEW_VALUE \(orgs\/acme\/secrets\/NEW\)/)
    expect(stdout).toMatch(/\n {2}orgs\/acme: 1 member, /)
    expect(stderr).toBe(`Using OCTOFORM_TOKEN for ${sandbox.url} (GITHUB_API_URL).\n`)
    expect(sandbox.writes()).toEqual([])
  })

  it('says No changes. where there are none', async () => {
    const { place } = await small('version: 1\norganizations: { acme: { secrets: { OLD: { visibility: all } } } }\n')
    const ran = await place.run(['plan', '--detailed-exitcode'])
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
  })

  it('tells changes by --detailed-exitcode only', async () => {
    const { place } = await small()
    expect((await place.run(['plan'])).code).toBe(0)
    expect((await place.run(['plan', '--detailed-exitcode'])).code).toBe(2)
  })

  it('--format json is the plan and nothing else, the same that --out saves', async () => {
    const { place } = await small()
    const { stdout, stderr, code } = await place.run(['plan', '--format', 'json', '--out', 'plan.json'])
    expect(code).toBe(0)
    const plan = JSON.parse(stdout) as Plan
    expect(plan).toMatchObject({ format_version: '1.0', complete: true, flags: { owner: [], target: [], rotate: [] } })
    expect(plan.changes.map(({ address, action }) => [address, action])).toEqual([
      ['orgs/acme/permissions', 'update'],
      ['orgs/acme/secrets/NEW', 'create'],
      ['orgs/acme/secrets/OLD', 'delete'],
    ])
    expect(plan.values_needed).toEqual([{ source: 'env:NEW_VALUE', addresses: ['orgs/acme/secrets/NEW'] }])
    expect(plan.changes[1]).toMatchObject({ before: null, after: { value: 'env:NEW_VALUE', visibility: 'private' } })
    expect(await place.read('plan.json')).toBe(stdout)
    expect(stdout + stderr).not.toContain(SMALL_VALUE)
  })

  it('counts the requests that apply then sends', async () => {
    const { sandbox, place } = await small()
    const { requests } = await place.plan()
    const planning = sandbox.asked.length
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    expect(sandbox.asked.length - 2 * planning).toBe(requests)
  })

  it('--out cannot be written: exit 1, and no bug', async () => {
    const { place } = await small()
    const ran = await place.run(['plan', '--out', 'no/such/folder/plan.json'])
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/error: .*no\/such\/folder\/plan\.json/) })
    expect(ran.stderr).not.toContain('bug in octoform')
  })

  it('with errors saves no plan', async () => {
    const yaml = 'version: 1\norganizations: { acme: { runner_groups: { Default: absent } } }\n'
    const { place } = await small(yaml)
    const ran = await place.run(['plan', '--out', 'plan.json'])
    expect(ran).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/octoform\.yaml:2:\d+: error: Default is the default group/),
    })
    expect(ran.stderr).toContain('plan.json was not written')
    await expect(place.read('plan.json')).rejects.toThrow(/ENOENT/)
  })
})

describe('drift', () => {
  it('words the same as drift, and exits 2', async () => {
    const { sandbox, place } = await small()
    expect(await place.run(['drift'])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/\nDrift: 1 to add, 1 to change, 1 to delete\.\n$/),
    })
    const { code, stdout } = await place.run(['drift', '--format', 'json'])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ format_version: '1.0', complete: true })
    expect(sandbox.writes()).toEqual([])
  })

  it('says No drift. after an apply; a value changed outside is drift, with !', async () => {
    const { sandbox, place } = await small()
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    expect(await place.run(['drift'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/(^|\n)No drift\.\n$/) })
    const drifted = await place.run(['drift'], { env: { NEW_VALUE: 'another-value-at-its-source' } })
    expect(drifted).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/\nDrift: 0 to add, 1 to change, 0 to delete\.\n$/),
    })
    expect(drifted.stdout).toMatch(/^ {2}! orgs\/acme\/secrets\/NEW\b.*the value changed at its source/m)
    expect(sandbox.writes().filter((write) => write.includes('/secrets/NEW'))).toHaveLength(1)
  })
})

describe('show', () => {
  it('prints a saved plan as plan did, offline', async () => {
    const { sandbox, place } = await small()
    const planned = await place.run(['plan', '--out', 'plan.json'])
    const asked = sandbox.asked.length
    const offline = { env: { OCTOFORM_TOKEN: '', GITHUB_API_URL: 'nonsense' } }
    expect(await place.run(['show', 'plan.json'], offline)).toEqual({ code: 0, stdout: planned.stdout, stderr: '' })
    const json = await place.run(['show', 'plan.json', '--format', 'json'], offline)
    expect(json).toEqual({ code: 0, stdout: await place.read('plan.json'), stderr: '' })
    expect(sandbox.asked.length).toBe(asked)
  })
})

describe('exit codes of which several hold', () => {
  const BROKEN = 'GET /orgs/acme/actions/secrets'.split(' ')[1]

  it.each([
    ['changes and incomplete: 5', '', ['drift'], 5],
    [
      'changes and incomplete, of plan: 5',
      '  beta: { secrets: { X: { visibility: all, value: { env: X } } } }\n',
      ['plan', '--detailed-exitcode'],
      5,
    ],
    ['an error, changes and incomplete: 1', '  beta: { runner_groups: { Default: absent } }\n', ['drift'], 1],
  ])('%s', async (_, more, args, code) => {
    const { sandbox, place } = await small(
      `${SMALL_YAML}    repositories: { web: { permissions: { enabled: false } } }\n${more}`,
    )
    await sandbox.fault({ route: BROKEN, status: 403, body: { message: 'no' }, times: 100 })
    expect((await place.run(args)).code).toBe(code)
  })

  it('of apply: a guard and an incomplete plan 5, a guard and a stale plan 4, a missing value besides 1', async () => {
    const yaml = `${SMALL_YAML}    repositories: { web: { secrets: { K: absent } } }\n`
    const { sandbox, place } = await small(yaml)
    await place.run(['plan', '--target', 'orgs/acme/permissions', '--out', 'plan.json'])
    const guarded = ['--auto-approve', '--protect', 'orgs/acme/secrets/OLD']
    expect((await place.run(['apply', ...guarded])).code).toBe(3)
    expect((await place.run(['apply', 'plan.json', ...guarded])).code).toBe(4)
    expect((await place.run(['apply', 'plan.json', ...guarded], { env: { NEW_VALUE: '' } })).code).toBe(1)
    await sandbox.fault({ route: '/repos/acme/web/actions/secrets', status: 403, body: { message: 'no' }, times: 100 })
    expect((await place.run(['apply', 'plan.json', ...guarded])).code).toBe(5)
    expect(sandbox.writes()).toEqual([])
  })
})
