import type { FamilyWorld, ScopeWorld } from './world.ts'

/** The same at each level: names with case and blanks, labels that differ by case alone, one that is at work. */
const WORLD: ScopeWorld = {
  seed: {
    runners: {
      'gpu-01': { id: 11, labels: ['GPU', 'cuda'] },
      'GPU-01': { id: 12, labels: ['gpu'], status: 'offline' },
      'a b/c': { id: 13, os: 'Windows' },
      shared: { id: 14, labels: ['Team-A', 'old'], busy: true },
      cleared: { id: 15, labels: ['x', 'y'] },
      old: { id: 16, labels: ['x'], status: 'offline' },
      unmentioned: { id: 17, labels: ['z'], busy: true },
      ephemeral: { id: 18, ephemeral: true },
    },
  },
  stages: [
    {
      runners: {
        'gpu-01': { labels: ['gpu', 'Large', 'cuda'] },
        'GPU-01': { labels: ['GPU'] },
        'a b/c': { labels: ['build tools'] },
        shared: { add_labels: ['team-a', 'team-b'], remove_labels: ['OLD'] },
        cleared: { labels: [] },
        old: 'absent',
        ephemeral: {},
      },
    },
    {
      runners: {
        'gpu-01': { labels: [] },
        'a b/c': 'absent',
        shared: { labels: ['Team-B'] },
        cleared: { add_labels: ['x'] },
        unmentioned: 'unmanaged',
      },
    },
  ],
}

/** https://docs.github.com/rest/actions/self-hosted-runners */
export const runnersWorld: FamilyWorld = {
  since: { '': [2, 22], labels: [3, 4] },
  // GitHub AE of 2021 lists those of a repository alone, and lets those of an organization be removed.
  scopes: {
    enterprise: [{ ...WORLD, ae: { '': ['ghae'] } }],
    organization: [{ ...WORLD, ae: { '': ['ghae'] } }],
    repository: [WORLD],
  },
}
