import { expect, it } from 'vitest'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

// A list of which nothing can be found is lacked by a product like any other.
it.each([
  ['an App that is not there', 'deployment_protection_rules: [nowhere]', 'deployment_protection_rules', 'ghes-3.8'],
  ['added to what GitHub has', 'add_deployment_protection_rules: [nowhere]', 'deployment_protection_rules', 'ghes-3.4'],
  [
    'patterns beside it',
    'deployment_branch_policies: [main], deployment_protection_rules: [nowhere]',
    'deployment_protection_rules',
    'ghes-3.4',
  ],
])(
  'a list of Apps on a release without it is told with its line, and asks for no App: %s',
  async (_, yaml, field, product) => {
    const seed = { organizations: { acme: { repositories: { web: { environments: { prod: {} } } } } } }
    const sandbox = await watchedSandbox({ seed, product })
    const place = await workplace(sandbox, {
      'octoform.yaml': `version: 1
organizations:
  acme:
    repositories:
      web:
        environments:
          prod: { ${yaml} }
`,
    })
    const { diagnostics, held_back: held } = await place.plan()
    expect(diagnostics).toEqual([
      {
        severity: 'error',
        address: 'repos/acme/web/environments/prod',
        message: expect.stringMatching(new RegExp(`^environments\\.${field}: ${product} does not have it`)),
        source: { file: 'octoform.yaml', line: 7, col: expect.any(Number) },
      },
    ])
    expect(held).toEqual([])
    expect(sandbox.asked.filter(({ path }) => path.startsWith('/apps/'))).toEqual([])
  },
)
