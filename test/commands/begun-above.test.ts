import { describe, expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const LISTED = 'enabled_repositories: selected, repositories: [web], allowed_actions: all'
const yamlOf = (own: string) =>
  `version: 1\norganizations: { acme: { permissions: { ${LISTED} }, repositories: { web: { permissions: { enabled: true, ${own} } } } } }\n`
const LIST = { method: 'PUT', route: '/orgs/{org}/actions/permissions/repositories' }
const OWN = { method: 'PUT', route: '/repos/{owner}/{repo}/actions/permissions' }
const WHY =
  "was changed since the plan was made: .*\\. The plan's change of orgs/acme/permissions was applied in part, or is done, and what GitHub has here may follow from it: a new plan does the rest of both\\n"

/** Stops an apply at a write of which the repository `web` is to have other actions than it has. */
async function interrupted(web: object, own: string, fault: object) {
  const acme = {
    permissions: { enabled_repositories: 'all', allowed_actions: 'all' },
    repositories: { web: { permissions: web }, api: {} },
  }
  const sandbox = await watchedSandbox({ product: 'ghec', seed: { organizations: { acme } } })
  const place = await workplace(sandbox, { 'octoform.yaml': yamlOf(`allowed_actions: ${own}`) })
  await place.run(['plan', '--out', 'plan.json'])
  await sandbox.fault({ ...fault, times: 3, status: 500 })
  expect((await place.run(['apply', 'plan.json', '--auto-approve'])).code).toBe(1)
  return { sandbox, place }
}

describe('a repository that an interrupted change of its organization has changed', () => {
  it('is told with that change: between switch and list', async () => {
    const { sandbox, place } = await interrupted({ allowed_actions: 'all' }, 'local_only', LIST)
    const before = sandbox.writes().length
    const again = await place.run(['apply', 'plan.json', '--auto-approve'])
    expect(again).toMatchObject({ code: 4, stderr: expect.stringMatching(`repos/acme/web/permissions  ${WHY}`) })
    expect(sandbox.writes()).toHaveLength(before)
    // As the message says.
    await place.run(['plan', '--out', 'plan.json'])
    expect((await place.run(['apply', 'plan.json', '--auto-approve'])).code).toBe(0)
    expect((await place.run(['plan'])).stdout.trimEnd().split('\n').at(-1)).toBe('No changes.')
  })

  it('is changed by the same plan where the list has brought about a part of it', async () => {
    const { sandbox, place } = await interrupted({ enabled: false, allowed_actions: 'local_only' }, 'all', OWN)
    expect(sandbox.writes().at(-4)).toBe('PUT /orgs/acme/actions/permissions/repositories')
    const again = await place.run(['apply', 'plan.json', '--auto-approve'])
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing is left to do for orgs/acme') })
    expect((await place.run(['plan'])).stdout.trimEnd().split('\n').at(-1)).toBe('No changes.')
  })

  it('is told alone where a hand has changed it, or that change, too', async () => {
    const { sandbox, place } = await interrupted({ allowed_actions: 'all' }, 'local_only', LIST)
    await sandbox.call('PUT', '/orgs/acme/actions/permissions', {
      enabled_repositories: 'selected',
      allowed_actions: 'local_only',
    })
    const again = await place.run(['apply', 'plan.json', '--auto-approve'])
    expect(again).toMatchObject({ code: 4, stderr: expect.stringContaining('orgs/acme/permissions  was changed') })
    expect(again.stderr).not.toContain('may follow from it')
  })
})
