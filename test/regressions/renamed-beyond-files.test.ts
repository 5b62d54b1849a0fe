import { describe, expect, it } from 'vitest'
import { namesWorld } from '../support/names-world.ts'

/** A file of all, and one that may declare repositories that are called `we*`. */
const GOVERNING = (address: string): string => `version: 1
files:
  octoform.yaml: { addresses: ["**"], values: ["*"] }
  "teams/**": { addresses: ["${address}"], values: ["*"] }
include: [teams]
organizations:
  acme:
    permissions: { allowed_actions: local_only, enabled_repositories: selected, repositories: [api, tool, site, web] }
    repositories: { api: { secrets: { A: { value: { env: V } } } } }
`
const TEAM = (body: string): string => `organizations: { acme: { repositories: { web: { ${body} } } } }\n`

async function renamed(body: string, address = 'repos/acme/we*/**') {
  const world = await namesWorld(GOVERNING(address))
  await world.place.write('teams/web.yaml', TEAM(body))
  expect(await world.apply()).toMatchObject({ code: 0 })
  await world.move('acme/web', 'acme/site')
  return world
}

describe('a repository that was renamed out of what a file may declare', () => {
  it('waits with what that file says of it, and everything else goes on', async () => {
    const world = await renamed(
      'secrets: { TOKEN: { value: { env: V } } }, permissions: { allowed_actions: local_only }',
    )
    await world.place.write(
      'octoform.yaml',
      GOVERNING('repos/acme/we*/**').replace('{ A: {', '{ B: { value: { env: V } }, A: {'),
    )
    const { held_back: held, changes, diagnostics } = await world.place.plan()
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(changes.map(({ address }) => address)).toEqual(['repos/acme/api/secrets/B'])
    expect(held.filter(({ reason }) => reason.includes('`files`'))).toMatchObject(
      ['secrets/TOKEN', 'permissions'].map((name) => ({
        address: `repos/acme/site/${name}`,
        field: null,
        reason: 'repos/acme/web is called repos/acme/site now, which `files` does not let teams/web.yaml declare',
        source: { file: 'teams/web.yaml', line: 1 },
        help: 'Let `files` give teams/web.yaml repos/acme/site/** as well, or take it out there.',
      })),
    )
    expect(await world.apply()).toMatchObject({ code: 2, writes: ['PUT /repos/acme/api/actions/secrets/B'] })
    expect((await world.place.run(['drift'])).code).toBe(2)
    await world.place.write('octoform.yaml', GOVERNING('repos/acme/{}/**'.replace('{}', '*')))
    expect((await world.place.plan()).held_back).toEqual([])
  })

  it('loses nothing by what that file deletes or prunes', async () => {
    const world = await renamed('secrets: { TOKEN: { value: { env: V } }, OLD: { value: { env: V } } }')
    await world.place.write('teams/web.yaml', TEAM('secrets: { TOKEN: absent }, prune: ["secrets/*"]'))
    const { held_back: held, changes } = await world.place.plan()
    expect(changes).toEqual([])
    expect(held.map(({ address }) => address)).toEqual(['repos/acme/site/secrets/TOKEN', 'repos/acme/site'])
    expect(await world.apply()).toMatchObject({ code: 2, writes: [] })
  })

  it('is not reached by a set of that file that has its former name', async () => {
    const world = await namesWorld(GOVERNING('repos/acme/we*/**'))
    const set = (secrets: string): string =>
      `organizations: { acme: { repository_sets: [{ match: { name: web }, secrets: { ${secrets} } }] } }\n`
    await world.place.write('teams/web.yaml', set('TOKEN: { value: { env: V } }'))
    expect(await world.apply()).toMatchObject({ code: 0 })
    await world.move('acme/web', 'acme/site')
    await world.place.write('teams/web.yaml', set('TOKEN: { value: { env: V } }, NEW: { value: { env: V } }'))
    const { held_back: held } = await world.place.plan()
    expect(held.map(({ address }) => address)).toEqual(['repos/acme/site/secrets/TOKEN', 'repos/acme/site/secrets/NEW'])
    expect(await world.apply()).toMatchObject({ code: 2, writes: [] })
  })

  it('is an error where the file could not declare it by its former name either', async () => {
    const world = await namesWorld(GOVERNING('repos/acme/we*/**'))
    await world.move('acme/api', 'acme/web2')
    await world.place.write('teams/web.yaml', TEAM('permissions: { enabled: true }').replace('web:', 'tool:'))
    const ran = await world.place.run(['plan'])
    expect(ran.code).toBe(1)
    expect(ran.stdout + ran.stderr).toContain('error: this file may not declare repos/acme/tool/permissions')
  })
})
