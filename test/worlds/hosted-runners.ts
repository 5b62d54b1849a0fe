import type { FamilyWorld, ScopeWorld } from './world.ts'

const UBUNTU = { id: 'ubuntu-22.04', source: 'github' }

const WORLD: ScopeWorld = {
  seed: {
    runner_groups: { large: {}, 'for builds': {} },
    hosted_images: { golden: { id: 9, versions: ['1.0.0', '1.1.0'] } },
    hosted_runners: {
      'build-4': { id: 1, image: UBUNTU, size: '4-core', runner_group: 'large' },
      'own.image': { id: 2, image: { id: '9', source: 'custom', version: '1.1.0' }, runner_group: 'large' },
      old: { id: 3, image: UBUNTU },
      tmp_1: { id: 4, image: UBUNTU, status: 'Stuck' },
      leaving: { id: 5, status: 'Deleting' },
      unmentioned: { id: 6, image: UBUNTU, enable_static_ip: true },
    },
  },
  stages: [
    {
      prune: ['hosted_runners/tmp*'],
      hosted_runners: {
        'new-8': {
          image: { id: 'ubuntu-24.04', source: 'github' },
          size: '8-core',
          runner_group: 'for builds',
          maximum_runners: 3,
          enable_static_ip: true,
          image_gen: true,
        },
        plain: { image: { id: 'windows-2022', source: 'github' }, size: '4-core', runner_group: 'Default' },
        'build-4': { image: { id: 'ubuntu-24.04', source: 'github' }, size: '16-core', maximum_runners: 20 },
        'own.image': { image: { version: 'latest' }, runner_group: 'for builds' },
        old: 'absent',
      },
    },
    {
      hosted_runners: {
        'new-8': { maximum_runners: 4, enable_static_ip: false, image_gen: false, runner_group: 'large' },
        'build-4': { image: { id: '9', source: 'custom', version: '1.0.0' } },
        plain: 'absent',
        'own.image': { image: { id: 'ubuntu-24.04-arm', source: 'partner' } },
        unmentioned: 'unmanaged',
      },
    },
  ],
}

/** https://docs.github.com/rest/actions/hosted-runners */
export const hostedRunnersWorld: FamilyWorld = {
  since: { '': ['ghec', 'dotcom'] },
  scopes: { enterprise: [WORLD], organization: [WORLD] },
}
