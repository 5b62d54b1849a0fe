import { CHECK_RUN_KEYS, dumpCheckRun, seedCheckRun } from '../resources/check-runs/seed.ts'
import { COMMENT_KEYS, dumpIssue, ISSUE_KEYS, PULL_REQUEST_KEYS, seedIssue } from '../resources/issues/seed.ts'
import { idsFrom } from './seed-ids.ts'
import { type Entry, join, listed, named, SeedError } from './seed-reader.ts'
import type { Repository, World } from './store.ts'

export const ACTIVITY_KEYS = ['issues', 'pull_requests', 'check_runs']

/** The first id that issues, comments and check runs are given. */
const FIRST_ACTIVITY = 3001

/** A repository with its entry in the seed. */
interface SeededRepository {
  readonly repository: Repository
  readonly given: Entry
}

/** Adds the issues, pull requests, comments and check runs of all repositories of a seed, which share their ids. */
export function addSeedActivity(world: World, all: readonly SeededRepository[]): void {
  const ids = idsFrom(
    FIRST_ACTIVITY,
    all.flatMap(({ given }) => entriesOf(given)),
  )
  const take = (given: number | undefined): number => {
    const id = ids(given)
    world.lastActivityId = Math.max(world.lastActivityId, id)
    return id
  }
  for (const { repository, given } of all) {
    for (const [number, issue] of numbered(given, 'pull_requests', PULL_REQUEST_KEYS)) {
      repository.issues.set(number, seedIssue(repository, number, issue, take, 'pull request'))
    }
    for (const [number, issue] of numbered(given, 'issues', ISSUE_KEYS)) {
      if (repository.issues.has(number)) throw new SeedError(issue.path, 'has the number of a pull request.')
      repository.issues.set(number, seedIssue(repository, number, issue, take, 'issue'))
    }
    for (const run of listed(given, 'check_runs', CHECK_RUN_KEYS)) {
      const made = seedCheckRun(repository, run, take)
      repository.checkRuns.set(made.id, made)
    }
  }
}

/** The issues, pull requests and check runs of a repository in the seed's shape. */
export function dumpActivity(repository: Repository): object {
  const issues: Record<string, object> = {}
  const pulls: Record<string, object> = {}
  for (const issue of repository.issues.values()) {
    const dumped = dumpIssue(issue)
    if (issue.pullRequest) pulls[issue.number] = dumped
    else issues[issue.number] = dumped
  }
  const runs = [...repository.checkRuns.values()].map(dumpCheckRun)
  return {
    ...(Object.keys(issues).length > 0 ? { issues } : {}),
    ...(Object.keys(pulls).length > 0 ? { pull_requests: pulls } : {}),
    ...(runs.length > 0 ? { check_runs: runs } : {}),
  }
}

/** Everything of a repository that has an id of this kind. */
function entriesOf(given: Entry): Entry[] {
  const issues = [
    ...named(given, 'pull_requests', PULL_REQUEST_KEYS).values(),
    ...named(given, 'issues', ISSUE_KEYS).values(),
  ]
  const comments = issues.flatMap((issue) => listed(issue, 'comments', COMMENT_KEYS))
  return [...issues, ...comments, ...listed(given, 'check_runs', CHECK_RUN_KEYS)]
}

function numbered(given: Entry, key: string, keys: readonly string[]): [number, Entry][] {
  return [...named(given, key, keys)].map(([name, issue]) => {
    if (!/^[1-9]\d{0,8}$/.test(name)) {
      throw new SeedError(join(given.path, key), `has "${name}", which is not the number of an issue.`)
    }
    return [Number(name), issue]
  })
}
