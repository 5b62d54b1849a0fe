import { type Call, repositoryOf } from '../../http/call.ts'
import { named } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import type { Repository } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
import { registrationRoutes } from './registration.ts'
import { runnerRoutes } from './routes.ts'
import { addRunners, dumpRunners, RUNNER_KEYS } from './seed-runners.ts'
import type { Runner } from './state.ts'

const runnersOf = slot<Repository, Map<number, Runner>>(() => new Map())

const PLACE = {
  template: '/repos/{owner}/{repo}/actions/runners',
  read: { permission: 'administration=read' },
  write: { permission: 'administration=write' },
  runnersOf: (call: Call) => runnersOf(repositoryOf(call)),
}

/** The self-hosted runners of a repository, which are in no group. They go with it. */
export const repositoryRunners: Resource = {
  routes: [...runnerRoutes(PLACE), ...registrationRoutes({ ...PLACE, groupsOf: () => undefined })],
  repository: {
    keys: ['runners'],
    seed: (repository, given) => addRunners(runnersOf(repository), named(given, 'runners', RUNNER_KEYS), undefined),
    dump(repository) {
      const runners = runnersOf(repository)
      return runners.size === 0 ? {} : { runners: dumpRunners(runners) }
    },
  },
}
