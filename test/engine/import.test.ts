import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { families } from '../../src/families/index.ts'
import { workplace } from '../support/octoform.ts'
import { type WatchedSandbox, watchedSandbox } from '../support/watched-sandbox.ts'

const ACTIONS = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['docker/*'] }
const SEED = {
  organizations: {
    acme: {
      permissions: {
        enabled_repositories: 'selected',
        repositories: ['web', 'api'],
        allowed_actions: 'selected',
        selected_actions: ACTIONS,
      },
      repositories: {
        web: { visibility: 'public', secrets: { KEY: { value: 'planted' } } },
        api: { permissions: { enabled: false } },
        ml: {},
      },
      secrets: {
        ALL: { visibility: 'all', value: 'planted' },
        SOME: { visibility: 'selected', repositories: ['web'], value: 'planted' },
      },
      runners: { one: {}, two: {} },
      runner_groups: {
        'Our runners': { default: true },
        'a/b c': {
          visibility: 'selected',
          repositories: ['api'],
          runners: ['one'],
          restricted_to_workflows: true,
          selected_workflows: ['acme/web/.github/workflows/a.yml@v1'],
        },
        shut: { visibility: 'private' },
        shared: { inherited: true },
      },
    },
  },
}

/** The imported YAML of the organization, after a check that it plans to no changes. */
async function imported(sandbox: WatchedSandbox, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const place = await workplace(sandbox, {})
  const ran = await place.run(['import', ...args])
  expect(ran).toMatchObject({ code: 0 })
  await place.write('octoform.yaml', ran.stdout)
  expect(await place.run(['plan', '--detailed-exitcode']), ran.stdout).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/(^|\n)No changes\.\n$/),
  })
  return parse(ran.stdout).organizations.acme
}

describe('import --compact', () => {
  it('of one address leaves out the defaults, and plans to no changes', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const whole = await imported(sandbox, 'orgs/acme')
    const less = await imported(sandbox, 'orgs/acme', '--compact')
    expect(JSON.stringify(less).length).toBeLessThan(JSON.stringify(whole).length)
    expect(less).toMatchObject({ permissions: { enabled_repositories: 'selected', repositories: ['api', 'web'] } })
    expect(whole).toHaveProperty('workflow_permissions')
    expect(less).not.toHaveProperty('workflow_permissions')
    const { repositories } = await imported(sandbox, 'repos/acme/*', '--compact')
    expect(repositories).toMatchObject({ api: { permissions: { enabled: false } } })
    expect(repositories).toHaveProperty('web.secrets.KEY')
  })
})

describe('import', () => {
  it('of an organization, each family whole', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    expect(await imported(sandbox, 'orgs/acme')).toMatchObject({
      permissions: {
        enabled_repositories: 'selected',
        repositories: ['api', 'web'],
        allowed_actions: 'selected',
        sha_pinning_required: false,
        selected_actions: ACTIONS,
      },
      secrets: { ALL: { visibility: 'all' }, SOME: { visibility: 'selected', repositories: ['web'] } },
      runner_groups: {
        'Our runners': { visibility: 'all', allows_public_repositories: false, restricted_to_workflows: false },
        'a/b c': {
          visibility: 'selected',
          repositories: ['api'],
          runners: ['one'],
          allows_public_repositories: false,
          restricted_to_workflows: true,
          selected_workflows: ['acme/web/.github/workflows/a.yml@v1'],
        },
        shut: { visibility: 'private', runners: [], allows_public_repositories: false, restricted_to_workflows: false },
      },
    })
  })

  it('leaves out what the level above dictates', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    expect(await imported(sandbox, 'repos/acme/*')).toMatchObject({
      repositories: {
        web: {
          permissions: { enabled: true, allowed_actions: 'selected', sha_pinning_required: false },
          secrets: { KEY: {} },
        },
        api: { permissions: { enabled: false, sha_pinning_required: false } },
        ml: { permissions: { enabled: false, sha_pinning_required: false } },
      },
    })
  })

  it('of both levels stands together', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const place = await workplace(sandbox, {})
    for (const [index, address] of ['orgs/acme', 'repos/acme/*'].entries()) {
      await place.write(`conf/${index}.yaml`, (await place.run(['import', address])).stdout)
    }
    expect(await place.run(['plan', '--config', 'conf', '--detailed-exitcode'])).toMatchObject({ code: 0 })
  })

  it.each<[string, string, object]>([
    [
      'orgs/acme/secrets',
      'secrets',
      { secrets: { ALL: { visibility: 'all' }, SOME: { visibility: 'selected', repositories: ['web'] } } },
    ],
    [
      'orgs/acme/secrets/*',
      'secrets',
      { secrets: { ALL: { visibility: 'all' }, SOME: { visibility: 'selected', repositories: ['web'] } } },
    ],
    ['orgs/ACME/secrets/some', 'secrets', { secrets: { SOME: { visibility: 'selected', repositories: ['web'] } } }],
    [
      'orgs/acme/runner_groups/s*',
      'runner-groups',
      {
        runner_groups: {
          shut: {
            visibility: 'private',
            runners: [],
            allows_public_repositories: false,
            network_configuration_id: 'none',
            restricted_to_workflows: false,
          },
        },
      },
    ],
    ['repos/acme/web/secrets', 'secrets', { repositories: { web: { secrets: { KEY: {} } } } }],
  ])('%s reads that family alone, and needs no permission for another', async (address, path, expected) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    for (const route of ['/orgs/{org}/actions/permissions', '/repos/{owner}/{repo}/actions/permissions']) {
      await sandbox.fault({ route, status: 403, body: { message: 'no' }, times: 99 })
    }
    const place = await workplace(sandbox, {})
    const { code, stdout } = await place.run(['import', address])
    expect({ code, acme: parse(stdout).organizations.acme }).toEqual({ code: 0, acme: expected })
    const settings = sandbox.asked.filter((asked) => asked.path.includes('/actions/'))
    expect(settings.filter((asked) => !asked.path.includes(path) && !asked.path.endsWith('/runners'))).toEqual([])
  })

  it.each(['orgs/acme/**', 'orgs/acme'])('%s names every family', async (address) => {
    const sandbox = await watchedSandbox({ seed: SEED })
    const settings = families.filter(({ shape, scopes }) => shape === 'settings' && scopes.organization !== undefined)
    const names = [...settings.map(({ name }) => name), 'secrets', 'runner_groups', 'runners']
    expect(Object.keys(await imported(sandbox, address)).sort()).toEqual(names.sort())
  })

  it('writes what the product takes, and no more', async () => {
    const sandbox = await watchedSandbox({ seed: SEED, product: 'ghes-3.4' })
    const { permissions, runner_groups } = await imported(sandbox, 'orgs/acme')
    expect(permissions).toEqual({
      enabled_repositories: 'selected',
      repositories: ['api', 'web'],
      allowed_actions: 'selected',
      selected_actions: { github_owned_allowed: true, patterns_allowed: ['docker/*'] },
    })
    expect(runner_groups).toMatchObject({
      shut: { visibility: 'private', runners: [], allows_public_repositories: false },
    })
    expect(JSON.stringify(runner_groups)).not.toContain('workflows')
  })

  it('of a repository works without access to its organization', async () => {
    const sandbox = await watchedSandbox({ seed: SEED })
    await sandbox.fault({ route: '/orgs/{org}/actions/permissions', status: 403, body: { message: 'no' }, times: 99 })
    const { repositories } = await imported(sandbox, 'repos/acme/web')
    expect(repositories).toMatchObject({ web: { permissions: {}, secrets: {} } })
  })
})
