import { createHash } from 'node:crypto'
import type { Repository } from '../../world/store.ts'
import { type Commit, rootOf, type Signature } from './objects.ts'
import { gitOf } from './state.ts'

/**
 * Points a branch to a commit. Where only the commit's SHA is known, its files are those that the branch had before: a
 * scripted push names no others.
 */
export function moveBranch(repository: Repository, branch: string, sha: string, by: Signature): void {
  const { branches, objects: git } = gitOf(repository)
  const before = branches.get(branch)
  if (!git.commits.has(sha) && before !== undefined && before !== sha) {
    git.commits.set(sha, unknownCommit(rootOf(git, before), [before], by))
  }
  branches.set(branch, sha)
}

/**
 * The commit that a name leads to: a branch, with or without `heads/` or `refs/heads/`, or a SHA. Undefined when there
 * is none.
 */
export function commitNamed(repository: Repository, name: string): string | undefined {
  const tip =
    gitOf(repository).branches.get(name.replace(/^(?:refs\/)?heads\//, '')) ?? gitOf(repository).branches.get(name)
  if (tip !== undefined) return tip
  return isKnownCommit(repository, name) ? name : undefined
}

/** Whether a commit has this SHA: one that is kept, or the tip of a branch of which nothing else is known. */
export function isKnownCommit(repository: Repository, sha: string): boolean {
  return gitOf(repository).objects.commits.has(sha) || [...gitOf(repository).branches.values()].includes(sha)
}

/** The commit behind a SHA; a placeholder where nothing else is known of it. */
export function commitAt(repository: Repository, sha: string, by: Signature): Commit {
  return gitOf(repository).objects.commits.get(sha) ?? unknownCommit(rootOf(gitOf(repository).objects, sha), [], by)
}

/** A SHA for a commit that a seed does not describe: always the same for the same branch. */
export function inventedSha(repository: Repository, branch: string): string {
  return createHash('sha1').update(`${repository.id} ${branch}`).digest('hex')
}

function unknownCommit(tree: string, parents: readonly string[], by: Signature): Commit {
  return { tree, parents, message: 'A commit of which only the SHA is known', author: by, committer: by }
}
