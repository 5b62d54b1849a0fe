import { type FamilyWorld, LIVE_VALUE } from './world.ts'

/** https://docs.github.com/rest/actions/secrets */
export const secretsWorld: FamilyWorld = {
  since: { '': [2, 22] },
  scopes: {
    organization: [
      {
        seed: {
          secrets: {
            SHARED: { visibility: 'selected', repositories: ['web', 'api'], value: LIVE_VALUE },
            EXACT: { visibility: 'selected', repositories: ['service-old'], value: LIVE_VALUE },
            OPEN: { visibility: 'private', value: LIVE_VALUE },
            TO_NARROW: { visibility: 'all', value: LIVE_VALUE },
            OLD: { visibility: 'all', value: LIVE_VALUE },
            PAY_OLD: { visibility: 'selected', repositories: ['api'], value: LIVE_VALUE },
            UNMENTIONED: { visibility: 'all', value: LIVE_VALUE },
          },
        },
        stages: [
          {
            prune: ['secrets/PAY_*'],
            secrets: {
              npm_token: {
                visibility: 'selected',
                repositories: [
                  'web',
                  'Service-*',
                  '!service-old',
                  { visibility: ['internal', 'private'], topic: 'java' },
                ],
                value: { env: 'PLANTED_ONE' },
              },
              EVERYBODY: { visibility: 'all', value: { env: 'PLANTED_TWO' } },
              PRIVATE: { visibility: 'private', value: { file: 'planted.key' } },
              NOBODY: { visibility: 'selected', repositories: [], value: { file: 'keys/other.key' } },
              SHARED: { add_repositories: ['service-mail', 'a-fork'], remove_repositories: ['web'] },
              EXACT: { visibility: 'selected', repositories: [{ topic: 'backend', archived: true }, 'api'] },
              OPEN: { visibility: 'private', value: { env: 'PLANTED_THREE' } },
              TO_NARROW: { visibility: 'selected', repositories: ['api'], value: { env: 'PLANTED_THREE' } },
              OLD: 'absent',
              PAY_KEPT: 'unmanaged',
            },
          },
          {
            secrets: {
              NPM_TOKEN: { visibility: 'all', value: { env: 'PLANTED_ONE' } },
              EVERYBODY: { visibility: 'selected', repositories: ['web'], value: { env: 'PLANTED_ONE' } },
              NOBODY: { add_repositories: ['web'] },
              SHARED: { repositories: ['web'] },
            },
          },
        ],
      },
    ],
    repository: [
      {
        seed: { secrets: { KEPT: { value: LIVE_VALUE }, OLD: { value: LIVE_VALUE }, PAY_OLD: { value: LIVE_VALUE } } },
        stages: [
          {
            prune: ['secrets/PAY_*'],
            secrets: {
              deploy_key: { value: { env: 'PLANTED_ONE' } },
              FILE_KEY: { value: { file: 'planted.key' } },
              KEPT: { value: { env: 'PLANTED_TWO' } },
              OLD: 'absent',
            },
          },
          { secrets: { DEPLOY_KEY: { value: { file: 'keys/other.key' } }, FILE_KEY: 'absent' } },
        ],
      },
    ],
    environment: [
      {
        since: { '': [3, 4] },
        seed: { secrets: { KEPT: { value: LIVE_VALUE }, OLD: { value: LIVE_VALUE }, PAY_OLD: { value: LIVE_VALUE } } },
        stages: [
          {
            prune: ['secrets/PAY_*'],
            secrets: {
              db_url: { value: { env: 'PLANTED_ONE' } },
              FILE_KEY: { value: { file: 'planted.key' } },
              KEPT: { value: { env: 'PLANTED_TWO' } },
              OLD: 'absent',
            },
          },
          { secrets: { DB_URL: { value: { file: 'keys/other.key' } }, FILE_KEY: 'absent' } },
        ],
      },
    ],
  },
}
