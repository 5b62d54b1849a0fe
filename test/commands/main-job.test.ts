import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { withSandbox } from '../support/sandbox.ts'

const demo = (name: string): Promise<string> =>
  readFile(new URL(`../../examples/demo/${name}`, import.meta.url), 'utf8')

test('the main job: plan, apply, no changes, a change by hand, drift, apply again', async () => {
  const sandbox = await withSandbox({ seed: await demo('github.yaml') })
  const env = { DEMO_NPM_TOKEN: 'npm_value', DEMO_DEPLOY_KEY: 'deploy_value' }
  const place = await workplace(sandbox, { 'octoform.yaml': await demo('octoform.yaml') }, env)

  const planned = await place.run(['plan', '--detailed-exitcode', '--out', 'plan.json'])
  expect(planned).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/\nPlan: 3 to add, 2 to change, 1 to delete\.\n$/),
  })

  const applied = await place.run(['apply', 'plan.json', '--auto-approve'])
  expect(applied).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\nApplied: 3 added, 2 changed, 1 deleted\.\n$/),
  })
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\nNo changes\.\n$/),
  })

  const { body } = await sandbox.call('GET', '/orgs/acme/actions/runner-groups')
  const { runner_groups } = body as { runner_groups: { id: number; name: string }[] }
  const group = runner_groups.find(({ name }) => name === 'gpu')
  await sandbox.call('PATCH', `/orgs/acme/actions/runner-groups/${group?.id}`, { name: 'gpu', visibility: 'all' })
  expect(await place.run(['drift'])).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/\nDrift: 0 to add, 1 to change, 0 to delete\.\n$/),
  })

  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  expect(await place.run(['drift'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/\nNo drift\.\n$/) })
})
