import type { FamilyWorld } from './world.ts'

/** https://docs.github.com/rest/agents/variables */
export const agentsVariablesWorld: FamilyWorld = {
  since: { '': ['ghec', 'dotcom'] },
  scopes: {
    organization: [
      {
        seed: {
          agents_variables: {
            Shared: { value: 'one', visibility: 'selected', repositories: ['web', 'api'] },
            OPENED: { value: 'one', visibility: 'selected', repositories: ['api'] },
            OLD: { value: 'one', visibility: 'all' },
            PAY_OLD: { value: 'one', visibility: 'private' },
            UNMENTIONED: { value: 'one', visibility: 'all' },
          },
        },
        stages: [
          {
            prune: ['agents_variables/PAY_*'],
            agents_variables: {
              model: { value: 'large', visibility: 'selected', repositories: ['web', 'service-mail'] },
              EVERYBODY: { value: 'two', visibility: 'all' },
              SHARED: { add_repositories: ['service-mail'], remove_repositories: ['web'] },
              OPENED: { value: 'two', visibility: 'all' },
              OLD: 'absent',
            },
          },
          {
            agents_variables: {
              MODEL: { value: 'small', visibility: 'private' },
              SHARED: { repositories: ['api'] },
              EVERYBODY: { visibility: 'selected', repositories: ['api'] },
            },
          },
        ],
      },
    ],
    repository: [
      {
        seed: { agents_variables: { Kept: { value: 'one' }, OLD: { value: 'one' }, PAY_OLD: { value: 'one' } } },
        stages: [
          {
            prune: ['agents_variables/PAY_*'],
            agents_variables: { new: { value: 'two' }, KEPT: { value: 'two' }, OLD: 'absent' },
          },
          { agents_variables: { NEW: { value: 'three' } } },
        ],
      },
    ],
  },
}
