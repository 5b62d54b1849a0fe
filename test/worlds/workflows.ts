import type { FamilyWorld } from './world.ts'

/** https://docs.github.com/rest/actions/workflows */
export const workflowsWorld: FamilyWorld = {
  since: { '': [3, 4] },
  ae: { '': ['ghae-2021', 'ghae'] },
  scopes: {
    repository: [
      {
        seed: {
          workflows: {
            'ci.yml': { name: 'CI' },
            'CI.yml': { name: 'CI' },
            'release 1#.yaml': { state: 'disabled_manually' },
            'nightly.yml': { state: 'disabled_inactivity' },
            'fork.yml': { state: 'disabled_fork' },
            'kept.yml': { state: 'disabled_inactivity' },
            'unmentioned.yml': {},
            'again.yml': { id: 90 },
            gone: { path: '.github/workflows/again.yml', state: 'deleted' },
            other: { path: '.github/workflows/gone.yml', state: 'deleted' },
            pages: { path: 'dynamic/pages/pages-build-deployment' },
            codeql: { path: 'dynamic/github-code-scanning/codeql', state: 'disabled_manually' },
          },
        },
        stages: [
          {
            workflows: {
              'ci.yml': { state: 'disabled' },
              'CI.yml': { state: 'active' },
              'release 1#.yaml': { state: 'active' },
              'nightly.yml': { state: 'active' },
              'fork.yml': { state: 'disabled' },
              'again.yml': { state: 'disabled' },
              'kept.yml': {},
            },
          },
          { workflows: { 'ci.yml': { state: 'active' }, 'fork.yml': { state: 'active' }, 'kept.yml': 'unmanaged' } },
        ],
      },
    ],
  },
}
