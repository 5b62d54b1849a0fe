import type { Resource } from '../resource.ts'
import { BRANCH_ROUTES } from './branch-routes.ts'
import { COMMIT_ROUTES } from './commits.ts'
import { CONTENT_ROUTES } from './contents.ts'
import { GIT_DATA_ROUTES } from './data.ts'
import { dumpGit, seedGit } from './seed.ts'
import { GIT_TREE_ROUTES } from './trees.ts'

/** The files, commits and branches of a repository. */
export const git: Resource = {
  routes: [...CONTENT_ROUTES, ...COMMIT_ROUTES, ...GIT_DATA_ROUTES, ...GIT_TREE_ROUTES, ...BRANCH_ROUTES],
  repository: { keys: ['default_branch', 'branches', 'files'], seed: seedGit, dump: dumpGit },
}
