import { expect, it } from 'vitest'
import { type Workplace, workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

const TOKENS = { OCTOFORM_ENTERPRISE_TOKEN: 'token-of-an-enterprise' }
const APPLY = ['apply', '--auto-approve', '--allow', 'deletions=99,revocations=99,runner_moves=99']

async function began(seed: string, yaml: string) {
  const sandbox = await watchedSandbox({ seed })
  return { sandbox, place: both(await workplace(sandbox, { 'octoform.yaml': `version: 1\n${yaml}\n` }, TOKENS), yaml) }
}

/** With the enterprise, where there is one: a run without its name reads no more than its policy. */
function both(place: Workplace, yaml: string): Pick<Workplace, 'run'> {
  const owners = yaml.includes('enterprises:') ? ['--owner', 'enterprises/inc', '--owner', 'acme'] : []
  return {
    run: ([command = '', ...flags]) => place.run([command, ...(command === 'validate' ? [] : owners), ...flags]),
  }
}

it.each([
  ['organizations: { acme: {', '} }', '{ remove_runners: [r1] }'],
  ['organizations: { acme: {', '} }', '{ runners: [r2] }'],
  ['enterprises: { inc: { organizations: { acme: {} }, ', '} }', '{ remove_runners: [r1] }'],
])('a runner that is removed leaves its group by that: %s …%s %s', async (head, tail, group) => {
  const groups = 'runners: { r1: {}, r2: {} }, runner_groups: { gpu: { visibility: selected, runners: [r1, r2] } }'
  const above = head.startsWith('enterprises') ? 'organizations: { acme: {} }, ' : ''
  const seed = `{ ${above}${head}${groups}${tail} }`
  const { sandbox, place } = await began(
    seed,
    `${head}runners: { r1: absent }, runner_groups: { gpu: ${group} } ${tail}`,
  )
  expect(await place.run(APPLY)).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toHaveLength(1)
  expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
})

it('a group cannot hold a runner that is to be removed', async () => {
  const { sandbox, place } = await began(
    '{ organizations: { acme: { runners: { r1: {} }, runner_groups: { gpu: {} } } } }',
    'organizations: { acme: { runners: { r1: absent }, runner_groups: { gpu: { add_runners: [r1] } } } }',
  )
  const told = /octoform\.yaml:2:\d+: error: r1 is absent under runners: a group cannot hold what is removed/
  expect(await place.run(['validate'])).toMatchObject({ code: 1, stdout: expect.stringMatching(told) })
  expect(await place.run(APPLY)).toMatchObject({ code: 1 })
  expect(sandbox.writes()).toEqual([])
})

it.each([
  ['visibility: all', true],
  ['visibility: selected, organizations: [acme]', true],
  ['visibility: selected, organizations: [beta]', false],
])('a group of the name of one that the enterprise comes to share (%s)', async (shared, refused) => {
  const { sandbox, place } = await began(
    '{ organizations: { acme: {}, beta: {} }, enterprises: { inc: { organizations: { acme: {}, beta: {} } } } }',
    `enterprises: { inc: { runner_groups: { gpu: { ${shared} } }, organizations: { acme: { runner_groups: { gpu: { visibility: all } } }, beta: {} } } }`,
  )
  const told =
    'error: the enterprise shares a group named gpu with the organization, which cannot have another one of that name'
  const ran = await place.run(APPLY)
  expect(ran.code).toBe(refused ? 1 : 0)
  expect((ran.stdout + ran.stderr).includes(told)).toBe(refused)
  if (refused) expect(sandbox.writes()).toEqual([])
})

/** The repository has `write` of its own, which the enterprise hides, and opens in this run: the organization says nothing. */
it.each(['ghec', 'ghes-3.19'])(
  'a value that two levels hide is written before the upper one shows it (%s)',
  async (product) => {
    const own = 'workflow_permissions: { default_workflow_permissions: write }'
    const sandbox = await watchedSandbox({
      product,
      seed: `{ organizations: { acme: { ${own}, repositories: { web: { ${own} } } } }, enterprises: { inc: { organizations: { acme: {} }, workflow_permissions: { default_workflow_permissions: read } } } }`,
    })
    const wanted = 'workflow_permissions: { default_workflow_permissions: read }'
    const yaml = `version: 1\nenterprises: { inc: { ${own}, organizations: { acme: { repositories: { web: { ${wanted} } } } } } }\n`
    const place = both(await workplace(sandbox, { 'octoform.yaml': yaml }, TOKENS), yaml)
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toEqual([
      'PUT /repos/acme/web/actions/permissions/workflow',
      'PUT /enterprises/inc/actions/permissions/workflow',
    ])
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
  },
)

it('what two levels hide stays hidden where it cannot be written', async () => {
  const own = 'workflow_permissions: { default_workflow_permissions: write }'
  const { sandbox, place } = await began(
    `{ organizations: { acme: { ${own}, repositories: { web: { ${own} } } } }, enterprises: { inc: { organizations: { acme: {} }, workflow_permissions: { default_workflow_permissions: read } } } }`,
    `enterprises: { inc: { ${own}, organizations: { acme: { repositories: { web: { workflow_permissions: { default_workflow_permissions: read } } } } } } }`,
  )
  await sandbox.fault({ method: 'PUT', nth: 1, times: 3, status: 500 })
  expect(await place.run(APPLY)).toMatchObject({ code: 1 })
  expect([...new Set(sandbox.writes())]).toEqual(['PUT /repos/acme/web/actions/permissions/workflow'])
})

it('what becomes stricter two levels up bounds a repository in the same run', async () => {
  const { sandbox, place } = await began(
    '{ organizations: { acme: { workflow_permissions: { default_workflow_permissions: write }, repositories: { web: {} } } }, enterprises: { inc: { organizations: { acme: {} }, workflow_permissions: { default_workflow_permissions: write } } } }',
    'enterprises: { inc: { workflow_permissions: { default_workflow_permissions: read }, organizations: { acme: { repositories: { web: { workflow_permissions: { default_workflow_permissions: write } } } } } } }',
  )
  const ran = await place.run(APPLY)
  expect(ran).toMatchObject({ code: 1 })
  expect(ran.stdout + ran.stderr).toMatch(
    /default_workflow_permissions: write is more than the enterprise's read allows: see octoform\.yaml:2/,
  )
  expect(sandbox.writes()).toEqual([])
})

it.each(['all', 'protected_branches'])(
  'no list of patterns beside another policy is what GitHub shows (%s)',
  async (policy) => {
    const wanted = `{ deployment_branch_policy: ${policy}, deployment_branch_policies: [] }`
    const { sandbox, place } = await began(
      '{ organizations: { acme: { repositories: { web: { environments: { prod: { deployment_branch_policy: custom_branch_policies, deployment_branch_policies: [main] } } } } } } }',
      `organizations: { acme: { repositories: { web: { environments: { prod: ${wanted}, new: ${wanted} } } } } }`,
    )
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    const writes = sandbox.writes().length
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes()).toHaveLength(writes)
  },
)

it('a version of an image that has none is held back', async () => {
  const { sandbox, place } = await began(
    '{ product: ghec, organizations: { acme: { hosted_runners: { h1: { image: { id: ubuntu-22.04, source: github } } } } } }',
    'organizations: { acme: { hosted_runners: { h1: { image: { version: latest } } } } }',
  )
  const { code, stdout } = await place.run(APPLY)
  const told = 'only a custom image has versions to choose from, and GitHub shows one from github for h1'
  expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining(told) })
  expect(sandbox.writes()).toEqual([])
})

/** Of a list that has one owner all is one request; of a shared one the entries go, then the value changes, then entries come. */
it.each([
  ['repositories: [lib]', ['PATCH /orgs/acme/actions/variables/V']],
  [
    'add_repositories: [lib], remove_repositories: [web]',
    [
      'DELETE /orgs/acme/actions/variables/V/repositories/1001',
      'PATCH /orgs/acme/actions/variables/V',
      'PUT /orgs/acme/actions/variables/V/repositories/1002',
    ],
  ],
])('nobody reads a variable of whom it is neither before nor after (%s)', async (list, writes) => {
  const { sandbox, place } = await began(
    '{ organizations: { acme: { repositories: { web: {}, lib: {} }, variables: { V: { value: one, visibility: selected, repositories: [web] } } } } }',
    `organizations: { acme: { variables: { V: { value: two, ${list} } } } }`,
  )
  expect(await place.run(APPLY)).toMatchObject({ code: 0 })
  expect(sandbox.writes()).toEqual(writes)
  const { body } = await sandbox.call('GET', '/_sandbox/state')
  expect(body).toMatchObject({ organizations: { acme: { variables: { V: { value: 'two', repositories: ['lib'] } } } } })
})

it('a list of organizations needs the switch that brings it into force', async () => {
  const { sandbox, place } = await began(
    '{ organizations: { acme: {} }, enterprises: { inc: { organizations: { acme: {} }, runner_groups: { gpu: {} } } } }',
    'enterprises: { inc: { organizations: { acme: {} }, runner_groups: { gpu: { visibility: all, add_organizations: [acme] } } } }',
  )
  const ran = await place.run(['validate'])
  expect(ran).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('organizations needs visibility: selected, but it is all'),
  })
  expect(await place.run(APPLY)).toMatchObject({ code: 1 })
  expect(sandbox.writes()).toEqual([])
})

it.each([
  ['the YAML', 'allowed_actions: all', 'permissions: { allowed_actions: local_only }, ', 1],
  ['GitHub', 'allowed_actions: local_only', '', 2],
])('a list of actions under local_only of the enterprise, in %s', async (_, now, yaml, code) => {
  const { sandbox, place } = await began(
    `{ organizations: { acme: { permissions: { allowed_actions: selected } } }, enterprises: { inc: { organizations: { acme: {} }, permissions: { ${now} } } } }`,
    `enterprises: { inc: { ${yaml}organizations: { acme: { permissions: { selected_actions: { patterns_allowed: [] } } } } } }`,
  )
  const ran = await place.run(APPLY)
  expect(ran.code).toBe(code)
  expect(ran.stdout + ran.stderr).toMatch(
    /allowed_actions: selected(, which)? is looser than the enterprise's local_only/,
  )
  expect(sandbox.writes()).toEqual([])
})

/** The organization has it from the enterprise, as GitHub shows it, and would lose it with the enterprise's change. */
it.each([
  ['fork_pr_contributor_approval', 'approval_policy', 'first_time_contributors', 'all_external_contributors'],
  ['fork_pr_workflows_private_repos', 'require_approval_for_fork_pr_workflows', 'true', 'false'],
])(
  'what an organization has from its enterprise is written before that changes: %s',
  async (family, field, now, then) => {
    const { sandbox, place } = await began(
      `{ product: ghec, organizations: { acme: {} }, enterprises: { inc: { organizations: { acme: {} }, ${family}: { ${field}: ${now} } } } }`,
      `enterprises: { inc: { ${family}: { ${field}: ${then} }, organizations: { acme: { ${family}: { ${field}: ${now} } } } } }`,
    )
    expect(await place.run(APPLY)).toMatchObject({ code: 0 })
    expect(sandbox.writes().filter((write) => write.startsWith('PUT /orgs/acme/'))).toHaveLength(1)
    expect(await place.run(['plan'])).toMatchObject({ stdout: expect.stringMatching(/(^|\n)No changes\.\n$/) })
  },
)
