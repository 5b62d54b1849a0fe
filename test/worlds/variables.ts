import type { FamilyWorld } from './world.ts'

/** More than the 30 that GitHub puts on a page. */
const MANY = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`MANY_${index + 1}`, { value: `${index}` }]))

/** https://docs.github.com/rest/actions/variables */
export const variablesWorld: FamilyWorld = {
  since: { '': [3, 8] },
  scopes: {
    organization: [
      {
        seed: {
          variables: {
            ...Object.fromEntries(Object.entries(MANY).map(([name, one]) => [name, { ...one, visibility: 'all' }])),
            Shared: { value: 'one', visibility: 'selected', repositories: ['web', 'api'] },
            EXACT: { value: 'one', visibility: 'selected', repositories: ['service-old'] },
            OPENED: { value: 'one', visibility: 'selected', repositories: ['api'] },
            to_narrow: { value: 'one', visibility: 'all' },
            OLD: { value: 'one', visibility: 'all' },
            PAY_OLD: { value: 'one', visibility: 'private' },
            UNMENTIONED: { value: 'one', visibility: 'all' },
          },
        },
        stages: [
          {
            prune: ['variables/PAY_*'],
            variables: {
              region: {
                value: 'eu-west-1',
                visibility: 'selected',
                repositories: ['web', 'Service-*', '!service-old', { visibility: 'private', topic: 'java' }],
              },
              EVERYBODY: { value: 'a "quoted" text\nwith a second line, and €', visibility: 'all' },
              PRIVATE: { value: 'true', visibility: 'private' },
              NOBODY: { value: '', visibility: 'selected', repositories: [] },
              SHARED: { add_repositories: ['service-mail', 'a-fork'], remove_repositories: ['web'] },
              EXACT: { value: 'two', repositories: [{ topic: 'backend', archived: true }, 'api'] },
              OPENED: { visibility: 'private' },
              TO_NARROW: { value: 'two', visibility: 'selected', repositories: ['api'] },
              MANY_33: { value: 'another' },
              OLD: 'absent',
              PAY_KEPT: 'unmanaged',
            },
          },
          {
            variables: {
              AREA: { renamed_from: 'Region', value: 'eu-west-2', visibility: 'all' },
              EVERYBODY: { visibility: 'selected', repositories: ['web'] },
              NOBODY: { add_repositories: ['web'] },
              Shared: { value: 'two', repositories: ['web'] },
            },
          },
        ],
      },
    ],
    repository: [
      {
        seed: { variables: { ...MANY, Kept: { value: 'one' }, OLD: { value: 'one' }, PAY_OLD: { value: 'one' } } },
        stages: [
          {
            prune: ['variables/PAY_*'],
            variables: {
              region: { value: 'eu-west-1' },
              LINES: { value: ' first\n\tsecond\n' },
              KEPT: { value: 'two' },
              MANY_33: { value: 'another' },
              OLD: 'absent',
            },
          },
          { variables: { AREA: { renamed_from: 'REGION', value: '007' }, LINES: 'absent', kept: { value: 'three' } } },
        ],
      },
    ],
    environment: [
      {
        seed: { variables: { ...MANY, Kept: { value: 'one' }, OLD: { value: 'one' }, PAY_OLD: { value: 'one' } } },
        stages: [
          {
            prune: ['variables/PAY_*'],
            variables: { url: { value: 'https://eu.example.com' }, KEPT: { value: 'two' }, OLD: 'absent' },
          },
          { variables: { URL: { value: 'https://us.example.com' } } },
        ],
      },
    ],
  },
}
