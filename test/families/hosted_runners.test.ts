import { describe, expect, it } from 'vitest'
import { fieldAt } from '../../src/core/leaves.ts'
import { isWider } from '../../src/core/wider.ts'
import { hostedRunners } from '../../src/families/hosted-runners/index.ts'
import { type Workplace, workplace } from '../support/octoform.ts'
import { simulatedClock } from '../support/simulated-clock.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const ALL = '/orgs/acme/actions/hosted-runners'
const UBUNTU = '{ id: ubuntu-22.04, source: github }'
const SEED = {
  runner_groups: { large: { id: 5 }, shared: { id: 6, inherited: true } },
  hosted_images: { golden: { id: 9, versions: ['1.0.0', '1.1.0'] } },
  hosted_runners: {
    big: { id: 1, image: { id: 'ubuntu-22.04', source: 'github' }, size: '4-core', runner_group: 'large' },
    own: { id: 2, image: { id: '9', source: 'custom', version: '1.0.0' }, size: '4-core' },
    other: { id: 3, size: '4-core' },
  },
}

async function started(yaml: string, seed: object = {}): Promise<{ place: Workplace; sandbox: WatchedSandbox }> {
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { ...SEED, ...seed } } } })
  const files = { 'octoform.yaml': `version: 1\norganizations:\n  acme:\n    ${yaml}\n` }
  return { sandbox, place: await workplace(sandbox, files) }
}

/** The bodies of the writes, in order. */
function bodiesOf({ asked }: WatchedSandbox): unknown[] {
  return asked.filter(({ method }) => method !== 'GET').map(({ body }) => body)
}

describe('which direction is wider', () => {
  it('is known of the group alone: it says who may use a runner', () => {
    const wider = Object.keys(hostedRunners.fields).filter((field) => isWider(fieldAt(hostedRunners, field), 'a', 'b'))
    expect(wider).toEqual(['runner_group'])
  })

  it.each([
    ['big-4.x_1', undefined],
    ['a b', 'cannot be called so'],
    ['x'.repeat(65), 'cannot be called so'],
  ])('%s as a name', (name, fault) => {
    if (fault === undefined) expect(hostedRunners.nameFault(name)).toBeUndefined()
    else expect(hostedRunners.nameFault(name)).toContain(fault)
  })
})

describe('hosted runners of an organization', () => {
  it('are created whole, in a group of that name, also in one that the run creates', async () => {
    const { place, sandbox } = await started(
      `runner_groups: { fresh: { visibility: all } }\n    hosted_runners: { new: { image: ${UBUNTU}, size: 8-core, runner_group: fresh } }`,
    )
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    const groups = (await sandbox.call('GET', '/orgs/acme/actions/runner-groups')).body as {
      runner_groups: { id: number; name: string }[]
    }
    const id = groups.runner_groups.find(({ name }) => name === 'fresh')?.id
    expect(bodiesOf(sandbox)).toContainEqual({
      name: 'new',
      image: { id: 'ubuntu-22.04', source: 'github' },
      size: '8-core',
      runner_group_id: id,
    })
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/No changes\.\n$/) })
  })

  it('are changed in place, the image too, and only where they differ', async () => {
    const { place, sandbox } = await started(
      'hosted_runners: { big: { image: { id: "9", source: custom, version: 1.0.0 }, size: 8-core }, own: { image: { version: latest }, maximum_runners: 2 } }',
    )
    expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([`PATCH ${ALL}/1`, `PATCH ${ALL}/2`])
    expect(bodiesOf(sandbox)).toEqual([
      { image_id: '9', image_source: 'custom', image_version: '1.0.0', size: '8-core' },
      { image_version: 'latest', maximum_runners: 2 },
    ])
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/No changes\.\n$/) })
  })

  it.each([
    ['big: { size: 7-core }', 'GitHub offers no machine size called 7-core here: it has 16-core, 32-core, 4-core'],
    ['big: { image: { id: beos } }', 'GitHub offers no image from github called beos here: it has ubuntu-22.04'],
    ['own: { image: { id: "77" } }', 'GitHub offers no image from custom called 77 here: it has 9'],
    [
      'own: { image: { version: 9.9.9 } }',
      'GitHub offers no version of the image 9 called 9.9.9 here: it has 1.0.0, 1.1.0',
    ],
    [
      'big: { image: { id: "9", source: custom, version: 2.0.0 } }',
      'GitHub offers no version of the image 9 called 2.0.0 here: it has 1.0.0, 1.1.0',
    ],
    ['big: { runner_group: none }', 'there is no runner group none here'],
    ['big: { runner_group: shared }', 'there is no runner group shared here'],
    [
      'new: { size: 4-core }',
      'new is not on GitHub; to create it, image.id and image.source and runner_group must be given',
    ],
  ])('with what the owner does not have wait: %s', async (runner, reason) => {
    const { place, sandbox } = await started(`hosted_runners: { ${runner}, other: { maximum_runners: 3 } }`)
    const { code, stdout } = await place.run(['apply', '--auto-approve'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining(reason) })
    expect(bodiesOf(sandbox)).toEqual([{ maximum_runners: 3 }])
  })

  it('wait for the group that is to be deleted, and for a static address where none is left', async () => {
    const { place, sandbox } = await started(
      'runner_groups: { large: absent }\n    hosted_runners: { own: { runner_group: large }, big: { enable_static_ip: true } }',
      {
        hosted_static_ips: 1,
        hosted_runners: { ...SEED.hosted_runners, other: { id: 3, size: '4-core', enable_static_ip: true } },
      },
    )
    const plan = await place.plan()
    expect(plan.held_back.map(({ address, field, reason }) => [address, field, reason])).toEqual([
      ['orgs/acme/hosted_runners/own', 'runner_group', 'the runner group large is to be deleted'],
      ['orgs/acme/hosted_runners/big', 'enable_static_ip', 'all 1 static addresses of the owner are in use'],
    ])
    expect(sandbox.writes()).toEqual([])
  })

  it('have no version where the image is not their own', async () => {
    const { place, sandbox } = await started('hosted_runners: { big: { image: { source: github, version: latest } } }')
    const { code, stdout, stderr } = await place.run(['validate'])
    expect({ code, told: stdout + stderr }).toEqual({
      code: 1,
      told: expect.stringContaining('4:55: error: only a custom image has versions to choose from'),
    })
    expect(sandbox.asked).toEqual([])
  })

  it('read of the look-ups what is mentioned alone', async () => {
    const { place, sandbox } = await started('hosted_runners: { big: { maximum_runners: 10 } }')
    expect(await place.run(['plan'])).toMatchObject({ code: 0 })
    expect(sandbox.asked.map(({ path }) => path).filter((path) => path.includes('/actions/'))).toEqual([ALL])
  })
})

describe('a hosted runner that is deleted', () => {
  it('is waited for until GitHub shows it no more', async () => {
    const { place, sandbox } = await started('hosted_runners: { big: absent }')
    const clock = simulatedClock()
    expect(await place.run(['apply', '--auto-approve'], { clock })).toMatchObject({ code: 0 })
    const looks = sandbox.asked.filter(({ method, path }) => method === 'GET' && path === `${ALL}/1`)
    expect(looks.length).toBeGreaterThan(1)
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/No changes\.\n$/) })
  })

  it('is held back where GitHub does not finish, and the rest goes on', async () => {
    const { place, sandbox } = await started('hosted_runners: { big: absent, own: absent }')
    const route = '/orgs/{org}/actions/hosted-runners/{hosted_runner_id}'
    const shown = (await sandbox.call('GET', `${ALL}/1`)).body as object
    await sandbox.fault({ method: 'GET', route, times: 40, status: 200, body: { ...shown, status: 'Deleting' } })
    const { code, stdout } = await place.run(['apply', '--auto-approve'], { clock: simulatedClock() })
    expect(code).toBe(2)
    expect(stdout).toContain('GitHub accepted the deletion and had not finished it when the wait for it ended')
    expect(sandbox.writes()).toEqual([`DELETE ${ALL}/1`, `DELETE ${ALL}/2`])
  })

  it('is left alone until it is gone, and gives its name to no other', async () => {
    const leaving = { hosted_runners: { big: { id: 1, status: 'Deleting' } } }
    const absent = await started('hosted_runners: { big: absent }', leaving)
    expect((await absent.place.plan()).held_back).toMatchObject([
      { reason: 'GitHub is deleting the hosted runner big already' },
    ])
    const wanted = await started(
      `hosted_runners: { big: { image: ${UBUNTU}, size: 8-core, runner_group: large } }`,
      leaving,
    )
    expect((await wanted.place.plan()).held_back).toMatchObject([
      { field: null, reason: 'GitHub is deleting the hosted runner big, and no other can have its name until then' },
    ])
    const imported = await wanted.place.run(['import', 'orgs/acme/hosted_runners'])
    expect(imported.stdout).not.toContain('big')
  })
})
