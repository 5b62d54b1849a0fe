import { describe, expect, it } from 'vitest'
import { GIVEN, namesWorld } from '../support/names-world.ts'

const warnings = (stdout: string): readonly string[] => stdout.match(/^.*may be removed.*$/gm) ?? []

describe('a line of `accept` that lets in nothing any more', () => {
  it('of a repository is told with its place, once an apply has taken note of it', async () => {
    const world = await namesWorld(GIVEN['own secret']('web'))
    await world.apply()
    await world.move('acme/web', 'acme/site')
    await world.create('web')
    const own = GIVEN['own secret']('web').replace('version: 1\n', 'version: 1\naccept:\n  - acme/web=1000\n')
    await world.place.write('octoform.yaml', own)
    const before = await world.place.run(['plan'])
    expect(warnings(before.stdout)).toEqual([])
    expect((await world.apply()).code).toBe(0)
    const after = await world.place.run(['plan', '--detailed-exitcode'])
    expect(warnings(after.stdout)).toEqual([
      expect.stringContaining(
        'octoform.yaml:3:5: warning: `acme/web=1000` is let in: the ledger knows acme/web by the id 1000 now, and the line may be removed',
      ),
    ])
    expect(after.code).toBe(0)
    await world.place.write('octoform.yaml', GIVEN['own secret']('web'))
    expect(await world.apply()).toMatchObject({ code: 0, writes: [] })
  })

  it('of an owner too', async () => {
    const world = await namesWorld('version: 1\naccept: ["acme=1"]\norganizations: { acme: { secrets: {} } }\n')
    const { body } = await world.sandbox.call('GET', '/orgs/acme')
    const { id } = body as { readonly id: number }
    const yaml = `version: 1\naccept: ["acme=${id}"]\norganizations: { acme: { permissions: { enabled_repositories: none } } }\n`
    await world.place.write('octoform.yaml', yaml)
    expect(warnings((await world.place.run(['plan'])).stdout)).toEqual([])
    expect((await world.apply()).code).toBe(0)
    expect(warnings((await world.place.run(['plan'])).stdout)).toEqual([
      expect.stringContaining(`octoform.yaml:2:10: warning: \`acme=${id}\` is let in: the ledger knows acme by the id`),
    ])
  })
})
