import { expect, test } from 'vitest'
import { putMany, SECRET } from './put-many.ts'
import { manySecrets, timedWorld } from './world.ts'

test('200 secrets are put in one run, at the pace that GitHub takes', { timeout: 120_000 }, () => putMany(200, 1))

test('where somebody else uses the same token up, what is refused is waited for and put', async () => {
  const { yaml, env } = manySecrets(40)
  const world = await timedWorld(yaml, { organizations: { acme: {} } }, { env })
  const { sandbox, run, seen, logged, answered, clock } = world
  const use = () =>
    Promise.all(
      Array.from({ length: 170 }, () =>
        sandbox.call('PUT', '/orgs/acme/actions/permissions', { enabled_repositories: 'all' }, 'token-of-an-owner'),
      ),
    )
  await use()
  // One at a time: of several on their way each would be refused.
  const applied = await run(['apply', '--auto-approve', '--parallelism', '1'])
  expect(applied, applied.stderr).toMatchObject({ code: 0, minutes: 1 })
  expect(answered('PUT', SECRET, 201)).toHaveLength(40)
  expect(answered('PUT', SECRET, 429)).toHaveLength(1)
  expect(seen()).toMatchObject({ refused: 1, sent_while_told_to_wait: 0 })
  expect(await logged('told_to_wait')).toBe(0)
  expect(applied.stderr).toContain(
    "Waiting until 2026-11-21T12:01:00Z (60 s) for GitHub's rate limit of OCTOFORM_TOKEN.",
  )
  expect(clock.now()).toBe(Date.parse('2026-11-21T12:01:00Z'))
})
