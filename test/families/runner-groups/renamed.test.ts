import { describe, expect, it } from 'vitest'
import { GROUPS, hiddenGroups } from '../../support/hidden-groups.ts'
import { workplace } from '../../support/octoform.ts'
import { watchedSandbox } from '../../support/watched-sandbox.ts'

const GPU = 'gpu: { repositories: [web] }'
const NEW = 'cuda: { renamed_from: gpu, repositories: [web] }'
const APPLY = ['apply', '--auto-approve']

describe('a group that GitHub does not show', () => {
  it('is renamed by its id, and the ledger follows', async () => {
    const { sandbox, place, want, groups, entry } = await hiddenGroups(GPU)
    await place.run(APPLY)
    const { gpu } = await groups()
    await want(NEW)
    const { stdout } = await place.run(['plan'])
    expect(stdout).toContain('cannot compare: the ledger knows it as gpu')
    expect(stdout).toContain('Plan: 0 to add, 1 to change, 0 to delete.')
    expect((await place.run([...APPLY, '--protect', 'orgs/acme/runner_groups/gpu'])).code).toBe(3)
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(await groups()).toEqual({ cuda: gpu })
    expect([await entry('gpu'), await entry('cuda')]).toEqual([undefined, expect.objectContaining({ id: gpu?.id })])
    expect(sandbox.writes()).toEqual([`POST ${GROUPS}`, `PATCH ${GROUPS}/${gpu?.id}`])
    for (const wanted of [NEW, 'cuda: { repositories: [web] }']) {
      await want(wanted)
      const again = await place.run(['plan'])
      expect(again.stdout).toContain('No changes.')
      expect(again.stdout).not.toContain('no file names it any more')
    }
  })

  it('is changed by the same request', async () => {
    const { sandbox, place, want, groups } = await hiddenGroups('gpu: { visibility: private }')
    await place.run(APPLY)
    await want('cuda: { renamed_from: gpu, visibility: all }')
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(await groups()).toMatchObject({ cuda: { visibility: 'all' } })
    expect(sandbox.asked.at(-1)?.body).toEqual({ name: 'cuda', visibility: 'all' })
    expect((await place.run(['plan'])).stdout).toContain('No changes.')
  })

  it('is held back where the ledger knows neither name, with its line and what helps', async () => {
    const { sandbox, place, want, groups } = await hiddenGroups(NEW, { gpu: { visibility: 'all' } })
    const { code, stdout } = await place.run(APPLY)
    expect(code).toBe(2)
    expect(stdout).toMatch(/octoform\.yaml:7:\d+/)
    expect(stdout).toContain('the ledger has no id of gpu, and ghae-2021 has no request that shows runner groups')
    expect(stdout).toContain('octoform ledger adopt orgs/acme/runner_groups/cuda=ID')
    expect(sandbox.writes()).toEqual([])
    const { gpu } = await groups()
    const told = ['ledger', 'adopt', `orgs/acme/runner_groups/cuda=${gpu?.id}`]
    expect(await place.run(told, { answer: 'yes' })).toMatchObject({ code: 0 })
    await want('cuda: { renamed_from: gpu, visibility: all }')
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(Object.keys(await groups())).toEqual(['cuda'])
  })

  it('is held back where the entry of its former name was altered', async () => {
    const { sandbox, place, want, entry } = await hiddenGroups(GPU)
    await place.run(APPLY)
    const ledger = await place.read('.octoform/ledger.json')
    const { id } = (await entry('gpu')) ?? {}
    await place.write('.octoform/ledger.json', ledger.replace(new RegExp(`"id": ${id}\\b`), '"id": 1'))
    await want(NEW)
    const { code, stdout } = await place.run(APPLY)
    expect([code, stdout]).toEqual([2, expect.stringContaining('its ledger entry was altered')])
    expect(sandbox.writes()).toHaveLength(1)
  })

  it.each([false, true])(
    'is renamed by the next apply after a lost connection (after the change: %s)',
    async (after) => {
      const { sandbox, place, want, groups, entry } = await hiddenGroups(GPU)
      await place.run(APPLY)
      await want(NEW)
      await sandbox.fault({ method: 'PATCH', drop: true, after, times: 3 })
      expect((await place.run(APPLY)).code).toBe(1)
      expect((await place.run(['plan'])).stdout).not.toContain('which is another one')
      expect(await place.run(APPLY)).toMatchObject({ code: 0 })
      expect(Object.keys(await groups())).toEqual(['cuda'])
      expect(await entry('gpu')).toBeUndefined()
      expect((await place.run(['plan'])).stdout).toContain('No changes.')
    },
  )

  it('stays known under its former name where GitHub refuses', async () => {
    const { sandbox, place, want, entry } = await hiddenGroups(GPU)
    await place.run(APPLY)
    const known = await entry('gpu')
    await want(NEW)
    await sandbox.fault({ method: 'PATCH', status: 403, body: { message: 'no' } })
    expect((await place.run(APPLY)).code).toBe(1)
    expect([await entry('gpu'), await entry('cuda')]).toEqual([known, undefined])
  })
})

describe('a group that GitHub shows', () => {
  const SEED = {
    organizations: {
      acme: {
        repositories: { web: {}, api: {} },
        runners: { one: {}, two: {} },
        runner_groups: {
          gpu: { id: 7, visibility: 'selected', repositories: ['web'], runners: ['one'] },
          other: { id: 8, visibility: 'all', runners: ['two'] },
        },
      },
    },
  }
  const begin = async (groups: string, product = 'ghec') => {
    const sandbox = await watchedSandbox({ seed: { ...SEED, product } })
    const yaml = `version: 1\norganizations: { acme: { runner_groups: { ${groups} } } }\n`
    return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
  }

  it.each(['ghec', 'ghes-2.22', 'ghes-3.4', 'ghae'])('is renamed in place, and keeps the rest: %s', async (product) => {
    const { sandbox, place } = await begin('cuda: { renamed_from: gpu }', product)
    expect((await place.run(['plan'])).stdout).toContain('Plan: 0 to add, 1 to change, 0 to delete.')
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    const { body } = await sandbox.call('GET', '/_sandbox/state')
    const { gpu, cuda } = (body as typeof SEED).organizations.acme.runner_groups as Record<string, object>
    expect([gpu, cuda]).toMatchObject([undefined, { id: 7, visibility: 'selected', repositories: ['web'] }])
    expect(sandbox.writes()).toEqual(['PATCH /orgs/acme/actions/runner-groups/7'])
    expect((await place.run(['plan'])).stdout).toContain('No changes.')
  })

  it('is renamed by the first request of its changes, and its own runners move nowhere', async () => {
    const { sandbox, place } = await begin(
      'cuda: { renamed_from: gpu, repositories: [web, api], runners: [one, two] }, other: { visibility: selected, repositories: [web] }',
    )
    const { stdout } = await place.run(['plan'])
    expect(stdout).toContain('runner two moves from other to cuda')
    expect(stdout).not.toMatch(/runners? one/)
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect((await place.run(['plan'])).stdout).toContain('No changes.')
    expect(sandbox.writes().filter((each) => each.startsWith('POST'))).toEqual([])
  })

  it('is created where GitHub has neither', async () => {
    const { sandbox, place } = await begin('cuda: { renamed_from: old, visibility: all }')
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes()[0]).toBe('POST /orgs/acme/actions/runner-groups')
    expect((await place.run(['plan'])).stdout).toContain('No changes.')
  })
})
