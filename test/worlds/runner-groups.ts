import { AE_ENTERPRISE_GROUPS, AE_GROUPS, HIDDEN_GROUPS } from './runner-groups-ae.ts'
import { type FamilyWorld, ORGANIZATIONS } from './world.ts'

const WORKFLOWS = ['acme/web/.github/workflows/build.yml@refs/heads/main', 'acme/api/.github/workflows/test.yaml@v1']
const NETWORKS = { 'vnet one': { id: '934E208B3EE0BD60' }, 'vnet two': { id: '12E5' } }
const runner = (id: number) => ({ id, os: 'linux', status: 'online', busy: false, labels: ['gpu'] })

/** https://docs.github.com/rest/actions/self-hosted-runner-groups */
export const runnerGroupsWorld: FamilyWorld = {
  since: {
    '': [2, 22],
    allows_public_repositories: [3, 4],
    restricted_to_workflows: [3, 5],
    selected_workflows: [3, 5],
    network_configuration_id: ['ghec', 'dotcom'],
  },
  scopes: {
    enterprise: [
      AE_ENTERPRISE_GROUPS,
      {
        notOn: ['ghae-2021', 'ghae'],
        seed: {
          organizations: ORGANIZATIONS.seed,
          network_configurations: NETWORKS,
          runners: { 'gpu-01': runner(1), 'gpu-02': runner(2), 'arm-01': runner(3), 'arm-02': runner(4) },
          runner_groups: {
            'The default': { id: 1, default: true, visibility: 'all' },
            shared: { id: 2, visibility: 'selected', organizations: ['acme', 'beta'], runners: ['arm-01'] },
            exact: {
              id: 3,
              visibility: 'all',
              allows_public_repositories: true,
              runners: ['arm-02'],
              network_configuration_id: '12E5',
            },
            old: { id: 4, visibility: 'all', runners: ['gpu-01'] },
            'tmp/a b': { id: 5, visibility: 'selected', organizations: ['acme'] },
            unmentioned: { id: 6, visibility: 'all', runners: ['gpu-02'], network_configuration_id: '12E5' },
          },
        },
        stages: [
          {
            organizations: ORGANIZATIONS.named,
            prune: ['runner_groups/tmp*'],
            runner_groups: {
              'The default': { visibility: 'selected', organizations: ['Acme'] },
              gpu: {
                visibility: 'selected',
                organizations: ['team-*', '!team-old'],
                runners: ['gpu-01', 'gpu-02'],
                allows_public_repositories: true,
                restricted_to_workflows: true,
                selected_workflows: WORKFLOWS,
                network_configuration_id: '934E208B3EE0BD60',
              },
              open: { visibility: 'all' },
              nobody: { visibility: 'selected', organizations: [], network_configuration_id: 'none' },
              shared: {
                add_organizations: ['team-one'],
                remove_organizations: ['acme'],
                add_runners: ['arm-02'],
                remove_runners: ['arm-01'],
              },
              exact: {
                visibility: 'selected',
                organizations: ['acme', 'beta'],
                runners: [],
                allows_public_repositories: false,
                network_configuration_id: 'none',
              },
              old: 'absent',
            },
          },
          {
            organizations: ORGANIZATIONS.named,
            runner_groups: {
              'The default': { visibility: 'all' },
              gpu: {
                organizations: [],
                runners: ['gpu-02', 'arm-01'],
                network_configuration_id: '12E5',
                add_selected_workflows: ['acme/web/.github/workflows/new.yml@refs/tags/v1'],
                remove_selected_workflows: WORKFLOWS.slice(1),
              },
              open: { visibility: 'selected', organizations: ['beta'], network_configuration_id: '12E5' },
              nobody: { add_organizations: ['team-old'] },
            },
          },
          {
            runner_groups: {
              cuda: { renamed_from: 'gpu', restricted_to_workflows: false },
              open: { allows_public_repositories: true },
            },
          },
        ],
      },
    ],
    organization: [
      AE_GROUPS,
      HIDDEN_GROUPS,
      {
        notOn: ['ghae-2021', 'ghae'],
        seed: {
          network_configurations: NETWORKS,
          runners: {
            'gpu-01': runner(1),
            'gpu-02': runner(2),
            'GPU-02': runner(3),
            'arm-01': runner(4),
            'arm-02': runner(5),
          },
          runner_groups: {
            'The default': { id: 1, default: true, visibility: 'all' },
            shared: { id: 2, visibility: 'selected', repositories: ['web', 'api'], runners: ['arm-01'] },
            exact: {
              id: 3,
              visibility: 'all',
              allows_public_repositories: true,
              runners: ['arm-02'],
              network_configuration_id: '12E5',
            },
            old: { id: 4, visibility: 'all', runners: ['gpu-01'] },
            'tmp/a b': { id: 5, visibility: 'selected', repositories: ['web'] },
            unmentioned: { id: 6, visibility: 'private', runners: ['gpu-02'] },
            'of the enterprise': { id: 7, visibility: 'all', inherited: true },
            'of the enterprise, too': { id: 8, visibility: 'selected', repositories: ['web'], inherited: true },
          },
        },
        stages: [
          {
            prune: ['runner_groups/tmp*'],
            runner_groups: {
              'The default': { visibility: 'selected', repositories: ['api', 'service-*'] },
              gpu: {
                visibility: 'selected',
                repositories: ['service-*', '!service-old', { topic: 'node' }],
                runners: ['gpu-01', 'GPU-02'],
                allows_public_repositories: true,
                restricted_to_workflows: true,
                selected_workflows: WORKFLOWS,
                network_configuration_id: '934E208B3EE0BD60',
              },
              GPU: { visibility: 'all' },
              closed: { visibility: 'private', runners: [] },
              nobody: { visibility: 'selected', repositories: [] },
              shared: {
                add_repositories: ['service-mail'],
                remove_repositories: ['web'],
                add_runners: ['arm-02'],
                remove_runners: ['arm-01'],
              },
              exact: {
                visibility: 'selected',
                repositories: ['api', 'web'],
                runners: [],
                allows_public_repositories: false,
                network_configuration_id: 'none',
              },
              old: 'absent',
              'of the enterprise': { inherited: true, repositories: ['api', 'service-*'] },
              'of the enterprise, too': { inherited: true, add_repositories: ['api'] },
            },
          },
          {
            runner_groups: {
              'The default': { visibility: 'all', allows_public_repositories: true },
              gpu: {
                repositories: [],
                runners: ['GPU-02', 'arm-01'],
                network_configuration_id: '12E5',
                add_selected_workflows: ['acme/web/.github/workflows/new.yml@refs/tags/v1'],
                remove_selected_workflows: WORKFLOWS.slice(1),
              },
              GPU: { visibility: 'private' },
              closed: { visibility: 'all', network_configuration_id: '12E5' },
              nobody: { add_repositories: ['service-old'] },
              shared: { repositories: ['web'] },
              'of the enterprise': { inherited: true, repositories: [] },
              'of the enterprise, too': { inherited: true, remove_repositories: ['web'] },
            },
          },
          {
            runner_groups: {
              gpu: { restricted_to_workflows: false },
              everybody: { renamed_from: 'nobody' },
              'a/b': { renamed_from: 'closed', runners: ['arm-01'] },
            },
          },
        ],
      },
    ],
  },
}
