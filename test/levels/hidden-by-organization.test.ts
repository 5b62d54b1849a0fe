import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

type Body = Readonly<Record<string, unknown>>

const NAMES = ['api', 'docs', 'lib', 'tool', 'web']
const LIST = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] }

/** An organization whose repositories all admit every action by a setting of their own. */
async function placeWith(has: Body, wants: Body, each: Body) {
  const repositories = Object.fromEntries(NAMES.map((name) => [name, {}]))
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { permissions: has, repositories } } } })
  const yaml = (of: Body): string => {
    const acme = { permissions: wants, repository_sets: [{ match: {}, permissions: of }] }
    return stringify({ version: 1, organizations: { acme } })
  }
  const place = await workplace(sandbox, { 'octoform.yaml': yaml(each) })
  return { sandbox, place, write: (of: Body) => place.write('octoform.yaml', yaml(of)) }
}

const lastOf = (text: string) => text.trimEnd().split('\n').at(-1)
const apply = ['apply', '--auto-approve']

describe.each<[string, Body, Body, Body]>([
  [
    'from a list',
    { enabled_repositories: 'selected', repositories: [] },
    { enabled_repositories: 'all' },
    { allowed_actions: 'local_only' },
  ],
  [
    'from none',
    { enabled_repositories: 'none' },
    { enabled_repositories: 'all', allowed_actions: 'all' },
    { allowed_actions: 'selected', selected_actions: LIST },
  ],
])(
  'an organization that %s comes to enable all repositories, in which something is forbidden',
  (_, has, wants, each) => {
    it('stays closed as long as the YAML does not say whether Actions is on in them', async () => {
      const { sandbox, place, write } = await placeWith(has, wants, each)
      const { held_back } = await place.plan()
      expect(held_back).toContainEqual(
        expect.objectContaining({
          address: 'orgs/acme/permissions',
          field: 'enabled_repositories',
          reason: expect.stringMatching(/^GitHub shows what api, docs, lib and 2 more has of its own only once/),
          help: 'Write enabled of api, docs, lib and 2 more, too.',
        }),
      )
      expect(await place.run(apply)).toMatchObject({ code: 2 })
      expect(sandbox.writes()).toEqual([])
      await write({ ...each, enabled: true })
      const ran = await place.run(apply)
      expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 })
      expect(lastOf((await place.run(['plan'])).stdout)).toBe('No changes.')
    })
  },
)

it('from none it opens by way of local actions where nothing but these is allowed', async () => {
  const { sandbox, place } = await placeWith(
    { enabled_repositories: 'none' },
    { enabled_repositories: 'all', allowed_actions: 'all' },
    { allowed_actions: 'local_only' },
  )
  expect(await place.run(apply)).toMatchObject({ code: 0 })
  expect(sandbox.asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
    { enabled_repositories: 'all', allowed_actions: 'local_only', sha_pinning_required: false },
    ...NAMES.map(() => ({ enabled: true, allowed_actions: 'local_only', sha_pinning_required: false })),
    { enabled_repositories: 'all', allowed_actions: 'all', sha_pinning_required: false },
  ])
})
