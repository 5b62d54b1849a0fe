import { type FamilyWorld, ORGANIZATIONS } from './world.ts'

const SOME_ACTIONS = {
  github_owned_allowed: true,
  verified_allowed: true,
  patterns_allowed: ['docker/*', 'acme/*@v1', '!acme/broken@*'],
}

/** https://docs.github.com/rest/actions/permissions */
export const permissionsWorld: FamilyWorld = {
  since: {
    '': [3, 4],
    sha_pinning_required: [3, 19],
    'selected_actions.verified_allowed': [3, 13],
  },
  ae: { '': ['ghae-2021', 'ghae'], 'selected_actions.verified_allowed': ['ghae-2021', 'ghae'] },
  scopes: {
    enterprise: [
      {
        ae: { '': ['ghae'] },
        seed: {
          organizations: ORGANIZATIONS.seed,
          permissions: { enabled_organizations: 'all', allowed_actions: 'all' },
        },
        stages: [
          {
            organizations: ORGANIZATIONS.named,
            permissions: {
              enabled_organizations: 'selected',
              organizations: ['Acme', 'team-*', '!team-old'],
              allowed_actions: 'selected',
              sha_pinning_required: true,
              selected_actions: SOME_ACTIONS,
            },
          },
          {
            organizations: ORGANIZATIONS.named,
            permissions: {
              add_organizations: ['team-old'],
              remove_organizations: ['acme'],
              selected_actions: { github_owned_allowed: false, add_patterns_allowed: ['monalisa/octocat@v2'] },
            },
          },
          { permissions: { organizations: [], selected_actions: { patterns_allowed: [] } } },
          { permissions: { enabled_organizations: 'none' } },
          { permissions: { enabled_organizations: 'all', allowed_actions: 'local_only', sha_pinning_required: false } },
        ],
      },
    ],
    organization: [
      {
        seed: { permissions: { enabled_repositories: 'all', allowed_actions: 'all' } },
        stages: [
          {
            permissions: {
              enabled_repositories: 'selected',
              repositories: ['web', 'service-*', '!service-old', { topic: 'java' }],
              allowed_actions: 'selected',
              sha_pinning_required: true,
              selected_actions: SOME_ACTIONS,
            },
          },
          {
            permissions: {
              add_repositories: ['a-fork'],
              remove_repositories: ['web'],
              selected_actions: {
                github_owned_allowed: false,
                add_patterns_allowed: ['monalisa/octocat@v2'],
                remove_patterns_allowed: ['docker/*'],
              },
            },
          },
          { permissions: { repositories: [], selected_actions: { patterns_allowed: [], verified_allowed: false } } },
          { permissions: { enabled_repositories: 'none' } },
          { permissions: { enabled_repositories: 'all', allowed_actions: 'local_only', sha_pinning_required: false } },
        ],
      },
      {
        // The policy above, which decides there, is none that the reference of 2021 has.
        notOn: ['ghae-2021'],
        above: {
          permissions: {
            enabled_organizations: 'selected',
            organizations: ['acme'],
            allowed_actions: 'selected',
            selected_actions: { github_owned_allowed: true, patterns_allowed: ['docker/*'] },
          },
        },
        seed: { permissions: { enabled_repositories: 'all', allowed_actions: 'all' } },
        stages: [
          { permissions: { enabled_repositories: 'none' } },
          { permissions: { enabled_repositories: 'selected', repositories: ['web'], allowed_actions: 'selected' } },
        ],
      },
    ],
    repository: [
      {
        seed: { permissions: { enabled: true, allowed_actions: 'all' } },
        stages: [
          {
            permissions: {
              enabled: true,
              allowed_actions: 'selected',
              sha_pinning_required: true,
              selected_actions: {
                github_owned_allowed: true,
                verified_allowed: true,
                patterns_allowed: ['docker/*', 'acme/*@v1'],
              },
            },
          },
          { permissions: { selected_actions: { verified_allowed: false, github_owned_allowed: false } } },
          { permissions: { enabled: false } },
          { permissions: { enabled: true, allowed_actions: 'local_only', sha_pinning_required: false } },
        ],
      },
      {
        above: {
          permissions: {
            enabled_repositories: 'selected',
            repositories: ['web'],
            allowed_actions: 'selected',
            selected_actions: { github_owned_allowed: true, patterns_allowed: ['docker/*'] },
          },
        },
        seed: { permissions: { enabled: true, allowed_actions: 'all' } },
        stages: [{ permissions: { enabled: false } }, { permissions: { enabled: true, allowed_actions: 'selected' } }],
      },
    ],
  },
}
