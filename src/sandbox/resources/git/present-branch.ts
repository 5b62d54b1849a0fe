import type { Call } from '../../http/call.ts'
import { hasSince } from '../../world/products.ts'
import type { Repository } from '../../world/store.ts'
import { presentActor } from '../accounts/present-actor.ts'
import { webOrigin } from '../accounts/present-owner.ts'
import { repositoryUrl } from '../issues/present-issue.ts'
import { commitAt } from './branches.ts'
import { objectNodeId, unsigned } from './present-commit.ts'
import { SEEDER } from './seed.ts'

/** A branch, unprotected, with the commit at its tip (`branch-with-protection`). */
export function presentBranch(call: Call, repository: Repository, name: string, tip: string): object {
  const url = `${repositoryUrl(call, repository)}/branches/${encodeURIComponent(name)}`
  const checks = { enforcement_level: 'off', contexts: [] }
  return {
    name,
    commit: presentCommit(call, repository, tip),
    _links: { self: url, html: `${webUrl(call, repository)}/tree/${name}` },
    protected: false,
    protection: {
      enabled: false,
      required_status_checks: hasSince(call.product, [3, 4]) ? { ...checks, checks: [] } : checks,
    },
    protection_url: `${url}/protection`,
  }
}

/** A commit as branches show it (`commit`). Its author is the person behind the tokens. */
export function presentCommit(call: Call, repository: Repository, sha: string): object {
  const api = repositoryUrl(call, repository)
  const viewer = presentActor(call, call.world.viewer.login)
  const { tree, parents, message, author, committer } = commitAt(repository, sha, SEEDER)
  return {
    url: `${api}/commits/${sha}`,
    sha,
    node_id: objectNodeId('Commit', repository, sha),
    html_url: `${webUrl(call, repository)}/commit/${sha}`,
    comments_url: `${api}/commits/${sha}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      author,
      committer,
      message,
      comment_count: 0,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      verification: unsigned(call),
    },
    author: viewer,
    committer: viewer,
    parents: parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${webUrl(call, repository)}/commit/${parent}`,
    })),
  }
}

function webUrl(call: Call, repository: Repository): string {
  return `${webOrigin(call)}/${repository.owner.login}/${repository.name}`
}
