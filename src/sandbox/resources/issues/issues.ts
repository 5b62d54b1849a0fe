import type { Ids } from '../../world/seed-ids.ts'
import { type Entry, join, listed, named, SeedError } from '../../world/seed-reader.ts'
import type { Repository, World } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
import { ISSUE_COMMENT_ROUTES } from './comments.ts'
import { issuesOf } from './issue.ts'
import { ISSUE_LABEL_ROUTES } from './labels.ts'
import { ISSUE_ROUTES } from './routes.ts'
import { COMMENT_KEYS, dumpIssue, ISSUE_KEYS, PULL_REQUEST_KEYS, seedIssue } from './seed.ts'

/** Issues, pull requests among them, and their comments. */
export const issues: Resource = {
  routes: [...ISSUE_ROUTES, ...ISSUE_COMMENT_ROUTES, ...ISSUE_LABEL_ROUTES],
  repository: { keys: ['issues', 'pull_requests'], numbered, seed, dump },
}

function numbered(given: Entry): Entry[] {
  const all = [
    ...named(given, 'pull_requests', PULL_REQUEST_KEYS).values(),
    ...named(given, 'issues', ISSUE_KEYS).values(),
  ]
  return [...all, ...all.flatMap((issue) => listed(issue, 'comments', COMMENT_KEYS))]
}

function seed(repository: Repository, given: Entry, _world: World, ids: Ids): void {
  const known = issuesOf(repository)
  for (const [number, issue] of byNumber(given, 'pull_requests', PULL_REQUEST_KEYS)) {
    known.set(number, seedIssue(repository, number, issue, ids, 'pull request'))
  }
  for (const [number, issue] of byNumber(given, 'issues', ISSUE_KEYS)) {
    if (known.has(number)) throw new SeedError(issue.path, 'has the number of a pull request.')
    known.set(number, seedIssue(repository, number, issue, ids, 'issue'))
  }
}

function dump(repository: Repository): object {
  const plain: Record<string, object> = {}
  const pulls: Record<string, object> = {}
  for (const issue of issuesOf(repository).values()) {
    const dumped = dumpIssue(issue)
    if (issue.pullRequest) pulls[issue.number] = dumped
    else plain[issue.number] = dumped
  }
  return {
    ...(Object.keys(plain).length > 0 ? { issues: plain } : {}),
    ...(Object.keys(pulls).length > 0 ? { pull_requests: pulls } : {}),
  }
}

function byNumber(given: Entry, key: string, keys: readonly string[]): [number, Entry][] {
  return [...named(given, key, keys)].map(([name, issue]) => {
    if (!/^[1-9]\d{0,8}$/.test(name)) {
      throw new SeedError(join(given.path, key), `has "${name}", which is not the number of an issue.`)
    }
    return [Number(name), issue]
  })
}
