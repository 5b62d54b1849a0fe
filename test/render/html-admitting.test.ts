import { expect, it } from 'vitest'
import { planOfOwner } from '../../src/core/plan-of-owner.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const MAIN = { deployment_branch_policy: 'custom_branch_policies', deployment_branch_policies: ['main'] }
const SEED = {
  organizations: {
    acme: {
      repositories: {
        site: { visibility: 'public', environments: { prod: MAIN } },
        web: { environments: { prod: {}, old: { deployment_branch_policy: 'protected_branches' }, same: {} } },
      },
    },
    beta: { repositories: { tool: {} } },
  },
}
const YAML = `version: 1
organizations:
  acme:
    repositories:
      site: { environments: { prod: { deployment_branch_policies: [main, "release/*", { tag: "v*" }] } } }
      web: { environments: { prod: { deployment_branch_policies: [] }, old: absent, same: { wait_timer: 0 } } }
  beta: { repositories: { tool: { environments: { new: {} } } } }
`
const WEB = 'repos/acme/web/environments'
const SITE = { address: 'repos/acme/site/environments/prod', before: 'main', after: 'main, release/*, tag:v*' }
const TOOL = {
  address: 'repos/beta/tool/environments/new',
  visibility: 'private',
  before: null,
  after: 'any branch and tag',
}

it('the branches that may deploy to each environment that changes stand beside the access, public ones first', async () => {
  const sandbox = await watchedSandbox({ seed: SEED, product: 'ghec' })
  const place = await workplace(sandbox, { 'octoform.yaml': YAML })
  const plan = await place.plan()
  expect(plan.reach?.admitting).toEqual([
    { ...SITE, visibility: 'public' },
    { address: `${WEB}/old`, visibility: 'private', before: 'protected branches', after: null },
    { address: `${WEB}/prod`, visibility: 'private', before: 'any branch and tag', after: 'no branch or tag' },
    TOOL,
  ])
  expect(planOfOwner(plan, 'beta').reach?.admitting).toEqual([TOOL])
  const { stdout } = await place.run(['plan', '--format', 'html'])
  const table = stdout.slice(stdout.indexOf('id="access-branches"'))
  const rows = [...table.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([, row = '']) =>
    row.replace(/<[^>]*>/g, ' '),
  )
  expect(rows.map((row) => row.replace(/ +/g, ' ').trim())).toEqual([
    'public repos/acme/site/environments/prod main main, release/*, tag:v*',
    `${WEB}/old protected branches not there`,
    `${WEB}/prod any branch and tag no branch or tag`,
    'repos/beta/tool/environments/new not there any branch and tag',
  ])
})

it('a plan in which no environment changes has no such table', async () => {
  const sandbox = await watchedSandbox({ seed: SEED, product: 'ghec' })
  const yaml = 'version: 1\nrepositories: { acme/web: { environments: { same: { wait_timer: 0 } } } }\n'
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  expect((await place.plan()).reach?.admitting).toBeUndefined()
  expect((await place.run(['plan', '--format', 'html'])).stdout).not.toContain('access-branches')
})
