import type { Ids } from '../../world/seed-ids.ts'
import { type Entry, listed } from '../../world/seed-reader.ts'
import type { Repository, World } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
import { checkRunsOf } from './check-run.ts'
import { CHECK_RUN_ROUTES } from './routes.ts'
import { CHECK_RUN_KEYS, dumpCheckRun, seedCheckRun } from './seed.ts'
/** The checks of commits by Apps. */
export const checkRuns: Resource = {
  routes: CHECK_RUN_ROUTES,
  repository: { keys: ['check_runs'], numbered: (given) => listed(given, 'check_runs', CHECK_RUN_KEYS), seed, dump },
}

/** Branches and pull requests, of whose commits check runs are, are seeded before. */
function seed(repository: Repository, given: Entry, _world: World, ids: Ids): void {
  for (const run of listed(given, 'check_runs', CHECK_RUN_KEYS)) {
    const made = seedCheckRun(repository, run, ids)
    checkRunsOf(repository).set(made.id, made)
  }
}

function dump(repository: Repository): object {
  const runs = [...checkRunsOf(repository).values()].map(dumpCheckRun)
  return runs.length > 0 ? { check_runs: runs } : {}
}
