import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

describe('runners of one name', () => {
  const SEEDED = {
    product: 'ghec',
    organizations: {
      acme: {
        runners: { one: { labels: ['gpu'] }, twin: {} },
        runner_groups: { Default: { default: true }, gpu: { runners: ['one', 'twin'] } },
        secrets: { KEY: { visibility: 'all', value: 'planted' } },
      },
    },
  }
  const begin = async (body: string) => {
    const sandbox = await watchedSandbox({ seed: SEEDED })
    const listed = (await sandbox.call('GET', '/orgs/acme/actions/runners')).body as {
      runners: { id: number; name: string }[]
    }
    const all = listed.runners.flatMap((runner) => {
      return runner.name === 'twin' ? [runner, { ...runner, id: runner.id + 100, runner_group_id: 1 }] : [runner]
    })
    const answer = { total_count: all.length, runners: all }
    const route = '/orgs/{org}/actions/runners'
    await sandbox.fault({ method: 'GET', route, status: 200, body: answer, times: 99 })
    const yaml = `version: 1\norganizations:\n  acme: ${body}\n`
    return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
  }

  it('are named and held back, and all else is planned', async () => {
    const { place } = await begin(
      '{ runners: { twin: { labels: [big] }, one: { labels: [big] } }, runner_groups: { gpu: { runners: [one], allows_public_repositories: true } } }',
    )
    const plan = await place.plan()
    const twin = expect.stringContaining('GitHub has several runners called twin')
    expect(plan.held_back.map(({ address, field, reason }) => [address, field, reason])).toEqual([
      ['orgs/acme/runners/twin', null, twin],
      ['orgs/acme/runner_groups/gpu', 'runners', twin],
    ])
    expect(plan.changes.map(({ address, after }) => [address, after])).toEqual([
      ['orgs/acme/runner_groups/gpu', { allows_public_repositories: true }],
      ['orgs/acme/runners/one', { labels: ['big'] }],
    ])
    expect(plan.complete).toBe(true)
  })

  it.each([
    ['absent', '{ runners: { twin: absent } }', 'orgs/acme/runners/twin'],
    [
      'taken up by another group',
      '{ runner_groups: { cpu: { visibility: all, runners: [twin] } } }',
      'orgs/acme/runner_groups/cpu',
    ],
    ['taken from a group', '{ runner_groups: { gpu: { remove_runners: [twin] } } }', 'orgs/acme/runner_groups/gpu'],
  ])('are not %s', async (_, body, address) => {
    const { sandbox, place } = await begin(body)
    const plan = await place.plan()
    expect(plan.held_back.map((each) => each.address)).toEqual([address])
    await place.run(['apply', '--auto-approve'])
    expect(sandbox.writes().filter((write) => /runners\/|DELETE/.test(write))).toEqual([])
  })

  it('are left out of an import, which says so', async () => {
    const { place } = await begin('{}')
    const ran = await place.run(['import', 'orgs/acme'])
    expect(ran.code, ran.stderr).toBe(0)
    const { acme } = parse(ran.stdout).organizations
    expect(Object.keys(acme.runners)).toEqual(['one'])
    expect(Object.keys(acme.runner_groups.gpu)).not.toContain('runners')
    for (const of of ['runners/twin', 'runner_groups/gpu']) {
      expect(ran.stderr).toContain(`warning: orgs/acme/${of}: GitHub has several runners called twin`)
    }
    await place.write('octoform.yaml', ran.stdout)
    expect((await place.run(['plan'])).stdout).toMatch(/(^|\n)No changes\.\n$/)
  })
})
