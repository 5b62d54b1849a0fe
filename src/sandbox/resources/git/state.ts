import { slot } from '../../world/slot.ts'
import type { Repository } from '../../world/store.ts'
import { type GitObjects, newGitObjects } from './objects.ts'

interface Git {
  defaultBranch: string
  /** From the name of a branch to the SHA of the commit at its tip; empty when nothing was pushed yet. */
  readonly branches: Map<string, string>
  readonly objects: GitObjects
}

/** The branches of a repository, and the objects that they lead to. */
export const gitOf = slot<Repository, Git>(() => ({
  defaultBranch: 'main',
  branches: new Map(),
  objects: newGitObjects(),
}))
