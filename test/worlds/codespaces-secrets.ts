import { type FamilyWorld, LIVE_VALUE } from './world.ts'

/** https://docs.github.com/rest/codespaces/organization-secrets, https://docs.github.com/rest/codespaces/repository-secrets */
export const codespacesSecretsWorld: FamilyWorld = {
  since: { '': ['ghec', 'dotcom'] },
  scopes: {
    organization: [
      {
        seed: {
          // Actions has secrets of the same names, which are others.
          secrets: { REGISTRY: { visibility: 'all', value: LIVE_VALUE } },
          codespaces_secrets: {
            REGISTRY: { visibility: 'selected', repositories: ['web', 'service-old'], value: LIVE_VALUE },
            MAVEN: { visibility: 'private', value: LIVE_VALUE },
            OPEN: { visibility: 'all', value: LIVE_VALUE },
            OLD: { visibility: 'private', value: LIVE_VALUE },
            TMP_OLD: { visibility: 'selected', repositories: [], value: LIVE_VALUE },
            UNMENTIONED: { visibility: 'all', value: LIVE_VALUE },
          },
        },
        stages: [
          {
            prune: ['codespaces_secrets/TMP_*'],
            codespaces_secrets: {
              npm_token: { visibility: 'selected', repositories: ['api', 'Service-*'], value: { env: 'PLANTED_ONE' } },
              NUGET: { visibility: 'private', value: { file: 'planted.key' } },
              NOBODY: { visibility: 'selected', repositories: [], value: { env: 'PLANTED_TWO' } },
              REGISTRY: { add_repositories: [{ topic: 'java' }], remove_repositories: ['web'] },
              MAVEN: { visibility: 'selected', repositories: ['api'], value: { env: 'PLANTED_THREE' } },
              OPEN: { visibility: 'private', value: { env: 'PLANTED_ONE' } },
              OLD: 'absent',
            },
          },
          {
            codespaces_secrets: {
              NPM_TOKEN: { repositories: ['web'], value: { env: 'PLANTED_TWO' } },
              NUGET: { visibility: 'all', value: { file: 'planted.key' } },
              REGISTRY: { repositories: ['api'] },
              OPEN: 'unmanaged',
            },
          },
        ],
      },
    ],
    repository: [
      {
        seed: {
          secrets: { REGISTRY: { value: LIVE_VALUE } },
          codespaces_secrets: { REGISTRY: { value: LIVE_VALUE }, OLD: { value: LIVE_VALUE } },
        },
        stages: [
          {
            codespaces_secrets: {
              npm_token: { value: { env: 'PLANTED_ONE' } },
              REGISTRY: { value: { file: 'keys/other.key' } },
              OLD: 'absent',
            },
          },
          { codespaces_secrets: { NPM_TOKEN: 'absent', REGISTRY: { value: { env: 'PLANTED_TWO' } } } },
        ],
      },
    ],
  },
}
