import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const ON = { permissions: { enabled: true } }
const LACKS = "enabled: true is refused: the organization's list of repositories lacks it"

async function placeWith(permissions: object, acme: object, live: object = {}) {
  const organizations = { acme: { permissions: live, repositories: { web: { topics: ['front'] }, api: {} } } }
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations } })
  const yaml = stringify({ version: 1, organizations: { acme: { permissions, ...acme } } })
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': yaml }) }
}

const WEB = { repositories: { web: ON } }

describe("a wish that the YAML's own list above lacks is refused by each command, also where that list is held back", () => {
  it.each<[why: string, permissions: object, live?: object, acme?: object]>([
    ['it comes to nothing', { repositories: ['ghost'] }],
    ['a glob comes to nothing', { repositories: ['ghost-*'] }],
    [
      'it is in force already',
      { repositories: ['ghost'] },
      { enabled_repositories: 'selected', repositories: ['web'] },
    ],
    ['Actions is off', { repositories: ['api'] }, { enabled_repositories: 'none' }],
    ['it is taken away from one that comes to nothing', { repositories: ['ghost'], remove_repositories: ['web'] }],
    [
      'its actions cannot be seen',
      { repositories: ['api'], allowed_actions: 'selected' },
      { enabled_repositories: 'none' },
    ],
    [
      'a set has the wish, and another one is open',
      { repositories: ['ghost'] },
      {},
      {
        repositories: { web: {} },
        repository_sets: [
          { match: { name: 'web' }, ...ON },
          { match: { topic: 'back' }, permissions: { enabled: false } },
        ],
      },
    ],
  ])('%s', async (_, permissions, live = {}, acme = WEB) => {
    const { sandbox, place } = await placeWith(permissions, acme, live)
    const told = { severity: 'error', message: expect.stringContaining(LACKS), address: 'repos/acme/web/permissions' }
    expect(await place.run(['validate'])).toMatchObject({ code: 1, stdout: expect.stringContaining(LACKS) })
    const { diagnostics, held_back: held } = await place.plan()
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([told])
    expect(held).not.toEqual([])
    for (const command of [['plan'], ['drift'], ['apply', '--auto-approve']]) {
      expect((await place.run(command)).code).toBe(1)
    }
    expect(sandbox.writes()).toEqual([])
  })

  it('and told once where nothing is held back', async () => {
    const { place } = await placeWith({ repositories: ['api'] }, WEB)
    const { diagnostics } = await place.plan()
    expect(diagnostics).toMatchObject([{ severity: 'error', message: expect.stringContaining(LACKS) }])
  })

  it('of an enterprise, too', async () => {
    const seed = { product: 'ghec', enterprises: { inc: { organizations: { acme: {} } } }, organizations: { acme: {} } }
    const sandbox = await watchedSandbox({ seed })
    const acme = { permissions: { enabled_repositories: 'all', allowed_actions: 'all' } }
    const inc = { permissions: { organizations: ['ghost'] }, organizations: { acme } }
    const files = { 'octoform.yaml': stringify({ version: 1, enterprises: { inc } }) }
    const place = await workplace(sandbox, files, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
    expect((await place.run(['validate'])).code).toBe(1)
    const ran = await place.run(['plan', '--owner', 'enterprises/inc', '--owner', 'acme'])
    expect(ran).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("the enterprise's list of organizations lacks this one"),
    })
    expect(ran.stdout).toContain('Held back')
  })
})

describe('what GitHub shows to be no contradiction is none', () => {
  it('a set that another one overrides by what GitHub says of the repository', async () => {
    const { place } = await placeWith(
      { repositories: ['ghost'] },
      {
        repositories: { web: {} },
        repository_sets: [
          { match: { name: 'web' }, ...ON },
          { match: { topic: 'front' }, permissions: { enabled: false } },
        ],
      },
    )
    expect((await place.run(['validate'])).code).toBe(1)
    expect((await place.run(['plan'])).code).toBe(0)
  })

  // Held back by its actions, the list still means the repository by the name that it had.
  it.each([
    ['key', 'web', 'site'],
    ['list', 'site', 'web'],
  ])('a repository that the %s has under its former name', async (_, key, listed) => {
    const off = { enabled_repositories: 'none' }
    const { sandbox, place } = await placeWith({}, { secrets: { S: SHARED } }, off)
    await place.run(['apply', '--auto-approve'], { env: { V: 'text' } })
    await sandbox.call('POST', '/_sandbox/move', { repository: 'acme/web', to: 'acme/site' })
    const permissions = { enabled_repositories: 'selected', repositories: [listed], allowed_actions: 'selected' }
    const acme = { secrets: { S: SHARED }, permissions, repositories: { [key]: ON } }
    await place.write('octoform.yaml', stringify({ version: 1, organizations: { acme } }))
    expect((await place.run(['validate'])).code).toBe(1)
    const { diagnostics, held_back: held } = await place.plan()
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(held.map(({ address }) => address)).toContain('orgs/acme/permissions')
  })
})

const SHARED = { visibility: 'selected', repositories: ['web'], value: { env: 'V' } }
