import type { Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import type { Repository } from '../../world/store.ts'
import { webOrigin } from '../accounts/present-owner.ts'
import { commitAt } from './branches.ts'
import type { Commit } from './objects.ts'
import { SEEDER } from './seed.ts'

/** A commit as git data has it (`git-commit`). */
export function gitCommit(call: Call, repository: Repository, sha: string): object {
  const { tree, parents, message, author, committer } = commitOf(repository, sha)
  const fullName = `${repository.owner.login}/${repository.name}`
  const url = `${call.base}/repos/${fullName}/git`
  const web = `${webOrigin(call)}/${fullName}`
  return {
    sha,
    node_id: objectNodeId('Commit', repository, sha),
    url: `${url}/commits/${sha}`,
    html_url: `${web}/commit/${sha}`,
    author,
    committer,
    message,
    tree: { url: `${url}/trees/${tree}`, sha: tree },
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: `${web}/commit/${parent}`,
    })),
    verification: unsigned(call),
  }
}

/** The verification of an unsigned commit. */
export function unsigned({ product }: Call): object {
  return {
    verified: false,
    reason: 'unsigned',
    signature: null,
    payload: null,
    ...(hasSince(product, [3, 17]) ? { verified_at: null } : {}),
  }
}

/** A commit in its short form (`simple-commit`). */
export function simpleCommit(repository: Repository, sha: string): object {
  const { tree, message, author, committer } = commitOf(repository, sha)
  return {
    id: sha,
    tree_id: tree,
    message,
    timestamp: committer.date,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  }
}

/** A GraphQL id of a git object. */
export function objectNodeId(type: string, repository: Repository, sha: string): string {
  return Buffer.from(`0${type.length}:${type}${repository.id}:${sha}`).toString('base64')
}

function commitOf(repository: Repository, sha: string): Commit {
  return commitAt(repository, sha, SEEDER)
}
