import { describe, expect, it } from 'vitest'
import { workplace } from '../../support/octoform.ts'
import { watchedSandbox } from '../../support/watched-sandbox.ts'

const APPLY = ['apply', '--auto-approve']
const GROUPS = '/orgs/acme/actions/runner-groups'

/** GitHub AE of 2022 shows groups, and takes their lists with the create alone. */
async function begin(groups: string, seeded: object = {}) {
  const acme = { repositories: { web: {}, api: {} }, runners: { one: {}, two: {} }, runner_groups: seeded }
  const sandbox = await watchedSandbox({ seed: { product: 'ghae', organizations: { acme } } })
  const yamlOf = (of: string): string => `version: 1\norganizations:\n  acme:\n    runner_groups:\n      ${of}\n`
  const place = await workplace(sandbox, { 'octoform.yaml': yamlOf(groups) })
  const groupsNow = async (): Promise<Readonly<Record<string, { readonly id: number }>>> => {
    const { body } = await sandbox.call('GET', '/_sandbox/state')
    return (body as { organizations: { acme: { runner_groups: Record<string, { id: number }> } } }).organizations.acme
      .runner_groups
  }
  return { sandbox, place, groupsNow, want: (of: string) => place.write('octoform.yaml', yamlOf(of)) }
}

const MADE = 'gpu: { repositories: [web], runners: [one], allows_public_repositories: true }'

describe('lists of a group that GitHub takes with the create alone', () => {
  it('are sent with it, and are no change then, which says that they are not compared', async () => {
    const { sandbox, place, groupsNow } = await begin(MADE)
    expect((await place.run(['plan'])).stdout).toContain('access for 1 repository: web')
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect((await groupsNow()).gpu).toMatchObject({ visibility: 'selected', repositories: ['web'], runners: ['one'] })
    const writes = sandbox.writes()
    expect(writes[0]).toBe(`POST ${GROUPS}`)
    for (const command of ['plan', 'drift']) {
      const { code, stdout } = await place.run([command])
      expect(code).toBe(0)
      expect(stdout).toContain('cannot compare repositories and runners: ghae does not show them')
      expect(stdout).toMatch(/No (changes|drift)\.\n$/)
    }
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual(writes)
  })

  it('are held back once they differ, with their line and what helps, while the rest is written', async () => {
    const { sandbox, place, want, groupsNow } = await begin(MADE)
    await place.run(APPLY)
    await want('gpu: { repositories: [web, api], runners: [one], allows_public_repositories: false }')
    const { code, stdout } = await place.run(APPLY)
    expect(code).toBe(2)
    expect(stdout).toMatch(
      /octoform\.yaml:5:\d+: orgs\/acme\/runner_groups\/gpu repositories: ghae takes repositories only/,
    )
    expect(stdout).toContain('delete gpu (absent, and apply), and create it again')
    expect((await groupsNow()).gpu).toMatchObject({ repositories: ['web'], allows_public_repositories: false })
    expect(sandbox.writes().at(-1)).toMatch(/^PATCH /)
    await want('gpu: absent')
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    await want('gpu: { repositories: [web, api], runners: [one] }')
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect((await groupsNow()).gpu).toMatchObject({ repositories: ['web', 'api'], runners: ['one'] })
    expect((await place.run(['plan'])).stdout).toMatch(/No changes\.\n$/)
  })

  it('are held back of a group that octoform did not create, and of another one that has its name by now', async () => {
    const { sandbox, place, groupsNow } = await begin(MADE, { gpu: { visibility: 'selected', repositories: ['api'] } })
    const first = await place.run(APPLY)
    expect([first.code, first.stdout]).toEqual([
      2,
      expect.stringContaining('the ledger does not say that octoform created it with these'),
    ])
    const { gpu } = await groupsNow()
    await sandbox.call('DELETE', `${GROUPS}/${gpu?.id}`)
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    const made = (await groupsNow()).gpu
    await sandbox.call('DELETE', `${GROUPS}/${made?.id}`)
    await sandbox.call('POST', GROUPS, { name: 'gpu', visibility: 'selected' })
    expect((await place.run(['plan'])).stdout).toContain('2 held back')
  })

  it('may be written out alone: an addition to what nobody can see is held back', async () => {
    const { place, want } = await begin(MADE)
    await place.run(APPLY)
    await want('gpu: { add_repositories: [api] }')
    expect((await place.run(['plan'])).stdout).toContain('takes repositories only when it creates gpu')
  })

  it('are known after a rename, too', async () => {
    const { place, want } = await begin(MADE)
    await place.run(APPLY)
    for (const name of ['cuda: { renamed_from: gpu, ', 'cuda: { ']) {
      await want(`${name}repositories: [web], runners: [one] }`)
      expect(await place.run(APPLY)).toMatchObject({ code: 0 })
      expect((await place.run(['plan'])).stdout).toMatch(/No changes\.\n$/)
    }
  })

  it('lets a runner that is gone change nothing', async () => {
    const { sandbox, place } = await begin(MADE)
    await place.run(APPLY)
    const writes = sandbox.writes().length
    const { body } = await sandbox.call('GET', '/orgs/acme/actions/runners')
    const [one] = (body as { runners: { id: number; name: string }[] }).runners.filter(({ name }) => name === 'one')
    await sandbox.call('DELETE', `/orgs/acme/actions/runners/${one?.id}`)
    expect((await place.run(APPLY)).code).toBe(0)
    expect(sandbox.writes().length).toBe(writes)
  })
})
