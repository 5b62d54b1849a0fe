import { type FamilyWorld, ORGANIZATIONS, type ScopeWorld } from './world.ts'

const runner = (id: number) => ({ id, os: 'linux', status: 'online', busy: false, labels: ['gpu'] })

/** GitHub AE has none of the fields that came after 2022, and takes no list of what may use a group. */
const LACKING: FamilyWorld['since'] = {
  repositories: [3, 4],
  organizations: [3, 4],
  inherited: [3, 4],
}

/** An enterprise's: what is in a group is shown, and which organizations may use it is not. */
export const AE_ENTERPRISE_GROUPS: ScopeWorld = {
  on: ['ghae-2021', 'ghae'],
  since: LACKING,
  ae: { '': ['ghae'], allows_public_repositories: ['ghae'] },
  seed: {
    organizations: ORGANIZATIONS.seed,
    runners: { one: runner(1), two: runner(2) },
    runner_groups: {
      'The default': { id: 1, default: true, visibility: 'all' },
      gpu: { id: 2, visibility: 'selected', organizations: ['acme'], runners: ['one'] },
      'tmp/a b': { id: 3, visibility: 'selected', organizations: ['acme'] },
    },
  },
  stages: [
    {
      organizations: ORGANIZATIONS.named,
      prune: ['runner_groups/tmp*'],
      runner_groups: {
        gpu: {
          visibility: 'selected',
          organizations: ['acme'],
          runners: ['one', 'two'],
          allows_public_repositories: true,
        },
        new: { visibility: 'all', restricted_to_workflows: true },
      },
    },
    { runner_groups: { cuda: { renamed_from: 'gpu', visibility: 'all', runners: ['two'] }, new: 'absent' } },
  ],
}

/** An organization's: neither what may use a group is shown, nor what is in it. */
export const AE_GROUPS: ScopeWorld = {
  on: ['ghae'],
  since: { ...LACKING, runners: [3, 4] },
  ae: { allows_public_repositories: ['ghae'], repositories: ['ghae'], runners: ['ghae'] },
  seed: {
    runners: { one: runner(1) },
    runner_groups: {
      'The default': { id: 1, default: true, visibility: 'all' },
      gpu: { id: 2, visibility: 'selected', repositories: ['web'], runners: ['one'] },
      open: { id: 3, visibility: 'all', allows_public_repositories: true },
      'tmp/a b': { id: 4, visibility: 'selected', repositories: ['web'] },
    },
  },
  stages: [
    {
      prune: ['runner_groups/tmp*'],
      runner_groups: {
        gpu: { visibility: 'selected', allows_public_repositories: true },
        made: { visibility: 'selected', repositories: ['web', 'service-*'], runners: ['one'] },
        open: { allows_public_repositories: false },
        nobody: { visibility: 'selected', selected_workflows: [], restricted_to_workflows: true },
        closed: { visibility: 'private' },
        shared: { inherited: true },
      },
    },
    { runner_groups: { cuda: { renamed_from: 'gpu', visibility: 'all' }, open: 'absent' } },
  ],
}

const CREATE = '/orgs/{org}/actions/runner-groups'
const CREATED = { runner_groups: { gpu: { visibility: 'selected', repositories: ['web'] } } }

/** An organization's on the first generation: no group is shown, and a list of repositories is taken with the create alone. */
export const HIDDEN_GROUPS: ScopeWorld = {
  on: ['ghae-2021'],
  since: { ...LACKING, runners: [3, 4] },
  ae: { '': ['ghae-2021'], repositories: ['ghae-2021'] },
  seed: { runner_groups: { 'The default': { id: 1, default: true, visibility: 'all' }, unmentioned: { id: 2 } } },
  stages: [
    {
      runner_groups: {
        gpu: { visibility: 'selected', repositories: ['web', 'service-*'], allows_public_repositories: true },
        open: { visibility: 'all' },
        'a/b c': { visibility: 'private', restricted_to_workflows: true },
        nobody: { visibility: 'selected', runners: [] },
        shared: { inherited: true },
      },
    },
    {
      runner_groups: {
        wide: { renamed_from: 'open', visibility: 'private' },
        'a/b c': { visibility: 'all' },
        nobody: 'absent',
      },
    },
    { runner_groups: { gpu: 'absent', wide: 'unmanaged' } },
  ],
  faults: [
    {
      name: 'a group that may not be created',
      stage: CREATED,
      answer: { method: 'POST', route: CREATE, status: 403, body: { message: 'Runners are disabled.' } },
      code: 1,
      told: /Runners are disabled/,
    },
    {
      name: 'a create that the server fails at',
      stage: CREATED,
      answer: { method: 'POST', route: CREATE, status: 502 },
      code: 1,
      told: /502/,
    },
    {
      name: 'a name that is taken',
      stage: { runner_groups: { unmentioned: { visibility: 'all' } } },
      lookUps: ['POST /orgs/acme/actions/runner-groups'],
      code: 1,
      told: /already exists.* octoform ledger adopt orgs\/acme\/runner_groups\/unmentioned=ID/,
    },
  ],
}
