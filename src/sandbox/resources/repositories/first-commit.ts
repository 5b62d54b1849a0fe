import type { Repository } from '../../world/store.ts'
import { moveBranch } from '../git/branches.ts'
import { addBlob, addCommit, addTree, FILE_MODE, type Signature } from '../git/objects.ts'
import { treeWith } from '../git/paths.ts'
import { gitOf } from '../git/state.ts'
import type { License } from './licenses.ts'

/** The files of a new repository. */
export interface Beginning {
  readonly readme: boolean
  /** The name of a template of https://github.com/github/gitignore, such as `Node`. */
  readonly gitignore: string | undefined
  readonly license: License | undefined
}

/**
 * Makes the first commit of a new repository, on its default branch; none where there is nothing to put into it. The README has
 * the repository's name and description. Of `.gitignore` and `LICENSE` the sandbox has the names alone, not GitHub's texts.
 */
export function addFirstCommit(repository: Repository, { readme, gitignore, license }: Beginning, by: Signature): void {
  const { name, description } = repository
  const { defaultBranch, objects: git } = gitOf(repository)
  const files = {
    ...(gitignore === undefined ? {} : { '.gitignore': `# ${gitignore}\n` }),
    ...(license ? { LICENSE: `${license.name}\n` } : {}),
    ...(readme ? { 'README.md': description ? `# ${name}\n${description}\n` : `# ${name}\n` } : {}),
  }
  const paths = Object.entries(files)
  if (paths.length === 0) return
  let tree = addTree(git, [])
  for (const [path, text] of paths) {
    tree = treeWith(git, tree, path, { mode: FILE_MODE, sha: addBlob(git, Buffer.from(text)) })
  }
  const commit = addCommit(git, { tree, parents: [], message: 'Initial commit', author: by, committer: by })
  moveBranch(repository, defaultBranch, commit, by)
}
