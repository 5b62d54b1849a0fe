import { BEGINNING } from '../../world/defaults.ts'
import { type Entry, join, openMap, SeedError, textAt } from '../../world/seed-reader.ts'
import type { Repository } from '../../world/store.ts'
import { inventedSha } from './branches.ts'
import { addBlob, addCommit, addTree, FILE_MODE, rootOf } from './objects.ts'
import { filesBelow, isGitPath, treeWith } from './paths.ts'
import { gitOf } from './state.ts'

/** The author of a seed's commits. */
export const SEEDER = { name: 'octoform sandbox', email: 'sandbox@example.com', date: BEGINNING }

/**
 * The branches of a seed, and their files by path. Where the seed names no branches, the default
 * branch exists, with a made-up tip; `branches: {}` is a repository to which nothing was pushed. A branch whose tip the
 * seed gives has its files in a commit with that SHA.
 */
export function seedGit(repository: Repository, given: Entry): void {
  const git = gitOf(repository)
  git.defaultBranch = textAt(given, 'default_branch') ?? git.defaultBranch
  addBranches(repository, given)
  addFiles(repository, openMap(given, 'files'))
}

function addBranches(repository: Repository, given: Entry): void {
  const { branches, defaultBranch } = gitOf(repository)
  if (given.fields.branches === undefined) branches.set(defaultBranch, inventedSha(repository, defaultBranch))
  const tips = openMap(given, 'branches')
  for (const branch of Object.keys(tips.fields)) {
    const sha = textAt(tips, branch) ?? ''
    if (!/^[\da-f]{40}$/.test(sha))
      throw new SeedError(join(tips.path, branch), 'must be a SHA: 40 hexadecimal digits.')
    branches.set(branch, sha)
  }
}

function addFiles(repository: Repository, files: Entry): void {
  const { branches, objects: git } = gitOf(repository)
  for (const branch of Object.keys(files.fields)) {
    let tree = addTree(git, [])
    const map = openMap(files, branch)
    for (const path of Object.keys(map.fields)) {
      if (!isGitPath(path)) throw new SeedError(join(map.path, path), 'cannot be: git keeps no such path.')
      const sha = addBlob(git, Buffer.from(textAt(map, path) ?? ''))
      tree = treeWith(git, tree, path, { mode: FILE_MODE, sha })
    }
    const commit = { tree, parents: [], message: 'Seed', author: SEEDER, committer: SEEDER }
    const tip = branches.get(branch)
    if (tip === undefined) branches.set(branch, addCommit(git, commit))
    else git.commits.set(tip, commit)
  }
}

/** The branches with the files at their tips, in the seed's shape. Earlier commits are not kept. */
export function dumpGit(repository: Repository): object {
  const { branches, defaultBranch, objects: git } = gitOf(repository)
  const files: Record<string, Record<string, string>> = {}
  for (const [branch, tip] of branches) {
    const found = filesBelow(git, rootOf(git, tip))
    if (found.size === 0) continue
    files[branch] = Object.fromEntries([...found].map(([path, content]) => [path, content.toString('utf8')]))
  }
  return {
    default_branch: defaultBranch,
    branches: Object.fromEntries(branches),
    ...(Object.keys(files).length > 0 ? { files } : {}),
  }
}
