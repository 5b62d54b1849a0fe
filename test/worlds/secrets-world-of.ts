import { type FamilyWorld, LIVE_VALUE, type Since } from './world.ts'

/** The world of a family of secrets that is not of Actions, which has some of the same names. */
export function secretsWorldOf(family: string, since: Since): FamilyWorld {
  return {
    since: { '': since },
    scopes: {
      organization: [
        {
          seed: {
            // Actions has secrets of the same names, which are others.
            secrets: { REGISTRY: { visibility: 'all', value: LIVE_VALUE } },
            [family]: {
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
              prune: [`${family}/TMP_*`],
              [family]: {
                npm_token: {
                  visibility: 'selected',
                  repositories: ['api', 'Service-*'],
                  value: { env: 'PLANTED_ONE' },
                },
                NUGET: { visibility: 'private', value: { file: 'planted.key' } },
                NOBODY: { visibility: 'selected', repositories: [], value: { env: 'PLANTED_TWO' } },
                REGISTRY: { add_repositories: [{ topic: 'java' }], remove_repositories: ['web'] },
                MAVEN: { visibility: 'selected', repositories: ['api'], value: { env: 'PLANTED_THREE' } },
                OPEN: { visibility: 'private', value: { env: 'PLANTED_ONE' } },
                OLD: 'absent',
              },
            },
            {
              [family]: {
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
            [family]: { REGISTRY: { value: LIVE_VALUE }, OLD: { value: LIVE_VALUE } },
          },
          stages: [
            {
              [family]: {
                npm_token: { value: { env: 'PLANTED_ONE' } },
                REGISTRY: { value: { file: 'keys/other.key' } },
                OLD: 'absent',
              },
            },
            { [family]: { NPM_TOKEN: 'absent', REGISTRY: { value: { env: 'PLANTED_TWO' } } } },
          ],
        },
      ],
    },
  }
}
