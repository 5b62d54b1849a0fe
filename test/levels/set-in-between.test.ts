import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const FAMILY = 'fork_pr_contributor_approval'
const [CLOSED, OPEN] = ['first_time_contributors', 'first_time_contributors_new_to_github']
const of = (approval_policy: string) => ({ [FAMILY]: { approval_policy } })

it('a level between that has a setting of its own is not taken to follow the one above it, which is stricter', async () => {
  const organizations = { acme: { ...of(OPEN), repositories: { web: { visibility: 'public', ...of(OPEN) } } } }
  const seed = { enterprises: { inc: { organizations: { acme: {} }, ...of(OPEN) } }, organizations }
  const sandbox = await watchedSandbox({ seed, product: 'ghec' })
  const inc = { ...of(CLOSED), organizations: { acme: { repositories: { web: of(OPEN) } } } }
  const files = { 'octoform.yaml': stringify({ version: 1, enterprises: { inc } }) }
  const place = await workplace(sandbox, files, { OCTOFORM_ENTERPRISE_TOKEN: 'token' })
  const both = ['--owner', 'enterprises/inc', '--owner', 'acme']
  expect(await place.run(['apply', '--auto-approve', ...both])).toMatchObject({ code: 0 })
  const writes = sandbox.writes().length
  expect((await place.run(['plan', ...both])).stdout).toMatch(/(^|\n)No changes\.\n$/)
  expect(await place.run(['apply', '--auto-approve', ...both])).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toHaveLength(writes)
})
