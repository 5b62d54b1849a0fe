import { expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const YAML = `version: 1
organizations: { acme: { permissions: { enabled_repositories: none } } }
`

it('a base commit for another product does not stop the change that mends it', async () => {
  const sandbox = await watchedSandbox({ seed: { product: 'ghec', organizations: { acme: {} } } })
  const place = await workplace(sandbox, {
    'octoform.yaml': YAML,
    'base/octoform.yaml': `${YAML}github: { product: ghes-3.10 }\n`,
  })
  const { code, stdout, stderr } = await place.run(['plan', '--base', 'base'])
  expect(stderr).toContain('github.product is ghes-3.10')
  expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
    code: 0,
    last: 'Plan: 0 to add, 1 to change, 0 to delete.',
  })
})
