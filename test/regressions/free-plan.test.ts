import { describe, expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const APPLY = ['apply', '--auto-approve']

/** An organization on a plan, with one private repository and one runner, which the default group holds. */
function seed(plan: string): object {
  return { organizations: { acme: { plan, repositories: { web: {} }, runners: { one: {} }, secrets: {} } } }
}

const YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    runner_groups:
      Default: { visibility: selected, repositories: [web] }
      gpu: { visibility: selected, repositories: [web], runners: [one] }
`

async function start(
  product: string,
  plan: string,
  yaml = YAML,
): Promise<{ sandbox: WatchedSandbox; place: Workplace }> {
  const sandbox = await watchedSandbox({ seed: seed(plan), product })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

const HELD = {
  address: 'orgs/acme/runner_groups/gpu',
  field: null,
  reason: "the organization is on GitHub's plan Free, which has no runner group beside the default one",
  source: { file: 'octoform.yaml', line: 7, col: 7 },
  help: 'Upgrade to GitHub Team, or take gpu out of the YAML.',
}

describe('an organization on the plan Free', () => {
  it.each(['dotcom', 'ghec'])(
    'has no group beside the default one: it is held back with its line: %s',
    async (product) => {
      const { sandbox, place } = await start(product, 'free')
      const { held_back, changes, diagnostics } = await place.plan()
      expect(held_back).toEqual([HELD])
      expect(diagnostics).toEqual([])
      expect(changes.map(({ address }) => address)).toEqual([
        'orgs/acme/permissions',
        'orgs/acme/runner_groups/Default',
      ])
      expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({
        code: 2,
        stdout: expect.stringMatching(/\nPlan: 0 to add, 2 to change, 0 to delete\. 1 held back\.\n$/),
      })
      expect(await place.run(APPLY)).toMatchObject({
        code: 2,
        stdout: expect.stringContaining('octoform.yaml:7:7'),
      })
      expect(sandbox.writes().filter((write) => write.startsWith('POST '))).toEqual([])
      const drift = await place.run(['drift'])
      expect(drift).toMatchObject({ code: 2, stdout: expect.stringContaining('Upgrade to GitHub Team') })
      const written = sandbox.writes().length
      expect((await place.run(APPLY)).code).toBe(2)
      expect(sandbox.writes()).toHaveLength(written)
    },
  )

  it('names a wrong name of the default group, and not the plan', async () => {
    const sandbox = await watchedSandbox({
      seed: { organizations: { acme: { plan: 'free', runner_groups: { Home: { default: true } } } } },
      product: 'dotcom',
    })
    const yaml = 'version: 1\norganizations: { acme: { runner_groups: { Default: { visibility: private } } } }\n'
    const { held_back } = await (await workplace(sandbox, { 'octoform.yaml': yaml })).plan()
    expect(held_back.map(({ reason }) => reason)).toEqual([
      'the default group is named Home here: write Home for Default',
    ])
  })

  it('is imported with its default group, and plans to no changes', async () => {
    const { place } = await start('dotcom', 'free', '')
    const { code, stdout } = await place.run(['import', 'orgs/acme'])
    expect({ code, groups: stdout.match(/runner_groups:\n {6}\S+/g) }).toEqual({
      code: 0,
      groups: ['runner_groups:\n      Default:'],
    })
    await place.write('octoform.yaml', stdout)
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/(^|\n)No changes\.\n$/),
    })
  })

  it('asks for an absent group without being held back', async () => {
    const yaml = 'version: 1\norganizations: { acme: { runner_groups: { gpu: absent, arm: unmanaged } } }\n'
    const { place } = await start('dotcom', 'free', yaml)
    expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })

  it('whose plan the token may not see is refused by GitHub, and the rest is applied', async () => {
    const sandbox = await watchedSandbox({
      seed: {
        ...seed('free'),
        tokens: {
          'of-an-app': {
            permissions: {
              organization_self_hosted_runners: 'write',
              organization_administration: 'write',
              metadata: 'read',
            },
          },
        },
      },
      product: 'dotcom',
    })
    const place = await workplace(sandbox, { 'octoform.yaml': YAML }, { OCTOFORM_TOKEN: 'of-an-app' })
    expect((await place.plan()).held_back).toEqual([])
    const applied = await place.run(APPLY)
    expect(applied).toMatchObject({ code: 1 })
    expect(applied.stdout + applied.stderr).toContain('Upgrade to GitHub Team')
    expect(sandbox.state()).toMatchObject({
      organizations: {
        acme: {
          permissions: { allowed_actions: 'local_only' },
          runner_groups: { Default: { visibility: 'selected' } },
        },
      },
    })
  })
})

it.each([
  ['dotcom', 'team'],
  ['ghec', 'enterprise'],
  ['ghes-3.19', 'free'],
])('other plans, and servers of one’s own, have groups: %s, %s', async (product, plan) => {
  const { sandbox, place } = await start(product, plan)
  expect((await place.plan()).held_back).toEqual([])
  expect(await place.run(APPLY)).toMatchObject({ code: 0 })
  expect(sandbox.state()).toMatchObject({ organizations: { acme: { runner_groups: { gpu: { runners: ['one'] } } } } })
})
