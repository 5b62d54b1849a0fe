import { describe, expect, it } from 'vitest'
import { actionsEnv, REPOSITORY } from '../../support/github-actions.ts'
import { GROUPS, hiddenGroups } from '../../support/hidden-groups.ts'

const GPU = 'orgs/acme/runner_groups/gpu'
const COMPARES = `${GPU} cannot compare: ghae-2021 has no request that shows runner groups`
const WRITTEN = `${COMPARES}; the ledger says that octoform wrote this last`

describe('a group that GitHub does not show', () => {
  it('is created as it is to be, once, and told as not compared', async () => {
    const { sandbox, place, groups, entry } = await hiddenGroups('gpu: { repositories: [web] }')
    const before = await place.run(['plan'])
    expect(before.stdout).toContain('cannot compare: the ledger does not say that octoform created it')
    expect(before.stdout).toContain('access for 1 repository: web')
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Applied: 1 added, 0 changed, 0 deleted.'),
    })
    const [{ body } = { body: undefined }] = sandbox.asked.filter(({ method }) => method === 'POST')
    expect(body).toEqual({ name: 'gpu', visibility: 'selected', selected_repository_ids: [expect.any(Number)] })
    const { gpu } = await groups()
    expect(await entry('gpu')).toMatchObject({
      source: expect.stringMatching(/^document sha256:[0-9a-f]{64} made with sha256:[0-9a-f]{64}$/),
      id: gpu?.id,
      written_at: expect.any(String),
      signature: expect.any(String),
    })
    for (const [command, last] of [
      ['plan', 'No changes.'],
      ['drift', 'No drift.'],
    ] as const) {
      const again = await place.run([command])
      expect(again.code).toBe(0)
      expect(again.stdout).toContain(WRITTEN)
      expect(again.stdout).toContain(last)
    }
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([`POST ${GROUPS}`])
  })

  it('is changed by its id, with who may use it then, and deleted by it', async () => {
    const { sandbox, place, want, groups, entry } = await hiddenGroups('gpu: { visibility: selected }')
    await place.run(['apply', '--auto-approve'])
    const { gpu } = await groups()
    await want('gpu: { visibility: all }')
    const { stdout } = await place.run(['plan'])
    expect(stdout).toContain('visibility: (not shown) → all (wider)')
    expect(stdout).toContain('access for 2 repositories: api, web')
    expect((await place.run(['apply', '--auto-approve'])).stdout).toContain('Applied: 0 added, 1 changed, 0 deleted.')
    expect((await groups()).gpu).toMatchObject({ id: gpu?.id, visibility: 'all' })
    await want('gpu: absent')
    const deleting = await place.run(['plan'])
    expect(deleting.stdout).toContain('Plan: 0 to add, 0 to change, 1 to delete.')
    expect(deleting.stdout).toContain('its runners fall to the default group')
    expect((await place.run(['apply', '--auto-approve', '--protect', GPU])).code).toBe(3)
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    expect(await groups()).toEqual({})
    expect(await entry('gpu')).toBeUndefined()
    expect(sandbox.writes()).toEqual([`POST ${GROUPS}`, `PATCH ${GROUPS}/${gpu?.id}`, `DELETE ${GROUPS}/${gpu?.id}`])
  })

  it('keeps the repositories that it was created with, and says why', async () => {
    const { sandbox, place, want } = await hiddenGroups('gpu: { repositories: [web] }')
    await place.run(['apply', '--auto-approve'])
    await want('gpu: { repositories: [api] }')
    const held = await place.run(['apply', '--auto-approve'])
    expect(held.code).toBe(2)
    expect(held.stdout).toContain('GitHub takes repositories only when it creates gpu')
    expect((await place.run(['plan'])).stdout).toContain('Plan: 0 to add, 0 to change, 0 to delete. 1 held back.')
    expect(sandbox.writes()).toHaveLength(1)
  })

  it('has the same repositories after one was renamed', async () => {
    const { sandbox, place, want } = await hiddenGroups('gpu: { repositories: [api, web] }')
    await place.run(['apply', '--auto-approve'])
    expect((await sandbox.call('PATCH', '/repos/acme/web', { name: 'zoo' })).status).toBe(200)
    const renamed = await place.run(['plan'])
    expect(renamed.stdout).toContain('acme/web is called acme/zoo now: write zoo')
    expect(renamed.stdout).toContain('Plan: 0 to add, 0 to change, 0 to delete.')
    await want('gpu: { repositories: [zoo, api] }')
    expect((await place.run(['plan'])).stdout).toContain('No changes.')
    expect(sandbox.writes()).toHaveLength(1)
  })

  it('that is absent and not in the ledger is left, with a warning at its line', async () => {
    const { sandbox, place } = await hiddenGroups('old: absent', { old: { visibility: 'all' } })
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(0)
    expect(stdout).toContain('octoform.yaml:7:7: warning: orgs/acme/runner_groups/old cannot compare')
    expect(stdout).toContain('octoform ledger adopt orgs/acme/runner_groups/old=ID')
    expect(sandbox.writes()).toEqual([])
  })

  it('is not reached by prune, and named where no file names it any more', async () => {
    const { sandbox, place } = await hiddenGroups('gpu: { visibility: all }')
    await place.run(['apply', '--auto-approve'])
    const yaml = await place.read('octoform.yaml')
    await place.write(
      'octoform.yaml',
      yaml.replace(/ {4}runner_groups:[\s\S]*/, '    runner_groups: {}\n    prune: ["runner_groups/*"]\n'),
    )
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/octoform\.yaml:\d+:\d+: warning: prune does nothing in orgs\/acme\/runner_groups/)
    expect(stdout).toContain(`${GPU} was written by octoform, and no file names it any more`)
    expect(sandbox.writes()).toHaveLength(1)
  })

  it('is no part of an import, which says so', async () => {
    const { place } = await hiddenGroups('gpu: absent', { gpu: { visibility: 'all' } })
    const { code, stdout, stderr } = await place.run(['import', 'orgs/acme', '--product', 'ghae-2021'])
    expect(code).toBe(0)
    expect(stdout).toContain(
      '# orgs/acme/runner_groups: left out, as ghae-2021 has no request that shows runner groups',
    )
    expect(stderr).toContain('warning: orgs/acme/runner_groups: left out')
  })

  it.each([
    'runners: [gpu-01]',
    'allows_public_repositories: false',
    'restricted_to_workflows: true',
    'inherited: true',
  ])('has no %s on this product: an error with its line, and no request', async (field) => {
    const { sandbox, place } = await hiddenGroups(`gpu: { visibility: all, ${field} }`)
    const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(1)
    expect(stdout + stderr).toMatch(/octoform\.yaml:7:\d+: error: .*ghae-2021 does not have it/)
    expect(sandbox.writes()).toEqual([])
  })

  it('needs a ledger that is kept', async () => {
    const { sandbox, place } = await hiddenGroups('gpu: { visibility: all }')
    const env = await actionsEnv({ event: 'push', payload: REPOSITORY })
    for (const command of ['validate', 'plan', 'drift']) {
      const { code, stdout, stderr } = await place.run([command], { env })
      expect(code, command).toBe(1)
      expect(stdout + stderr).toMatch(/octoform\.yaml:\d+:\d+: error: runner_groups needs a ledger that is kept/)
    }
    expect(sandbox.writes()).toEqual([])
  })
})

describe('that something came between', () => {
  const create = 'gpu: { repositories: [web] }'

  it('before the create: it is created by the next apply', async () => {
    const { sandbox, place, groups } = await hiddenGroups(create)
    await sandbox.fault({ method: 'POST', drop: true })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(1)
    expect((await place.run(['plan'])).stdout).toContain('cannot compare: an earlier write was interrupted')
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    expect(Object.keys(await groups())).toEqual(['gpu'])
    expect((await place.run(['plan'])).stdout).toContain('No changes.')
  })

  it('after the create: no second one is made, and its id can be told', async () => {
    const { sandbox, place, groups, entry } = await hiddenGroups(create)
    await sandbox.fault({ method: 'POST', drop: true, after: true })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(1)
    expect(await entry('gpu')).not.toHaveProperty('id')
    const again = await place.run(['apply', '--auto-approve'])
    expect(again.code).toBe(1)
    expect(again.stdout + again.stderr).toContain(`octoform ledger adopt ${GPU}=ID`)
    const { gpu, ...others } = await groups()
    expect(others).toEqual({})
    const adopted = await place.run(['ledger', 'adopt', `${GPU}=${gpu?.id}`], { answer: 'yes' })
    expect(adopted).toMatchObject({ code: 0, stdout: `${GPU} (id ${gpu?.id})\nRecorded: 1 of 1.\n` })
    expect((await place.run(['plan'])).stdout).toContain('Plan: 0 to add, 1 to change, 0 to delete.')
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    expect((await place.run(['plan'])).stdout).toContain('No changes.')
    expect(sandbox.writes().slice(-1)).toEqual([`PATCH ${GROUPS}/${gpu?.id}`])
  })

  it('before or after the change: it is made again', async () => {
    const { sandbox, place, want, groups } = await hiddenGroups('gpu: { visibility: private }')
    await place.run(['apply', '--auto-approve'])
    for (const [visibility, after] of [
      ['all', false],
      ['selected', true],
    ] as const) {
      await want(`gpu: { visibility: ${visibility} }`)
      await sandbox.fault({ method: 'PATCH', drop: true, after, times: 3 })
      expect((await place.run(['apply', '--auto-approve'])).code).toBe(1)
      const plan = await place.run(['plan'])
      expect(plan.stdout).toContain('cannot compare: the ledger does not say that a write of it has ended')
      expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
      expect((await groups()).gpu).toMatchObject({ visibility })
      expect((await place.run(['plan'])).stdout).toContain('No changes.')
    }
  })

  it.each([false, true])('around the delete (after it: %s): the next apply ends it', async (after) => {
    const { sandbox, place, want, groups, entry } = await hiddenGroups('gpu: { visibility: private }')
    await place.run(['apply', '--auto-approve'])
    await want('gpu: absent')
    await sandbox.fault({ method: 'DELETE', drop: true, after, times: 3 })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(1)
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    expect(await groups()).toEqual({})
    expect(await entry('gpu')).toBeUndefined()
  })

  it('a refusal leaves what the ledger knew', async () => {
    const { sandbox, place, want, entry } = await hiddenGroups('gpu: { visibility: private }')
    await sandbox.fault({ method: 'POST', status: 403, body: { message: 'no' } })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(1)
    expect(await entry('gpu')).toBeUndefined()
    await place.run(['apply', '--auto-approve'])
    const known = await entry('gpu')
    await want('gpu: { visibility: all }')
    await sandbox.fault({ method: 'PATCH', status: 403, body: { message: 'no' } })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(1)
    expect(await entry('gpu')).toEqual(known)
    await want('gpu: absent')
    await sandbox.fault({ method: 'DELETE', status: 403, body: { message: 'no' } })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(1)
    expect(await entry('gpu')).toEqual(known)
  })
})

describe('what GitHub answers', () => {
  it('that the name is taken: nothing is created, and it says how to go on', async () => {
    const { place, groups } = await hiddenGroups('gpu: { visibility: private }', { gpu: { visibility: 'all' } })
    const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('already exists')
    expect(stdout + stderr).toContain(`tell its id, which the address of its page has: octoform ledger adopt ${GPU}=ID`)
    expect((await groups()).gpu).toMatchObject({ visibility: 'all' })
  })

  it.each([
    ['gpu: { visibility: all }', 'PATCH', 'the next apply creates it anew'],
    ['gpu: absent', 'DELETE', 'take absent out as well'],
  ])('that nothing has the id, to %s: it says so and creates nothing', async (yaml, method, next) => {
    const { sandbox, place, want, groups, entry } = await hiddenGroups('gpu: { visibility: private }')
    await place.run(['apply', '--auto-approve'])
    const known = await entry('gpu')
    await sandbox.call('DELETE', `${GROUPS}/${known?.id}`)
    await want(yaml)
    const { code, stdout, stderr } = await place.run(['apply', '--auto-approve'])
    expect(code).toBe(1)
    expect(stdout + stderr).toContain(`GitHub shows nothing by the id ${known?.id}, which the ledger has of it`)
    expect(stdout + stderr).toContain(next)
    expect(sandbox.writes()).toEqual([`POST ${GROUPS}`, `${method} ${GROUPS}/${known?.id}`])
    expect(await entry('gpu')).toEqual(known)
    const forgotten = await place.run(['ledger', 'forget', GPU], { answer: 'yes' })
    expect(forgotten).toMatchObject({ code: 0, stdout: 'Forgotten: 1.\n' })
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    expect(Object.keys(await groups())).toEqual(method === 'PATCH' ? ['gpu'] : [])
  })
})

describe('an entry of the ledger', () => {
  it('that was altered is named, and nothing is done by its id', async () => {
    const seeded = { payroll: { visibility: 'selected' } }
    const { sandbox, place, want, groups, entry } = await hiddenGroups('gpu: { visibility: private }', seeded)
    await place.run(['apply', '--auto-approve'])
    const { payroll } = await groups()
    const ledger = await place.read('.octoform/ledger.json')
    await place.write(
      '.octoform/ledger.json',
      ledger.replace(`"id": ${(await entry('gpu'))?.id}`, `"id": ${payroll?.id}`),
    )
    for (const wanted of ['gpu: { visibility: all }', 'gpu: absent']) {
      await want(wanted)
      const { code, stdout } = await place.run(['apply', '--auto-approve'])
      expect(code).toBe(2)
      expect(stdout).toContain('its ledger entry was altered, and the id in it may be that of another one')
      expect(stdout).toContain('1 entry altered: the id in it is not relied on')
      expect(stdout).not.toContain('re-sent')
    }
    expect((await groups()).payroll).toMatchObject({ visibility: 'selected' })
    expect((await place.run(['drift'])).code).toBe(2)
    expect(sandbox.writes()).toHaveLength(1)
  })

  it('without a signature is signed after a question, and then relied on', async () => {
    const { place, want, groups, entry } = await hiddenGroups('gpu: { visibility: private }')
    await place.run(['apply', '--auto-approve'])
    const { signature, key_id } = (await entry('gpu')) ?? {}
    const ledger = await place.read('.octoform/ledger.json')
    const stripped = ledger.replace(`,\n      "key_id": "${key_id}",\n      "signature": "${signature}"`, '')
    await place.write('.octoform/ledger.json', stripped)
    const { stdout } = await place.run(['plan'])
    expect(stdout).toContain(`If nobody else wrote it, sign it: octoform ledger adopt ${GPU}.`)
    const refused = await place.run(['ledger', 'adopt', 'orgs/acme/runner_groups/*'], { answer: 'no' })
    expect(refused.code).toBe(1)
    const signed = await place.run(['ledger', 'adopt', 'orgs/acme/runner_groups/*'], { answer: 'yes' })
    expect(signed).toMatchObject({ code: 0, stdout: `${GPU}\nRecorded: 1 of 1.\n` })
    await want('gpu: { visibility: all }')
    expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
    expect((await groups()).gpu).toMatchObject({ visibility: 'all' })
  })
})

it('a ledger in a repository has the id before anything else can fail', async () => {
  const ledger = 'ledger: { repository: acme/web, branch: octoform, path: ledger.json }'
  const { sandbox, place, groups } = await hiddenGroups('gpu: { repositories: [web] }', {}, {}, ledger)
  const ofGroups = () => sandbox.writes().filter((write) => write.includes(GROUPS))
  await sandbox.fault({ method: 'POST', route: '/orgs/{org}/actions/runner-groups', drop: true, after: true })
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(1)
  expect((await place.run(['plan'])).stdout).toContain('an earlier write was interrupted')
  const { gpu } = await groups()
  expect((await place.run(['ledger', 'adopt', `${GPU}=${gpu?.id}`, '--auto-approve'])).code).toBe(0)
  expect((await place.run(['apply', '--auto-approve'])).code).toBe(0)
  expect((await place.run(['plan'])).stdout).toContain('No changes.')
  expect((await place.run(['ledger', 'forget', 'orgs/acme/runner_groups/*', '--auto-approve'])).code).toBe(0)
  expect((await place.run(['plan'])).stdout).toContain('the ledger does not say that octoform created it')
  expect(ofGroups()).toEqual([`POST ${GROUPS}`, `PATCH ${GROUPS}/${gpu?.id}`])
})

it('a reviewed plan is applied once, and the rest of it after an interruption', async () => {
  const both = 'gpu: { visibility: private }\n      arm: { visibility: all }'
  const { sandbox, place, want, groups } = await hiddenGroups(both)
  await place.run(['plan', '--out', 'plan.json'])
  await sandbox.fault({ method: 'POST', status: 403, body: { message: 'no' } })
  expect((await place.run(['apply', 'plan.json', '--auto-approve'])).code).toBe(1)
  expect((await place.run(['apply', 'plan.json', '--auto-approve'])).code).toBe(0)
  expect(Object.keys(await groups()).sort()).toEqual(['arm', 'gpu'])
  expect((await place.run(['apply', 'plan.json', '--auto-approve'])).code).toBe(0)
  await want('gpu: { visibility: all }\n      arm: { visibility: all }')
  expect((await place.run(['apply', 'plan.json', '--auto-approve'])).code).toBe(4)
  expect(sandbox.writes()).toHaveLength(3)
})
