import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const BOTH = ['--owner', 'enterprises/inc', '--owner', 'acme']
const lastOf = (text: string) => text.trimEnd().split('\n').at(-1)

async function placeWith(shared: object, own: object) {
  const seed = {
    enterprises: { inc: { organizations: { acme: {}, beta: {} } } },
    organizations: { acme: { repositories: { web: {} } }, beta: {} },
  }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const organizations = { acme: { runner_groups: { shared: own } }, beta: {} }
  const yaml = { version: 1, enterprises: { inc: { runner_groups: { shared }, organizations } } }
  const env = { OCTOFORM_ENTERPRISE_TOKEN: 'token' }
  return { sandbox, place: await workplace(sandbox, { 'octoform.yaml': stringify(yaml) }, env) }
}

it.each([[{ visibility: 'selected', organizations: ['acme'] }], [{ visibility: 'all' }]])(
  'a group that the enterprise comes to share (%j) waits here for that, and says so',
  async (shared) => {
    const { place } = await placeWith(shared, { inherited: true, repositories: ['web'] })
    const helps = async (owner: readonly string[]) => (await place.plan(owner)).held_back.map(({ help }) => help)
    expect(await helps([])).toEqual(['Apply the enterprise first: its YAML shares it.'])
    expect(await helps(BOTH)).toEqual([
      'This run makes the enterprise share it: apply again after that, because GitHub gives it an id here only then.',
    ])
    // Held back stops nothing else, and the second apply finishes it.
    expect((await place.run(['apply', '--auto-approve', ...BOTH])).code).toBe(2)
    expect((await place.run(['apply', '--auto-approve', ...BOTH])).code).toBe(0)
    expect(lastOf((await place.run(['plan', ...BOTH])).stdout)).toBe('No changes.')
  },
)

it('a group that it shares with others alone stays unknown here', async () => {
  const { place } = await placeWith(
    { visibility: 'selected', organizations: ['beta'] },
    { inherited: true, repositories: ['web'] },
  )
  expect((await place.plan(BOTH)).held_back.map(({ help }) => help)).toEqual([
    expect.stringMatching(/^Have the enterprise share it/),
  ])
})

it('a list without its mode shares a group with no other organization', async () => {
  const { place } = await placeWith({ organizations: ['beta'] }, { visibility: 'all' })
  const { code, stdout } = await place.run(['validate'])
  expect([code, stdout]).toEqual([0, expect.not.stringContaining('shares a group named')])
})
