import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { checkCase } from '../property/check-steps.ts'
import { workplace } from '../support/octoform.ts'
import { watchedSandbox } from '../support/watched-sandbox.ts'

interface Row {
  readonly organization: object
  readonly repository?: object
  readonly wants: object
  readonly below?: object
  readonly holds: object
}

const ACTIONS = { github_owned_allowed: true, verified_allowed: false, patterns_allowed: ['docker/*'] }

// An organization's policy and a repository's change in one run: GitHub shows the effective setting, not the
// repository's own.
it.each<[string, Row]>([
  [
    'pinning is given up above and kept below',
    {
      organization: { sha_pinning_required: true },
      wants: { sha_pinning_required: false },
      below: { sha_pinning_required: true },
      holds: { enabled: true, sha_pinning_required: true },
    },
  ],
  [
    'Actions is switched on above and stays off below',
    {
      organization: { enabled_repositories: 'none' },
      wants: { enabled_repositories: 'all', allowed_actions: 'all' },
      below: { enabled: false },
      holds: { enabled: false },
    },
  ],
  [
    'fewer actions are allowed above, and the repository carries what it had',
    {
      organization: { allowed_actions: 'all' },
      wants: { allowed_actions: 'local_only' },
      below: { sha_pinning_required: true },
      holds: { allowed_actions: 'local_only', sha_pinning_required: true },
    },
  ],
  [
    'Actions is switched off above, and the repository carries that it was on',
    {
      organization: { enabled_repositories: 'all' },
      wants: { enabled_repositories: 'none' },
      below: { sha_pinning_required: true },
      holds: { enabled: false, sha_pinning_required: true },
    },
  ],
  [
    'a repository joins the list and says which actions may run',
    {
      organization: { enabled_repositories: 'selected', repositories: ['api'] },
      wants: { enabled_repositories: 'selected', repositories: ['web'] },
      below: { enabled: true, allowed_actions: 'local_only', sha_pinning_required: true },
      holds: { enabled: true, allowed_actions: 'local_only', sha_pinning_required: true },
    },
  ],
  [
    'a repository that is off is enabled by the list that takes the place of all',
    {
      organization: { enabled_repositories: 'all' },
      repository: { enabled: false },
      wants: { enabled_repositories: 'selected', repositories: ['web'] },
      below: { allowed_actions: 'local_only' },
      holds: { enabled: true, allowed_actions: 'local_only' },
    },
  ],
  [
    'the list of actions above ends, and the repository has one of its own',
    {
      organization: { allowed_actions: 'selected', selected_actions: ACTIONS },
      repository: { allowed_actions: 'selected' },
      wants: { allowed_actions: 'all' },
      below: { allowed_actions: 'selected', selected_actions: { ...ACTIONS, patterns_allowed: [] } },
      holds: { allowed_actions: 'selected' },
    },
  ],
  [
    'a list gets shorter while the actions are chosen',
    {
      organization: { enabled_repositories: 'selected', repositories: ['api', 'web'], allowed_actions: 'local_only' },
      wants: {
        enabled_repositories: 'selected',
        repositories: ['web'],
        allowed_actions: 'selected',
        selected_actions: ACTIONS,
      },
      holds: { enabled: true, allowed_actions: 'selected' },
    },
  ],
])('%s', async (_, { organization, repository = {}, wants, below, holds }) => {
  const acme = { permissions: organization, repositories: { api: {}, web: { permissions: repository } } }
  const sandbox = await watchedSandbox({ seed: { organizations: { acme } } })
  const desired = { permissions: wants, repositories: below ? { web: { permissions: below } } : {} }
  const yaml = stringify({ version: 1, organizations: { acme: desired } }, { aliasDuplicateObjects: false })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  const applied = await place.run(['apply', '--auto-approve'])
  expect(applied, applied.stdout + applied.stderr).toMatchObject({ code: 0 })
  expect((await sandbox.call('GET', '/repos/acme/web/actions/permissions')).body).toMatchObject(holds)
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
})

it.each(['local_only', 'selected'])(
  'a repository that its list enables is held to its own actions at once: %s',
  async (allowed) => {
    const own =
      allowed === 'selected'
        ? { allowed_actions: allowed, selected_actions: { ...ACTIONS, github_owned_allowed: false } }
        : { allowed_actions: allowed }
    const seed = {
      organizations: {
        acme: {
          permissions: { enabled_repositories: 'all', allowed_actions: 'local_only' },
          repositories: { web: { permissions: { enabled: false } } },
        },
      },
    }
    const desired = {
      permissions: { repositories: ['web'], allowed_actions: 'all' },
      repositories: { web: { permissions: { enabled: true, ...own } } },
    }
    const yaml = stringify({ version: 1, organizations: { acme: desired } }, { aliasDuplicateObjects: false })
    expect((await checkCase({ seed, product: 'ghec', yaml }, () => 0)).worlds).toBe(1)
  },
)

const LISTED_ALONE = { allowed_actions: 'selected', selected_actions: { ...ACTIONS, github_owned_allowed: false } }

const LISTED = { allowed_actions: 'selected', selected_actions: { ...ACTIONS, patterns_allowed: ['!acme/bad@*'] } }

/** A list of actions holds in each repository, in place of its own: those that leave are gone before, and those that come come after. */
it.each<[string, object, object, object, object]>([
  [
    'a list of actions comes, and it is switched off',
    { allowed_actions: 'all' },
    { allowed_actions: 'selected', selected_actions: ACTIONS },
    { allowed_actions: 'local_only' },
    { enabled: false },
  ],
  [
    'a list of actions comes, and it is not on the list of repositories',
    { allowed_actions: 'all' },
    { repositories: ['api'], allowed_actions: 'selected', selected_actions: ACTIONS },
    { allowed_actions: 'local_only' },
    {},
  ],
  [
    'a list of actions comes, and it leaves the list of repositories',
    { enabled_repositories: 'selected', repositories: ['api', 'web'], allowed_actions: 'all' },
    { repositories: ['api'], allowed_actions: 'selected', selected_actions: ACTIONS },
    { allowed_actions: 'local_only' },
    {},
  ],
  [
    'a list of actions ends, and the list of repositories enables it',
    { allowed_actions: 'selected', selected_actions: ACTIONS },
    { repositories: ['web'], allowed_actions: 'all' },
    { enabled: false, allowed_actions: 'local_only' },
    {},
  ],
  [
    'a list of actions ends, and it leaves the list of repositories that others come to',
    { repositories: ['web', 'api'], enabled_repositories: 'selected', ...LISTED_ALONE },
    { repositories: ['api', 'mail'], allowed_actions: 'all' },
    { allowed_actions: 'all' },
    {},
  ],
  [
    'the list of repositories enables it, and it forbids actions',
    { allowed_actions: 'all' },
    { repositories: ['web'], allowed_actions: 'all' },
    { enabled: false, allowed_actions: 'all' },
    { allowed_actions: 'local_only' },
  ],
  [
    'the list of repositories enables it below a list of actions, and it has one of its own then',
    { allowed_actions: 'selected', selected_actions: ACTIONS },
    { repositories: ['web'], allowed_actions: 'all' },
    { enabled: false, allowed_actions: 'all' },
    LISTED_ALONE,
  ],
  [
    'pinning ends with a list of actions, and it keeps both from more',
    { allowed_actions: 'selected', selected_actions: ACTIONS, sha_pinning_required: true },
    { allowed_actions: 'all', sha_pinning_required: false },
    { allowed_actions: 'local_only', sha_pinning_required: true },
    { ...LISTED_ALONE, sha_pinning_required: true },
  ],
  [
    'it comes to the list of repositories, and pins',
    { enabled_repositories: 'selected', repositories: ['api'], ...LISTED_ALONE },
    { repositories: ['web'], allowed_actions: 'all' },
    { allowed_actions: 'all', sha_pinning_required: false },
    { sha_pinning_required: true },
  ],
  [
    'Actions is switched on above without pinning, which it keeps',
    { enabled_repositories: 'none', sha_pinning_required: true },
    { enabled_repositories: 'all', allowed_actions: 'all', sha_pinning_required: false },
    { allowed_actions: 'selected', selected_actions: ACTIONS, sha_pinning_required: false },
    { enabled: true, allowed_actions: 'all', sha_pinning_required: true },
  ],
])('a repository beside its organization: %s', async (_, above, wanted, own, below) => {
  const repositories = { web: { visibility: 'private', permissions: own }, api: {}, mail: {} }
  const seed = { organizations: { acme: { permissions: above, repositories } } }
  const wishes = Object.keys(below).length > 0 ? { web: { permissions: below } } : {}
  const desired = { permissions: wanted, repositories: wishes }
  const yaml = stringify({ version: 1, organizations: { acme: desired } }, { aliasDuplicateObjects: false })
  expect((await checkCase({ seed, product: 'ghec', yaml }, () => 0)).worlds).toBe(1)
})

/** One request would do both, after the organization opened: what it forbids is written before. */
it.each<[string, object, object, object, object]>([
  [
    'a longer list of actions above',
    { ...LISTED, sha_pinning_required: false },
    { selected_actions: { add_patterns_allowed: ['acme/*@v1'] } },
    { allowed_actions: 'selected', sha_pinning_required: true },
    { allowed_actions: 'local_only', sha_pinning_required: false },
  ],
  [
    'pinning that ends above',
    { allowed_actions: 'all', sha_pinning_required: true },
    { sha_pinning_required: false },
    { allowed_actions: 'all', sha_pinning_required: false },
    { allowed_actions: 'local_only', sha_pinning_required: false },
  ],
  [
    'pinning that ends above, and a list below',
    { allowed_actions: 'all', sha_pinning_required: true },
    { sha_pinning_required: false },
    { allowed_actions: 'all', sha_pinning_required: false },
    { ...LISTED, sha_pinning_required: false },
  ],
])('a repository that forbids one thing and allows another beside %s', async (_, above, wanted, own, below) => {
  const web = { visibility: 'private', permissions: own }
  const seed = { organizations: { acme: { permissions: above, repositories: { web } } } }
  const desired = { permissions: wanted, repositories: { web: { permissions: below } } }
  const yaml = stringify({ version: 1, organizations: { acme: desired } }, { aliasDuplicateObjects: false })
  expect((await checkCase({ seed, product: 'ghec', yaml }, () => 0)).worlds).toBe(1)
})

it('a repository that comes to the list is never held to a list of actions that ends', async () => {
  const permissions = { ...LISTED, enabled_repositories: 'selected', repositories: ['api'] }
  const acme = { permissions, repositories: { api: {}, web: { permissions: { enabled: false, ...LISTED_ALONE } } } }
  const wanted = { enabled_repositories: 'selected', repositories: ['api', 'web'], allowed_actions: 'all' }
  const yaml = stringify({ version: 1, organizations: { acme: { permissions: wanted } } })
  const { worlds } = await checkCase({ seed: { organizations: { acme } }, product: 'ghec', yaml }, () => 0)
  expect(worlds).toBe(1)
})

it('a group that lets one runner go does not take back another that moved away', async () => {
  const seed = {
    organizations: {
      acme: {
        runners: { r1: {}, r2: {} },
        runner_groups: { old: { visibility: 'all', runners: ['r1', 'r2'] }, taker: { visibility: 'all' } },
      },
    },
  }
  const sandbox = await watchedSandbox({ seed })
  const yaml = `version: 1
organizations: { acme: { runner_groups: { old: { remove_runners: [r1] }, taker: { runners: [r2] } } } }
`
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  const { organizations } = sandbox.state() as { organizations: { acme: { runner_groups: object } } }
  expect(organizations.acme.runner_groups).toMatchObject({
    Default: { runners: ['r1'] },
    old: { runners: [] },
    taker: { runners: ['r2'] },
  })
  expect(await place.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 })
})

it('workflows that are added to a shared list arrive, and the others stay', async () => {
  const workflow = (name: string): string => `acme/web/.github/workflows/${name}.yml@v1`
  const group = { visibility: 'all', restricted_to_workflows: true, selected_workflows: [workflow('a'), workflow('b')] }
  const sandbox = await watchedSandbox({ seed: { organizations: { acme: { runner_groups: { gpu: group } } } } })
  const edit = { add_selected_workflows: [workflow('c')], remove_selected_workflows: [workflow('a')] }
  const yaml = stringify({ version: 1, organizations: { acme: { runner_groups: { gpu: edit } } } })
  const place = await workplace(sandbox, { 'octoform.yaml': yaml })
  expect(await place.run(['apply', '--auto-approve'])).toMatchObject({ code: 0 })
  const { organizations } = sandbox.state() as { organizations: { acme: { runner_groups: object } } }
  expect(organizations.acme.runner_groups).toMatchObject({
    gpu: { selected_workflows: [workflow('b'), workflow('c')] },
  })
})
